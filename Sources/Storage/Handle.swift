internal import CSQLite

/// Owns SQLite's handle. A connection and its statements hold it, so it closes after the last of them.
@safe final class Handle {
    let database: OpaquePointer
    /// Whether a transaction was begun and neither committed nor rolled back by us.
    var expectsTransaction = false
    /// Set when SQLite rolled back the whole transaction by itself (full disk, I/O error, interrupt). Until the
    /// transaction's owner has taken note, every statement fails with it: otherwise what follows would be committed
    /// statement by statement.
    var lostTransaction: DatabaseError?
    /// What a function of ours threw during the current step.
    var functionError: (any Error)?
    /// Asked every so many instructions; true ends the statement.
    var progress: (() -> Bool)?
    /// What the statement that is being prepared may do; nil for one of ours, which may do everything.
    var rules: StatementRules?
    /// The first thing that the rules did not allow.
    var refusal: String?
    var hasAuthorizer = false
    /// Pages in the write-ahead log after the last commit, once `Connection.checkpointByHand` was called.
    var logPages: Int32 = 0
    /// What `logPages` was at the last checkpoint.
    var checkpointedPages: Int32 = 0

    init(_ database: OpaquePointer) {
        unsafe self.database = unsafe database
    }

    deinit {
        _ = unsafe sqlite3_close_v2(database)
    }

    /// The error of the call that just failed. The only place where a result code becomes an error.
    func error(_ result: Int32, sql: String? = nil) -> DatabaseError {
        let extended = unsafe sqlite3_extended_errcode(database)
        let code = extended & 0xff == result & 0xff ? extended : result
        let message = unsafe String(cString: sqlite3_errmsg(database))
        let error = DatabaseError(.init(rawValue: code), message, sql: sql, cause: functionError)
        functionError = nil
        noteLoss(error)
        return error
    }

    private func noteLoss(_ error: DatabaseError) {
        guard expectsTransaction, lostTransaction == nil, unsafe sqlite3_get_autocommit(database) != 0 else { return }
        lostTransaction = error
    }
}
