#pragma once
/* libcurl is loaded with dlopen at the first outbound request; only its declarations are used here. */
#include <curl/curl.h>
