/*
 * How often this disk can make a small write durable: the bound of everything that is kept.
 *
 * sync-rate FILE prints fdatasync(2) a second, overwriting 4 KB blocks of an 8 MB file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  static char block[4096];
  int file = count == 2 ? open(arguments[1], O_RDWR | O_CREAT | O_TRUNC, 0600) : -1;
  long writes = 0, i;
  double start;
  if (file < 0) return perror("sync-rate FILE"), 2;
  memset(block, 1, sizeof block);
  for (i = 0; i < 2048; i++)
    if (write(file, block, sizeof block) < 0) return perror("write"), 1;
  fsync(file);
  for (start = now(); now() - start < 1; writes++)
    if (pwrite(file, block, sizeof block, writes % 2048 * 4096) < 0 || fdatasync(file)) return perror("fdatasync"), 1;
  printf("%ld\n", writes);
  return unlink(arguments[1]);
}
