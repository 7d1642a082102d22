import Storage
package import Values

/// One use of a rate limit.
struct RateUse {
    let key: Text
    let seconds: Int64
    /// Milliseconds since the epoch.
    let time: Int64
}

// A window begins with the first use after the last one ended, and lasts as long as that use said: what Redis's
// INCR and EXPIRE give. Refused uses count as well.
extension Records {
    private static let use = SQL(
        """
        INSERT INTO postern_rate VALUES (?1, 1, ?3) ON CONFLICT (key) DO UPDATE SET
        count = iif(expires > ?2, count + 1, 1), expires = iif(expires > ?2, expires, ?3)
        RETURNING count
        """)
    private static let prune = SQL(
        """
        DELETE FROM postern_rate WHERE key IN
        (SELECT key FROM postern_rate WHERE expires <= ?1 ORDER BY expires LIMIT 4)
        """)

    package func withinRate(_ key: Text, maximum: Int64, seconds: Int64) throws -> (allowed: Bool, count: Int64) {
        let use = RateUse(key: key, seconds: seconds, time: clock())
        let count = try recount(use)
        note(use)
        return (count <= maximum, count)
    }

    @discardableResult
    func recount(_ use: RateUse) throws -> Int64 {
        let prune = try connection.statement(Self.prune)
        prune.bind(1, use.time)
        try prune.run()
        let statement = try connection.statement(Self.use)
        statement.bind(1, bytes: use.key.bytes)
        statement.bind(2, use.time)
        statement.bind(3, Self.expiry(use.seconds, from: use.time) ?? (use.seconds > 0 ? .max : use.time))
        return try statement.map { $0.integer(0) }.first ?? 0
    }
}
