/*
 * The baseline for CGI: verifies GitHub's signature over the raw body, keeps the event and one record in SQLite,
 * durably (WAL, synchronous=FULL), once for each delivery, and answers.
 *
 * BASELINE_SECRET and BASELINE_DATABASE in the environment.
 */
#include "github.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_BODY = 1 << 20 };

static const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "CREATE TABLE IF NOT EXISTS event(id INTEGER PRIMARY KEY, key TEXT UNIQUE, received INTEGER, body BLOB, answer BLOB);"
    "CREATE TABLE IF NOT EXISTS issue(id INTEGER PRIMARY KEY, created_at INTEGER, number INTEGER, title TEXT, author TEXT);";

static int answer(const char *status, const char *body) {
  printf("Status: %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s", status, strlen(body), body);
  return fflush(stdout) ? 1 : 0;
}

/* The text of a member, as far as the events of this benchmark need it. */
static void text(const char *json, const char *member, char *value, size_t size) {
  const char *start = strstr(json, member);
  size_t length = 0;
  if (start) {
    start += strlen(member);
    length = strcspn(start, "\"");
    if (length >= size) length = size - 1;
    memcpy(value, start, length);
  }
  value[length] = 0;
}

static int run(sqlite3 *database, sqlite3_stmt *statement) {
  int code = sqlite3_step(statement);
  sqlite3_finalize(statement);
  return code == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(database);
}

static int keep(sqlite3 *database, const char *key, const char *body, long length) {
  sqlite3_stmt *event, *issue;
  const char *number = strstr(body, "\"number\":");
  char title[256], author[64];
  int code;
  text(body, "\"title\":\"", title, sizeof title);
  text(body, "\"login\":\"", author, sizeof author);
  if (sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL)) return 0;
  if (sqlite3_prepare_v2(
          database, "INSERT INTO event(key, received, body, answer) VALUES(?1, unixepoch(), ?2, '{\"ok\":true}')", -1,
          &event, NULL)
      || sqlite3_prepare_v2(
          database, "INSERT INTO issue(created_at, number, title, author) VALUES(unixepoch(), ?1, ?2, ?3)", -1, &issue,
          NULL))
    return 0;
  sqlite3_bind_text(event, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_blob(event, 2, body, (int)length, SQLITE_STATIC);
  code = run(database, event);
  if (code == SQLITE_CONSTRAINT_UNIQUE) return sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_bind_int64(issue, 1, number ? atoll(number + 9) : 0);
  sqlite3_bind_text(issue, 2, title, -1, SQLITE_STATIC);
  sqlite3_bind_text(issue, 3, author, -1, SQLITE_STATIC);
  if (code || run(database, issue)) return 0;
  return sqlite3_exec(database, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}

static int is_ready(sqlite3 *database) {
  sqlite3_stmt *statement;
  int found;
  sqlite3_busy_timeout(database, 5000);
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (sqlite3_exec(database, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=200", NULL, NULL, NULL)) return 0;
  if (sqlite3_prepare_v2(database, "SELECT 1 FROM sqlite_schema WHERE name='issue'", -1, &statement, NULL)) return 0;
  found = sqlite3_step(statement) == SQLITE_ROW;
  sqlite3_finalize(statement);
  return found || sqlite3_exec(database, schema, NULL, NULL, NULL) == SQLITE_OK;
}

int main(void) {
  const char *declared = getenv("CONTENT_LENGTH"), *delivery = getenv("HTTP_X_GITHUB_DELIVERY");
  const char *secret = getenv("BASELINE_SECRET"), *path = getenv("BASELINE_DATABASE");
  long length = declared ? atol(declared) : -1;
  char *body;
  HMAC_CTX *context;
  sqlite3 *database;
  int kept;
  if (!secret || !path || !delivery) return answer("503 Service Unavailable", "{}");
  if (length < 0 || length > MAX_BODY || !(body = malloc((size_t)length + 1))) return answer("400 Bad Request", "{}");
  if (fread(body, 1, (size_t)length, stdin) != (size_t)length || getchar() != EOF)
    return answer("400 Bad Request", "{}");
  body[length] = 0;
  context = github_key(secret);
  if (!context || !github_is_signed(context, getenv("HTTP_X_HUB_SIGNATURE_256"), (unsigned char *)body, (size_t)length))
    return answer("401 Unauthorized", "{\"code\":\"unauthorized\"}");
  if (sqlite3_open(path, &database) || !is_ready(database)) return answer("503 Service Unavailable", "{}");
  kept = keep(database, delivery, body, length);
  sqlite3_close(database);
  return kept ? answer("200 OK", "{\"ok\":true}") : answer("503 Service Unavailable", "{}");
}
