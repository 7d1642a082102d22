internal import CSQLite

extension Connection {
    /// From now on no commit copies the log into the database by itself: who commits calls `checkpointIfDue` when
    /// nobody waits for the commit any more.
    func checkpointByHand() {
        let context = unsafe Unmanaged.passUnretained(handle).toOpaque()
        // Takes the place of SQLite's own hook, by which it checkpoints automatically.
        _ = unsafe sqlite3_wal_hook(
            handle.database,
            { context, _, _, pages in
                if let context = unsafe context {
                    unsafe Unmanaged<Handle>.fromOpaque(context).takeUnretainedValue().logPages = pages
                }
                return SQLITE_OK
            }, context)
    }

    /// Copies the log into the database each time it has grown by `options.autocheckpoint` pages.
    ///
    /// Usually that disturbs nobody, and the next commit begins the log anew. But readers that follow each other
    /// closely can keep it from being begun anew for ever; so from four times that size on they are waited for, for
    /// a moment. What fails here is tried again later: the log stays valid meanwhile.
    func checkpointIfDue() {
        let due = options.autocheckpoint
        let pages = handle.logPages
        if pages < handle.checkpointedPages { handle.checkpointedPages = 0 }
        guard due > 0, pages - handle.checkpointedPages >= due else { return }
        handle.checkpointedPages = pages
        let database = unsafe handle.database
        if options.emptiesLog {
            unsafe sqlite3_busy_timeout(database, Self.waitForReaders)
            _ = unsafe sqlite3_wal_checkpoint_v2(database, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
            unsafe sqlite3_busy_timeout(database, options.busyTimeout)
        } else if pages / 4 < due {
            _ = unsafe sqlite3_wal_checkpoint_v2(database, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        } else {
            unsafe sqlite3_busy_timeout(database, Self.waitForReaders)
            _ = unsafe sqlite3_wal_checkpoint_v2(database, nil, SQLITE_CHECKPOINT_RESTART, nil, nil)
            unsafe sqlite3_busy_timeout(database, options.busyTimeout)
        }
    }

    /// Milliseconds.
    private static let waitForReaders: Int32 = 20
}
