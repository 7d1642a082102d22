package import FunctionStack
import Storage
package import Values

extension Records {
    package func directQuery(_ direct: DirectStatement) throws -> Value {
        guard direct.sql.utf8.count <= Self.longestStatement else {
            throw StackError.mistake("A statement in SQL has at most \(Self.longestStatement) bytes")
        }
        guard !direct.sql.utf8.contains(0) else { throw StackError.mistake("A statement in SQL holds no NUL byte") }
        let rules = StatementRules(
            tables: Set(plans.schema.tables.keys.map(\.asciiLowercased)), mayWrite: direct.mayWrite)
        do {
            return try connection.restricted(to: rules, direct.sql) { statement in
                guard statement.parameterCount == direct.arguments.count else {
                    throw StackError.mistake(
                        "The statement in SQL has \(statement.parameterCount) placeholders and \(direct.arguments.count) arguments")
                }
                for (index, value) in direct.arguments.enumerated() { statement.bindStored(Int32(index) + 1, value) }
                return try rows(statement, isSingle: direct.isSingle)
            }
        } catch let error as DatabaseError {
            throw explained(error, direct)
        }
    }

    private static let longestStatement = 1 << 20

    private func rows(_ statement: Statement, isSingle: Bool) throws -> Value {
        let columns = statement.columnNames.enumerated().map { index, name in
            (key: Text(name), reader: reader(statement.origin(of: index)))
        }
        let budget = Budget(maximumSteps: .max, maximumBytes: maximumResult)
        var rows: [Value] = []
        // To its end even where one row is wanted: a statement that writes has then written all of it.
        try statement.forEach { row in
            if isSingle, !rows.isEmpty { return }
            var record = Object(capacity: columns.count)
            for (index, column) in columns.enumerated() { record[column.key] = try column.reader.value(row, Int32(index)) }
            try budget.charge(bytes: Value.object(record).estimatedSize())
            rows.append(.object(record))
        }
        return isSingle ? rows.first ?? .null : .array(rows)
    }

    /// A column of a table reads as it does in a query: JSON as what it is, a bool as true and false.
    private func reader(_ origin: (table: String, column: String)?) -> FieldReader {
        guard let origin, let column = plans.schema.tables[origin.table]?[origin.column] else { return .scalar }
        return FieldReader(SQLType(column))
    }

    private func explained(_ error: DatabaseError, _ direct: DirectStatement) -> any Error {
        if error.isOfStorage || error.isInterrupt || error.isUniqueConstraint || error.cause != nil {
            return translated(error, nil)
        }
        var text = "The statement in SQL is refused: \(error.message)"
        if error.code == .denied, error.message == "it may not write" {
            text += "; preferences = {direct_query_writes: true} in workspace.xs allows it"
        } else if let hint = Dialect.hint(error.message, direct.sql) {
            text += "; \(hint)"
        }
        return StackError.mistake(text)
    }
}

/// What of PostgreSQL is written otherwise in SQLite.
private enum Dialect {
    static func hint(_ message: String, _ sql: String) -> String? {
        let lowered = sql.asciiLowercased
        if message.hasPrefix("no such table: x"), message.contains("_") {
            return "a table has the name that its file gives it, not Xano's number"
        }
        if message.contains("\":\""), sql.contains("::") { return "write CAST(x AS TYPE) for x::TYPE" }
        for (words, hint) in hints where lowered.contains(words) && message.asciiLowercased.contains(words) { return hint }
        return hints.first { message.asciiLowercased.contains("near \"\($0.words)") }?.hint
    }

    private static let hints: [(words: String, hint: String)] = [
        ("ilike", "SQLite's LIKE disregards the case of A to Z, and there is no ILIKE"),
        ("now", "give the time as an argument: arg = now, in milliseconds"),
        ("~", "there are no regular expressions in it; use LIKE or GLOB, or db.query with ~"),
        ("interval", "times are milliseconds: add and subtract numbers"),
        ("extract", "use strftime('%Y', x / 1000, 'unixepoch')"),
        ("to_char", "use strftime(format, x / 1000, 'unixepoch')"),
        ("date_trunc", "use strftime(format, x / 1000, 'unixepoch')"),
        ("array_agg", "use json_group_array(x)"), ("string_agg", "use group_concat(x, ',')"),
        ("any", "use x IN (SELECT value FROM json_each(list))"),
    ]
}
