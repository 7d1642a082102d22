#pragma once
#include <fcgiapp.h>
#include <fcntl.h>
#include <grp.h>
#include <spawn.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* The GNU functions below need _GNU_SOURCE, which Swift's Glibc module does not set. */
int pipe2(int[2], int);
int accept4(int, struct sockaddr *, socklen_t *, int);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);

#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80
#endif

/* What the kernel was told to execute: no argument and no variable can change it. */
static inline const char *postern_executed_file(void) { return (const char *)getauxval(AT_EXECFN); }

/* A connection whose reads and writes block, closed in children. */
static inline int postern_accept(int listener) { return accept4(listener, 0, 0, 02000000 /* SOCK_CLOEXEC */); }

/* A new session, signals unblocked and at their default. */
static inline int postern_spawn_in_own_session(posix_spawnattr_t *attributes) {
  return posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* A second descriptor of the same connection, closed in children. */
static inline int postern_duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

/* Number of bytes that wait in a socket. */
static inline int postern_readable(int descriptor, int *count) { return ioctl(descriptor, FIONREAD, count); }
