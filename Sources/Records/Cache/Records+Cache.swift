import FunctionStack
import Storage
package import Values

// `redis.*`: one row a key. What has expired reads as missing, and each write that may expire removes a few such
// rows, so that the table does not outgrow what is alive.
extension Records {
    private static let select = SQL(
        "SELECT value, is_json FROM postern_cache WHERE key = ?1 AND (expires IS NULL OR expires > ?2)")
    private static let has = SQL(
        "SELECT 1 FROM postern_cache WHERE key = ?1 AND (expires IS NULL OR expires > ?2)")
    private static let insert = SQL("INSERT OR REPLACE INTO postern_cache VALUES (?1, ?2, ?3, ?4)")
    private static let replace = SQL("UPDATE postern_cache SET value = ?2, is_json = ?3 WHERE key = ?1")
    private static let remove = SQL("DELETE FROM postern_cache WHERE key = ?1")
    private static let keys = SQL(
        """
        SELECT key FROM postern_cache WHERE key >= ?1 AND (expires IS NULL OR expires > ?2) ORDER BY key
        """)
    private static let prune = SQL(
        """
        DELETE FROM postern_cache WHERE key IN
        (SELECT key FROM postern_cache WHERE expires <= ?1 ORDER BY expires LIMIT 4)
        """)

    package func cached(_ key: Text) throws -> Value {
        try stored(key) ?? .null
    }

    private func stored(_ key: Text) throws -> Value? {
        let statement = try connection.statement(Self.select)
        statement.bind(1, bytes: key.bytes)
        statement.bind(2, clock())
        return try statement.first { row in
            row.integer(1) == 0 ? row.value(0) : try row.withBytes(0) { try JSON.parse($0) }
        }
    }

    package func isCached(_ key: Text) throws -> Bool {
        let statement = try connection.statement(Self.has)
        statement.bind(1, bytes: key.bytes)
        statement.bind(2, clock())
        return try statement.first { _ in true } ?? false
    }

    package func cache(_ key: Text, value: Value, seconds: Int64?) throws {
        let now = clock()
        let expires = Self.expiry(seconds, from: now)
        if expires != nil {
            let statement = try connection.statement(Self.prune)
            statement.bind(1, now)
            try statement.run()
        }
        let statement = try connection.statement(Self.insert)
        bind(value, key, to: statement)
        statement.bind(4, expires)
        try statement.run()
    }

    /// When something expires; nil for never, which is also what no time, or one beyond all clocks, means.
    static func expiry(_ seconds: Int64?, from now: Int64) -> Int64? {
        guard let seconds, seconds > 0 else { return nil }
        let (duration, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        let (expires, tooLate) = now.addingReportingOverflow(duration)
        return overflow || tooLate ? nil : expires
    }

    /// Scalars are kept as SQLite's own, so that text of any bytes comes back; the others as JSON.
    private func bind(_ value: Value, _ key: Text, to statement: Statement) {
        statement.bind(1, bytes: key.bytes)
        switch value {
        case .boolean, .array, .object:
            statement.bind(2, JSON.text(value))
            statement.bind(3, true)
        default:
            statement.bindStored(2, value)
            statement.bind(3, false)
        }
    }

    package func changeCached(_ key: Text, _ change: (Value) throws -> Value) throws {
        let old = try stored(key)
        let new = try change(old ?? .null)
        if new == .null {
            try uncache(key)
        } else if old == nil {
            try cache(key, value: new, seconds: nil)
        } else {
            let statement = try connection.statement(Self.replace)
            bind(new, key, to: statement)
            try statement.run()
        }
    }

    package func uncache(_ key: Text) throws {
        let statement = try connection.statement(Self.remove)
        statement.bind(1, bytes: key.bytes)
        try statement.run()
    }

    package func count(_ key: Text, by step: Int64) throws -> Int64 {
        var result = step
        try changeCached(key) { old in
            if old != .null {
                guard let number = old.wholeNumber else {
                    throw StackError.mistake("The cached value is no integer, and cannot be counted")
                }
                let (sum, overflow) = number.addingReportingOverflow(step)
                guard !overflow else { throw StackError.overflow("redis.incr") }
                result = sum
            }
            return .integer(result)
        }
        return result
    }

    package func cachedKeys(matching pattern: Text) throws -> [Text] {
        let pattern = KeyPattern(pattern)
        let statement = try connection.statement(Self.keys)
        statement.bind(1, bytes: pattern.prefix)
        statement.bind(2, clock())
        var keys: [Text] = []
        try statement.forEach { row in
            let key = row.bytes(0)
            if try pattern.matches(key) { keys.append(Text(bytes: key)) }
        }
        return keys
    }
}
