// Inserts rows of seven columns with one prepared statement, 32 in a transaction. Prints nanoseconds of processor
// time a row.
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static long long processor_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void check(sqlite3 *database, int result) {
    if (result == SQLITE_OK || result == SQLITE_DONE) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    exit(1);
}

int main(int argc, char **argv) {
    sqlite3 *database;
    if (argc != 2 || sqlite3_open(argv[1], &database)) return 2;
    check(database, sqlite3_exec(database,
        "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=4000;"
        "PRAGMA synchronous=NORMAL;"
        "CREATE TABLE response (id INTEGER PRIMARY KEY AUTOINCREMENT, created_at INTEGER, form_id TEXT, token TEXT,"
        " question TEXT, kind TEXT, number REAL)", 0, 0, 0));
    sqlite3_stmt *insert, *begin, *commit;
    check(database, sqlite3_prepare_v2(database, "INSERT INTO response VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", -1, &insert, 0));
    check(database, sqlite3_prepare_v2(database, "BEGIN IMMEDIATE", -1, &begin, 0));
    check(database, sqlite3_prepare_v2(database, "COMMIT", -1, &commit, 0));
    long long best = LLONG_MAX;
    for (int round = 0; round < 5; round++) {
        long long start = processor_time();
        for (int batch = 0; batch < 2000; batch++) {
            check(database, sqlite3_step(begin));
            sqlite3_reset(begin);
            for (int row = 0; row < 32; row++) {
                sqlite3_bind_int64(insert, 2, 1700000000000LL + row);
                sqlite3_bind_text(insert, 3, "lT4Z3j", 6, SQLITE_STATIC);
                sqlite3_bind_text(insert, 4, "a3a12ec67a1365927098a606107fac15", 32, SQLITE_STATIC);
                sqlite3_bind_text(insert, 5, "Where do you live?", 18, SQLITE_STATIC);
                sqlite3_bind_text(insert, 6, "choice", 6, SQLITE_STATIC);
                sqlite3_bind_double(insert, 7, row * 0.5);
                check(database, sqlite3_step(insert));
                sqlite3_reset(insert);
                sqlite3_clear_bindings(insert);
            }
            check(database, sqlite3_step(commit));
            sqlite3_reset(commit);
        }
        long long time = processor_time() - start;
        if (time < best) best = time;
    }
    printf("%lld\n", best / (2000 * 32));
    return 0;
}
