/* GitHub's signature over a body: "sha256=" and the HMAC-SHA256 in hexadecimal. Shared by the programs here. */
#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

/* A context that keeps the key's own rounds, to be used again and again by one thread. */
static inline HMAC_CTX *github_key(const char *secret) {
  HMAC_CTX *context = HMAC_CTX_new();
  if (context && HMAC_Init_ex(context, secret, (int)strlen(secret), EVP_sha256(), NULL)) return context;
  return NULL;
}

/* Writes 64 digits. */
static inline int github_sign(HMAC_CTX *context, const unsigned char *body, size_t length, char *digits) {
  static const char hexadecimal[] = "0123456789abcdef";
  unsigned char digest[32];
  unsigned int size = sizeof digest;
  int i;
  if (!HMAC_Init_ex(context, NULL, 0, NULL, NULL) || !HMAC_Update(context, body, length)
      || !HMAC_Final(context, digest, &size))
    return 0;
  for (i = 0; i < 32; i++) {
    digits[2 * i] = hexadecimal[digest[i] >> 4];
    digits[2 * i + 1] = hexadecimal[digest[i] & 15];
  }
  return 1;
}

static inline int github_is_signed(HMAC_CTX *context, const char *given, const unsigned char *body, size_t length) {
  char expected[64];
  if (!given || strncmp(given, "sha256=", 7) || strlen(given) != 71) return 0;
  return github_sign(context, body, length, expected) && CRYPTO_memcmp(expected, given + 7, sizeof expected) == 0;
}
