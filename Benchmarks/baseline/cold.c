/*
 * Measures CGI programs cold: starts them in turns, each time with the next signed event as a web server would pass
 * it, and prints for each the median and the 90th percentile of the time from fork to exit, and the mean processor
 * time, in microseconds.
 *
 * cold TEMPLATE EVENTS ROUNDS PROGRAM...
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

/* Serves the body in the file by the program, adds its processor time; 0 if the answer is a success. */
static int serve(const char *program, const char *file, double *processor) {
  char output[4096];
  char *arguments[] = {(char *)program, NULL};
  posix_spawn_file_actions_t actions;
  int channel[2], status;
  ssize_t count;
  size_t length = 0;
  pid_t child;
  struct rusage usage;
  if (pipe(channel)) return -1;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, file, O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, channel[1], 1);
  posix_spawn_file_actions_addclose(&actions, channel[0]);
  posix_spawn_file_actions_addclose(&actions, channel[1]);
  if (posix_spawn(&child, program, &actions, NULL, arguments, environ)) return -1;
  posix_spawn_file_actions_destroy(&actions);
  close(channel[1]);
  while (length < sizeof output - 1 && (count = read(channel[0], output + length, sizeof output - 1 - length)) > 0)
    length += (size_t)count;
  output[length] = 0;
  close(channel[0]);
  if (wait4(child, &status, 0, &usage) != child || status) return -1;
  *processor += (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  if (strncmp(output, "Status: 2", 9)) return fprintf(stderr, "%s answers\n%s\n", program, output), -1;
  return 0;
}

int main(int count, char **arguments) {
  static char body[1 << 16], line[128], value[128], file[] = "/tmp/cold-XXXXXX";
  long rounds = count > 4 ? atol(arguments[3]) : 0, round;
  int programs = count - 4, program, descriptor;
  double *times, processor[16] = {0};
  size_t length;
  char *place;
  FILE *template, *events;
  if (rounds < 1 || programs > 16) return fprintf(stderr, "cold TEMPLATE EVENTS ROUNDS PROGRAM...\n"), 2;
  if (!(template = fopen(arguments[1], "r")) || !(events = fopen(arguments[2], "r"))) return perror("open"), 1;
  length = fread(body, 1, sizeof body - 1, template);
  place = strstr(body, "@@@@@@@@");
  times = calloc((size_t)(rounds * programs), sizeof *times);
  descriptor = mkstemp(file);
  if (!place || !times || descriptor < 0) return 1;
  setenv("GATEWAY_INTERFACE", "CGI/1.1", 1);
  setenv("REQUEST_METHOD", "POST", 1);
  setenv("SERVER_PROTOCOL", "HTTP/1.1", 1);
  setenv("SERVER_SOFTWARE", "cold", 1);
  setenv("SCRIPT_NAME", "", 1);
  setenv("REQUEST_URI", "/api:code/issue", 1);
  setenv("PATH_INFO", "/api:code/issue", 1);
  setenv("QUERY_STRING", "", 1);
  setenv("REMOTE_ADDR", "127.0.0.1", 1);
  setenv("CONTENT_TYPE", "application/json", 1);
  setenv("HTTP_X_GITHUB_EVENT", "issues", 1);
  snprintf(value, sizeof value, "%zu", length);
  setenv("CONTENT_LENGTH", value, 1);
  for (round = 0; round < rounds; round++) {
    for (program = 0; program < programs; program++) {
      double start;
      if (!fgets(line, sizeof line, events) || strlen(line) != 74) return fprintf(stderr, "no more events\n"), 1;
      memcpy(place, line, 8);
      if (pwrite(descriptor, body, length, 0) != (ssize_t)length) return perror(file), 1;
      snprintf(value, sizeof value, "sha256=%.64s", line + 9);
      setenv("HTTP_X_HUB_SIGNATURE_256", value, 1);
      snprintf(value, sizeof value, "72d3162e-cc78-11e3-81ab-0000%.8s", line);
      setenv("HTTP_X_GITHUB_DELIVERY", value, 1);
      start = now();
      if (serve(arguments[4 + program], file, &processor[program])) return unlink(file), fprintf(stderr, "%s failed\n", arguments[4 + program]), 1;
      times[program * rounds + round] = now() - start;
    }
  }
  for (program = 0; program < programs; program++) {
    double *own = times + program * rounds;
    qsort(own, (size_t)rounds, sizeof *own, ascending);
    printf("%.0f %.0f %.0f\n", own[rounds / 2], own[rounds * 9 / 10], processor[program] / (double)rounds);
  }
  return unlink(file);
}
