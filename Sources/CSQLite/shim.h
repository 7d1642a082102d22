#pragma once
#include <sqlite3.h>

/// The destructor argument that has SQLite copy what is bound; a macro with a cast, which Swift does not import.
static inline sqlite3_destructor_type postern_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/// Has SQLite not count its memory, which takes a lock at each allocation; before anything else is done with it.
/// `sqlite3_config` is variadic.
static inline int postern_sqlite_initialize(void) {
    int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return result == SQLITE_OK ? sqlite3_initialize() : result;
}

/// `sqlite3_db_config` for the settings that are on or off; the function is variadic, which Swift does not import.
static inline int postern_sqlite_configure(sqlite3 *database, int setting, int on) {
    return sqlite3_db_config(database, setting, on, (int *)0);
}
