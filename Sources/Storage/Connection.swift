internal import CSQLite

/// One connection to a database, used by one thread at a time.
///
/// SQLite's own locks are off (`SQLITE_OPEN_NOMUTEX`): who owns the connection sees to that. Not being `Sendable`,
/// it stays with its owner.
package final class Connection {
    let handle: Handle
    package let options: Options
    /// Prepared statements, each in the slot of its number; another with the same slot takes its place.
    private var slots: [Statement?] = Array(repeating: nil, count: slotCount)
    private var texts: [String: Statement] = [:]
    /// The names that `define` has made callable.
    package internal(set) var definedFunctions: Set<String> = []

    private static let slotCount = 512
    private static let textCount = 256

    /// Opens the database; a new file is created readable and writable by its owner alone, and SQLite gives
    /// what it puts beside it the same mode.
    /// - Throws: what is wrong with path, permissions or file. A locked database is waited for, as `options` say.
    package init(_ options: Options) throws(DatabaseError) {
        self.options = options
        handle = try Handle(opening: options)
        try configure()
    }

    /// The statement for `sql`, prepared once for each connection. Use it at once and let it go: the next caller
    /// gets the same one.
    package func statement(_ sql: SQL) throws(DatabaseError) -> Statement {
        let slot = sql.number % Self.slotCount
        if let kept = slots[slot], kept.sql === sql {
            // A statement that is being stepped further up the stack cannot be started anew.
            if !kept.isRunning { return kept }
            return try Statement(sql, handle, isKept: false)
        }
        let statement = try Statement(sql, handle, isKept: true)
        slots[slot] = statement
        return statement
    }

    /// The statement for a text that is not known beforehand. The last few hundred are kept.
    package func statement(_ text: String) throws(DatabaseError) -> Statement {
        if let kept = texts[text] {
            if !kept.isRunning { return kept }
            return try Statement(kept.sql, handle, isKept: false)
        }
        let statement = try Statement(SQL(text), handle, isKept: true)
        if texts.count >= Self.textCount { texts.removeAll(keepingCapacity: true) }
        texts[text] = statement
        return statement
    }

    /// Runs one or several statements without parameters and without looking at rows, for schemas and pragmas.
    package func execute(_ script: String) throws(DatabaseError) {
        if let lost = handle.lostTransaction { throw lost }
        let result = unsafe sqlite3_exec(handle.database, script, nil, nil, nil)
        guard result == SQLITE_OK else { throw handle.error(result, sql: script) }
    }
}

extension Connection {
    /// The rowid of the last row that this connection inserted.
    package var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(handle.database) }

    /// How many rows the last statement inserted, changed or deleted.
    package var changes: Int { Int(unsafe sqlite3_changes64(handle.database)) }

    /// Whether no transaction is open: each statement would commit by itself.
    package var isAutocommit: Bool { unsafe sqlite3_get_autocommit(handle.database) != 0 }

    /// Has `handler` called every `instructions` of SQLite's virtual machine, on this connection's thread, while a
    /// statement runs; true ends the statement with `isInterrupt`. A write that is ended so takes its whole
    /// transaction with it.
    package func setProgressHandler(every instructions: Int32, _ handler: @escaping () -> Bool) {
        handle.progress = handler
        let context = unsafe Unmanaged.passUnretained(handle).toOpaque()
        unsafe sqlite3_progress_handler(
            handle.database, instructions,
            { context in
                guard let context = unsafe context else { return 0 }
                let handle = unsafe Unmanaged<Handle>.fromOpaque(context).takeUnretainedValue()
                return handle.progress?() == true ? 1 : 0
            }, context)
    }

    package func removeProgressHandler() {
        unsafe sqlite3_progress_handler(handle.database, 0, nil, nil)
        handle.progress = nil
    }
}
