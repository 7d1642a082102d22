/*
 * The baseline: a threaded FastCGI program over libfcgi that verifies GitHub's signature over the raw body and
 * answers 200 or 401. It keeps nothing.
 *
 * verify-fastcgi SOCKET SECRET THREADS
 */
#include "github.h"
#include <fcgiapp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MAX_BODY = 1 << 20 };

static int listener;
static const char *secret;

static const char accepted[] =
    "Status: 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
static const char refused[] =
    "Status: 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n{\"code\":\"unauthorized\"}";

/* The body of the request, whole, or -1. */
static long read_body(FCGX_Request *request, unsigned char *body) {
  const char *declared = FCGX_GetParam("CONTENT_LENGTH", request->envp);
  char *end;
  long length;
  if (!declared || !*declared) return -1;
  length = strtol(declared, &end, 10);
  if (*end || length < 0 || length > MAX_BODY) return -1;
  if (FCGX_GetStr((char *)body, (int)length, request->in) != length) return -1;
  if (FCGX_GetChar(request->in) != -1 || FCGX_GetError(request->in)) return -1;
  return length;
}

static void *serve(void *unused) {
  FCGX_Request request;
  HMAC_CTX *context = github_key(secret);
  unsigned char *body = malloc(MAX_BODY);
  (void)unused;
  if (!context || !body) exit(1);
  FCGX_InitRequest(&request, listener, 0);
  while (FCGX_Accept_r(&request) == 0) {
    long length = read_body(&request, body);
    const char *given = FCGX_GetParam("HTTP_X_HUB_SIGNATURE_256", request.envp);
    if (length >= 0 && github_is_signed(context, given, body, (size_t)length))
      FCGX_PutStr(accepted, sizeof accepted - 1, request.out);
    else
      FCGX_PutStr(refused, sizeof refused - 1, request.out);
    FCGX_Finish_r(&request);
  }
  return NULL;
}

int main(int count, char **arguments) {
  int threads = count == 4 ? atoi(arguments[3]) : 0;
  if (threads < 1) return fprintf(stderr, "verify-fastcgi SOCKET SECRET THREADS\n"), 2;
  secret = arguments[2];
  FCGX_Init();
  signal(SIGTERM, SIG_DFL);
  listener = FCGX_OpenSocket(arguments[1], 1024);
  if (listener < 0) return perror(arguments[1]), 1;
  chmod(arguments[1], 0666);
  while (--threads > 0) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, NULL)) return perror("pthread_create"), 1;
  }
  serve(NULL);
  return 1;
}
