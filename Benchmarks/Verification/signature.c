// What libcrypto takes to verify a signature of a 2 kB body with a key that was read before: signature ALGORITHM, one of
// ed25519, ecdsa-p256-sha256, rsa-sha256. Prints nanoseconds a signature.
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    enum { count = 3000, rounds = 5 };
    unsigned char body[2048], signature[512];
    size_t length = sizeof signature;
    memset(body, 'x', sizeof body);
    EVP_PKEY *key = NULL;
    const EVP_MD *digest = NULL;
    if (!strcmp(name, "ed25519")) {
        key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    } else if (!strcmp(name, "ecdsa-p256-sha256")) {
        key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
        digest = EVP_MD_fetch(NULL, "SHA256", NULL);
    } else {
        key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
        digest = EVP_MD_fetch(NULL, "SHA256", NULL);
    }
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (EVP_DigestSignInit(context, NULL, digest, NULL, key) != 1) return 1;
    if (EVP_DigestSign(context, signature, &length, body, sizeof body) != 1) return 1;
    EVP_MD_CTX_free(context);
    double best = 1e9;
    int verified = 0;
    for (int round = 0; round < rounds; round++) {
        double start = seconds();
        for (int i = 0; i < count; i++) {
            context = EVP_MD_CTX_new();
            if (EVP_DigestVerifyInit(context, NULL, digest, NULL, key) != 1) return 1;
            verified += EVP_DigestVerify(context, signature, length, body, sizeof body) == 1;
            EVP_MD_CTX_free(context);
        }
        double spent = seconds() - start;
        if (spent < best) best = spent;
    }
    printf("%.0f\n", best / count * 1e9);
    return verified != count * rounds;
}
