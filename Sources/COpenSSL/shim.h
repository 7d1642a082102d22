#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
// Of the C library, whose Swift module leaves it out.
#include <sys/random.h>

// CRYPTO_memcmp takes volatile pointers, which Swift does not import everywhere alike.
static inline int postern_equal(const void *left, const void *right, size_t count) {
    return CRYPTO_memcmp(left, right, count) == 0;
}

// EVP_PKEY_Q_keygen is variadic.
static inline EVP_PKEY *postern_generate_rsa(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static inline EVP_PKEY *postern_generate_curve(const char *name) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", name);
}

static inline EVP_PKEY *postern_generate_ed25519(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

// BIO_set_mem_eof_return and its like are macros; a memory BIO that is read from needs none.
static inline BIO *postern_memory(const void *bytes, int count) {
    return BIO_new_mem_buf(bytes, count);
}
