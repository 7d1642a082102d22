#pragma once
#include <spawn.h>
#include <stddef.h>

/* The GNU functions below need _GNU_SOURCE, which Swift's Glibc module does not set. */
int pipe2(int[2], int);
int memfd_create(const char *, unsigned int);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);

#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80
#endif

/* A file without a name, closed in children. */
static inline int postern_memory_file(void) { return memfd_create("postern", 1 /* MFD_CLOEXEC */); }

/* A new session, signals unblocked and at their default. */
static inline int postern_spawn_with_own_session(posix_spawnattr_t *attributes) {
    return posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}
