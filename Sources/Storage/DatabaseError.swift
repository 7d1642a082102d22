internal import CSQLite

/// What SQLite said, with the statement it said it about.
///
/// The statement is its text with placeholders: values of a request never get into an error.
package struct DatabaseError: Error, Sendable {
    /// SQLite's extended result code (https://sqlite.org/rescode.html).
    package struct Code: RawRepresentable, Sendable, Hashable {
        package let rawValue: Int32

        package init(rawValue: Int32) { self.rawValue = rawValue }

        /// The code without its extension: the low byte.
        package var primary: Code { Code(rawValue: rawValue & 0xff) }

        package static let error = Code(rawValue: SQLITE_ERROR)
        package static let permission = Code(rawValue: SQLITE_PERM)
        package static let abort = Code(rawValue: SQLITE_ABORT)
        package static let busy = Code(rawValue: SQLITE_BUSY)
        package static let locked = Code(rawValue: SQLITE_LOCKED)
        package static let noMemory = Code(rawValue: SQLITE_NOMEM)
        package static let readOnly = Code(rawValue: SQLITE_READONLY)
        package static let interrupt = Code(rawValue: SQLITE_INTERRUPT)
        package static let inputOutput = Code(rawValue: SQLITE_IOERR)
        package static let corrupt = Code(rawValue: SQLITE_CORRUPT)
        package static let full = Code(rawValue: SQLITE_FULL)
        package static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
        package static let tooBig = Code(rawValue: SQLITE_TOOBIG)
        package static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
        /// A statement wanted what its rules do not allow.
        package static let denied = Code(rawValue: SQLITE_AUTH)
        package static let misuse = Code(rawValue: SQLITE_MISUSE)
        package static let notADatabase = Code(rawValue: SQLITE_NOTADB)
        package static let constraintUnique = Code(rawValue: SQLITE_CONSTRAINT | (8 << 8))
        package static let constraintPrimaryKey = Code(rawValue: SQLITE_CONSTRAINT | (6 << 8))
        package static let constraintRowID = Code(rawValue: SQLITE_CONSTRAINT | (10 << 8))
    }

    package let code: Code
    package let message: String
    /// The statement, placeholders and all; nil where none was running.
    package let sql: String?
    /// The error that a function of ours threw while the statement called it.
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, sql: String? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.sql = sql
        self.cause = cause
    }
}

extension DatabaseError {
    /// The disk, or the bound set on the file, is full.
    package var isFull: Bool { code.primary == .full }
    package var isReadOnly: Bool { code.primary == .readOnly }
    /// Another connection or process holds the lock.
    package var isBusy: Bool { code.primary == .busy || code.primary == .locked }
    package var isConstraint: Bool { code.primary == .constraint }
    /// A unique index or primary key has the value already.
    package var isUniqueConstraint: Bool {
        code == .constraintUnique || code == .constraintPrimaryKey || code == .constraintRowID
    }
    /// The file is damaged, or no SQLite database at all.
    package var isCorrupt: Bool { code.primary == .corrupt || code.primary == .notADatabase }
    package var isInputOutput: Bool { code.primary == .inputOutput }
    package var isInterrupt: Bool { code.primary == .interrupt }
    package var cannotOpen: Bool { code.primary == .cannotOpen || code.primary == .permission }

    /// Whether the store, and not the statement, is what failed: the sender is answered 503 and may try again.
    package var isOfStorage: Bool {
        isFull || isReadOnly || isBusy || isCorrupt || isInputOutput || cannotOpen || code.primary == .noMemory
    }

    /// What the operator can do about it; nil where only the statement can be at fault.
    package var remedy: String? {
        if isFull { return "free space on the disk that holds the database" }
        if isReadOnly { return "let Postern's user write the database, the files beside it and their folder" }
        if isBusy { return "end the other program that keeps the database locked" }
        if isCorrupt { return "restore the database from a backup, or move the file away" }
        if isInputOutput { return "look for disk errors in the system log" }
        if cannotOpen { return "create the folder and let Postern's user write in it" }
        return nil
    }
}

extension DatabaseError: CustomStringConvertible {
    package var description: String {
        var text = message
        if let remedy { text += "; " + remedy }
        text += " (SQLite code \(code.rawValue))"
        if let sql { text += " in: " + sql }
        return text
    }
}
