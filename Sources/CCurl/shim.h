#pragma once
/* libcurl is loaded with dlopen when it is first needed; only its declarations are used here. Its options and
   facts are variadic functions, which are called through the pointers that dlsym gives. */
#include <curl/curl.h>
typedef CURLcode (*postern_curl_setopt)(CURL *, CURLoption, ...);
typedef CURLcode (*postern_curl_getinfo)(CURL *, CURLINFO, ...);
typedef size_t (*postern_curl_receive)(char *, size_t, size_t, void *);
static inline CURLcode postern_curl_set_long(void *setopt, CURL *curl, CURLoption option, long value) {
    return ((postern_curl_setopt)setopt)(curl, option, value);
}
static inline CURLcode postern_curl_set_pointer(void *setopt, CURL *curl, CURLoption option, const void *value) {
    return ((postern_curl_setopt)setopt)(curl, option, value);
}
static inline CURLcode postern_curl_set_size(void *setopt, CURL *curl, CURLoption option, curl_off_t value) {
    return ((postern_curl_setopt)setopt)(curl, option, value);
}
static inline CURLcode postern_curl_set_receiver(void *setopt, CURL *curl, CURLoption option, postern_curl_receive value) {
    return ((postern_curl_setopt)setopt)(curl, option, value);
}
static inline CURLcode postern_curl_set_opener(void *setopt, CURL *curl, curl_opensocket_callback value) {
    return ((postern_curl_setopt)setopt)(curl, CURLOPT_OPENSOCKETFUNCTION, value);
}
/* libcurl copies the bytes. */
static inline CURLcode postern_curl_set_blob(void *setopt, CURL *curl, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return ((postern_curl_setopt)setopt)(curl, option, &blob);
}
static inline CURLcode postern_curl_get_long(void *getinfo, CURL *curl, CURLINFO info, long *value) {
    return ((postern_curl_getinfo)getinfo)(curl, info, value);
}
static inline CURLcode postern_curl_get_socket(void *getinfo, CURL *curl, int *value) {
    return ((postern_curl_getinfo)getinfo)(curl, CURLINFO_ACTIVESOCKET, value);
}
