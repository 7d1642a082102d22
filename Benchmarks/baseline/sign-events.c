/*
 * Signs events in advance, so that measuring costs the client nothing: a line of 74 bytes for each, the event's number
 * (8 digits, in place of @@@@@@@@ in the template), a space and its signature.
 *
 * sign-events TEMPLATE SECRET FIRST COUNT > FILE
 */
#include "github.h"
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments) {
  static unsigned char body[1 << 16];
  char digits[65] = {0}, number[32], *place;
  long first, i, events;
  size_t length;
  FILE *file;
  HMAC_CTX *context;
  if (count != 5) return fprintf(stderr, "sign-events TEMPLATE SECRET FIRST COUNT\n"), 2;
  if (!(file = fopen(arguments[1], "r"))) return perror(arguments[1]), 1;
  length = fread(body, 1, sizeof body - 1, file);
  fclose(file);
  context = github_key(arguments[2]);
  first = atol(arguments[3]);
  events = atol(arguments[4]);
  place = strstr((char *)body, "@@@@@@@@");
  if (!context || !place || first < 10000000 || first + events > 99999999) return fprintf(stderr, "out of range\n"), 1;
  for (i = 0; i < events; i++) {
    snprintf(number, sizeof number, "%08ld", first + i);
    memcpy(place, number, 8);
    if (!github_sign(context, body, length, digits)) return 1;
    printf("%s %s\n", number, digits);
  }
  return 0;
}
