internal import CSQLite

/// What a statement that somebody else wrote may do.
package struct StatementRules: Sendable {
    /// The tables that it may name, in lower case.
    package var tables: Set<String>
    /// Whether it may add, change and delete rows of them. It never makes, changes or drops a table.
    package var mayWrite: Bool
    /// The longest value that it may make, in bytes.
    package var maximumLength: Int32

    package init(tables: Set<String>, mayWrite: Bool, maximumLength: Int32 = 64 << 20) {
        self.tables = tables
        self.mayWrite = mayWrite
        self.maximumLength = maximumLength
    }
}

extension Connection {
    /// Prepares one statement that may do no more than the rules allow, and lends it to `body`.
    ///
    /// - Throws: `DatabaseError`: of code `denied` for what the rules do not allow, with the reason as its message.
    package func restricted<Result>(
        to rules: StatementRules, _ text: String, _ body: (Statement) throws -> Result
    ) throws -> Result {
        handle.installAuthorizer()
        let length = unsafe sqlite3_limit(handle.database, SQLITE_LIMIT_LENGTH, rules.maximumLength)
        handle.rules = rules
        handle.refusal = nil
        defer {
            handle.rules = nil
            _ = unsafe sqlite3_limit(handle.database, SQLITE_LIMIT_LENGTH, length)
        }
        do {
            let statement = try Statement(SQL(text), handle, isKept: false)
            guard try !handle.hasSecondStatement(text) else {
                throw DatabaseError(.denied, "there is more than one statement", sql: text)
            }
            return try body(statement)
        } catch let error as DatabaseError where error.code.primary == .denied {
            throw DatabaseError(.denied, handle.refusal ?? error.message, sql: error.sql)
        }
    }
}

extension Handle {
    /// SQLite prepares all statements of the connection anew when it gets an authorizer, so it is given one once, which
    /// allows everything while there are no rules.
    fileprivate func installAuthorizer() {
        guard !hasAuthorizer else { return }
        hasAuthorizer = true
        // SQLite makes these once a connection, by a statement that no rule would allow.
        _ = unsafe sqlite3_exec(database, "SELECT 1 FROM json_each('[]'), json_tree('[]')", nil, nil, nil)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe sqlite3_set_authorizer(
            database,
            { context, action, first, second, _, _ in
                guard let context = unsafe context else { return SQLITE_OK }
                let handle = unsafe Unmanaged<Handle>.fromOpaque(context).takeUnretainedValue()
                guard let rules = handle.rules else { return SQLITE_OK }
                let refusal = unsafe rules.refusal(of: action, name(first), name(second))
                guard let refusal else { return SQLITE_OK }
                if handle.refusal == nil { handle.refusal = refusal }
                return SQLITE_DENY
            }, context)
    }

    fileprivate func hasSecondStatement(_ text: String) throws(DatabaseError) -> Bool {
        unsafe text.withCString { start in
            var statement: OpaquePointer?
            var tail: UnsafePointer<CChar>?
            var next = unsafe start
            // The first is known to be one; what follows may be empty or a comment.
            for _ in 0..<2 {
                let result = unsafe sqlite3_prepare_v2(database, next, -1, &statement, &tail)
                let isStatement = unsafe statement != nil
                unsafe sqlite3_finalize(statement)
                unsafe statement = nil
                if unsafe next != start { return isStatement || result != SQLITE_OK }
                guard let rest = unsafe tail, unsafe rest.pointee != 0 else { return false }
                unsafe next = rest
            }
            return true
        }
    }
}

private func name(_ characters: UnsafePointer<CChar>?) -> String {
    guard let characters = unsafe characters else { return "" }
    return unsafe String(cString: characters)
}

extension StatementRules {
    /// Tables of SQLite's own that only take apart what they are given.
    private static let tableFunctions: Set<String> = ["json_each", "json_tree"]

    /// The second gives away where code lies in memory.
    private static let refusedFunctions: Set<String> = ["load_extension", "fts3_tokenizer"]

    /// - Returns: why the action is not allowed, nil if it is
    fileprivate func refusal(of action: Int32, _ first: String, _ second: String) -> String? {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return nil
        case SQLITE_READ:
            let table = first.lowercased()
            if tables.contains(table) || Self.tableFunctions.contains(table) || table.isEmpty { return nil }
            // `count(*)` of what a WITH of the statement names reads no column.
            let isOwn = ["postern_", "sqlite_", "pragma_"].contains { table.hasPrefix($0) }
            return second.isEmpty && !isOwn ? nil : "it may not read \(first), which is no table of the workspace"
        case SQLITE_FUNCTION:
            let function = second.lowercased()
            return function.hasPrefix("postern_") || Self.refusedFunctions.contains(function)
                ? "it may not call \(second)" : nil
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            guard tables.contains(first.lowercased()) else {
                return "it may not write \(first), which is no table of the workspace"
            }
            return mayWrite ? nil : "it may not write"
        default: return "it may only select, and write rows where that is allowed"
        }
    }
}
