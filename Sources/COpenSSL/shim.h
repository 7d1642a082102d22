#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
// Of the C library, whose Swift module leaves it out.
#include <sys/random.h>

// CRYPTO_memcmp takes volatile pointers, which Swift does not import everywhere alike.
static inline int postern_equal(const void *left, const void *right, size_t count) {
    return CRYPTO_memcmp(left, right, count) == 0;
}
