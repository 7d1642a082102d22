internal import CSQLite

extension Connection {
    private static let begin = SQL("BEGIN IMMEDIATE")
    private static let beginReading = SQL("BEGIN")
    private static let commit = SQL("COMMIT")
    private static let rollback = SQL("ROLLBACK")
    private static let savepoint = SQL("SAVEPOINT postern")
    private static let release = SQL("RELEASE postern")
    private static let rollbackToSavepoint = SQL("ROLLBACK TO postern")

    /// Runs `body` in a transaction of its own that writes: all of it is committed, or nothing when it throws.
    /// - Throws: what `body` throws, or why the lock could not be had or the commit failed.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try beginTransaction()
        let result: Result
        do {
            result = try body()
            if let lost = handle.lostTransaction { throw lost }
        } catch {
            rollbackTransaction()
            throw error
        }
        try commitTransaction()
        return result
    }

    /// Commits what a transaction of `transaction(_:)` wrote so far, runs `body` without any, and goes on in a new one:
    /// nothing is locked while `body` waits for others. There is no savepoint then.
    package func betweenTransactions<Result>(_ body: () throws -> Result) throws -> Result {
        try commitTransaction()
        let result = Swift.Result { try body() }
        try beginTransaction()
        return try result.get()
    }

    /// Runs `body` on one unchanging view of the database.
    package func reading<Result>(_ body: () throws -> Result) throws -> Result {
        try statement(Self.beginReading).run()
        defer { rollbackTransaction() }
        return try body()
    }

    /// Runs `body` so that what it wrote is undone when it throws, and only that. Savepoints nest.
    ///
    /// An error that ended the whole transaction (`hasLostTransaction`) cannot be confined: it goes on being thrown
    /// by every statement until the transaction's owner has taken note.
    package func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try openSavepoint()
        do {
            let result = try body()
            try statement(Self.release).run()
            return result
        } catch {
            undoSavepoint()
            throw error
        }
    }

    /// Whether SQLite gave up the whole transaction by itself, and why.
    package var lostTransaction: DatabaseError? { handle.lostTransaction }
}

// The parts, for who runs several jobs in one transaction.
extension Connection {
    func beginTransaction() throws(DatabaseError) {
        try statement(Self.begin).run()
        handle.expectsTransaction = true
    }

    func commitTransaction() throws(DatabaseError) {
        do {
            try statement(Self.commit).run()
            handle.expectsTransaction = false
        } catch {
            rollbackTransaction()
            throw error
        }
    }

    /// Ends the transaction, if there still is one, and takes note of its loss.
    func rollbackTransaction() {
        handle.lostTransaction = nil
        handle.expectsTransaction = false
        if !isAutocommit { try? statement(Self.rollback).run() }
    }

    func openSavepoint() throws(DatabaseError) {
        try statement(Self.savepoint).run()
    }

    func releaseSavepoint() throws(DatabaseError) {
        try statement(Self.release).run()
    }

    /// Undoes what was written since the savepoint. If even that fails, nothing of the transaction may be kept.
    func undoSavepoint() {
        guard handle.lostTransaction == nil else { return }
        do {
            try statement(Self.rollbackToSavepoint).run()
            try statement(Self.release).run()
        } catch {
            guard handle.lostTransaction == nil else { return }
            handle.lostTransaction = error
            try? execute("ROLLBACK")
        }
    }
}
