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
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
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

// A builder of parameters keeps the pointers to their names, so those have to be constants of C.
static inline int postern_push_number(OSSL_PARAM_BLD *builder, int part, const BIGNUM *number) {
    static const char *const names[] = {
        OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1,
        OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2,
        OSSL_PKEY_PARAM_RSA_COEFFICIENT1, OSSL_PKEY_PARAM_PRIV_KEY,
    };
    return OSSL_PARAM_BLD_push_BN(builder, names[part], number);
}

static inline int postern_push_curve(OSSL_PARAM_BLD *builder, const char *group, const void *point, size_t count) {
    return OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, group, 0)
        && OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point, count);
}

static inline BIO *postern_memory(const void *bytes, int count) {
    return BIO_new_mem_buf(bytes, count);
}

// Stacks of certificates are macros in C. The stack owns what is put into it.
static inline STACK_OF(X509) *postern_certificates(void) {
    return sk_X509_new_null();
}

static inline int postern_certificates_add(STACK_OF(X509) *stack, X509 *certificate) {
    if (!X509_up_ref(certificate)) return 0;
    if (sk_X509_push(stack, certificate) > 0) return 1;
    X509_free(certificate);
    return 0;
}

static inline int postern_certificates_count(const STACK_OF(X509) *stack) {
    return sk_X509_num(stack);
}

static inline X509 *postern_certificates_at(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}

static inline void postern_certificates_free(STACK_OF(X509) *stack) {
    sk_X509_pop_free(stack, X509_free);
}
