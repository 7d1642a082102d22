#pragma once
#include <getopt.h>
#include <stddef.h>
/* getopt_long's results are global variables of C, which Swift 6 does not let one read. Call these on one thread. */
static inline void options_reset(void) { opterr = 0; optind = 1; }
static inline int options_next(int count, char **words, const struct option *table, int *index) {
    return getopt_long(count, words, ":", table, index);
}
static inline int options_position(void) { return optind; }
static inline char *options_argument(void) { return optarg; }
static inline struct option options_entry(const char *name, int takes_value) {
    struct option entry = { name, takes_value, NULL, 0 };
    return entry;
}
