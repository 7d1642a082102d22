package import Storage

// Which secrets of a location still verify something, so that the operator takes the right one out.
extension Inbox {
    private static let key = SQL("SELECT key FROM postern_fingerprint_key")
    private static let insertKey = SQL(
        "INSERT INTO postern_fingerprint_key (key) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM postern_fingerprint_key)")
    private static let columns = "location, fingerprint, origin, since, removed, events, last, alone"
    private static let uses = SQL("SELECT \(columns) FROM postern_secret_use ORDER BY location, origin, fingerprint")
    private static let usesOfLocation = SQL("SELECT \(columns) FROM postern_secret_use WHERE location = ?1")
    private static let begin = SQL(
        """
        INSERT INTO postern_secret_use (location, fingerprint, origin, since) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET origin = excluded.origin, removed = NULL,
            since = CASE WHEN removed IS NULL THEN since ELSE excluded.since END
        """)
    private static let end = SQL("UPDATE postern_secret_use SET removed = ?3 WHERE location = ?1 AND fingerprint = ?2")
    private static let count = SQL(
        """
        INSERT INTO postern_secret_use (location, fingerprint, origin, since, events, last, alone)
        VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?6)
        ON CONFLICT DO UPDATE SET events = events + excluded.events, last = max(ifnull(last, 0), excluded.last),
            alone = max(ifnull(alone, 0), excluded.alone)
        """)
    private static let countBesides = SQL(
        """
        INSERT INTO postern_secret_use (location, fingerprint, origin, since, events, last)
        VALUES (?1, ?2, ?3, ?4, ?5, ?4)
        ON CONFLICT DO UPDATE SET events = events + excluded.events, last = max(ifnull(last, 0), excluded.last)
        """)
    private static let forgetPublished = SQL(
        """
        DELETE FROM postern_secret_use WHERE location = ?1 AND last < ?2
            AND substr(fingerprint, 1, \(SecretMark.publishedPrefix.utf8.count)) = '\(SecretMark.publishedPrefix)'
        """)
    private static let last = SQL("SELECT last, alone FROM postern_secret_use WHERE location = ?1 AND fingerprint = ?2")

    /// Milliseconds in which what is no event is noted once.
    private static let noteInterval: Int64 = 60_000
    /// For how long a published key is remembered that verified nothing any more: senders make new ones without end.
    private static let publishedMemory: Int64 = 90 * 86_400_000

    /// The key of this database's fingerprints; nil if it has none yet. It never changes.
    package func fingerprintKey(on connection: Connection) throws -> [UInt8]? {
        try connection.statement(Self.key).first { $0.bytes(0) }
    }

    /// Keeps a key, unless another process was faster.
    ///
    /// - Parameter key: random bytes.
    /// - Returns: the one that counts.
    package func keepFingerprintKey(_ key: [UInt8], on connection: Connection) throws -> [UInt8] {
        try connection.transaction {
            let statement = try connection.statement(Self.insertKey)
            statement.bind(1, bytes: key)
            try statement.run()
            return try fingerprintKey(on: connection) ?? key
        }
    }

    /// Takes note of the secrets that a location has now; writes only what has changed.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func watchSecrets(
        _ marks: [SecretMark], of location: String, at now: Int64, on connection: Connection
    ) throws {
        let known = try secretUses(of: location, on: connection)
        for mark in marks where !known.contains(where: { $0.mark == mark && $0.removed == nil }) {
            let statement = try connection.statement(Self.begin)
            statement.bind(1, location)
            statement.bind(2, mark.fingerprint)
            statement.bind(3, mark.origin)
            statement.bind(4, now)
            try statement.run()
        }
        let present = Set(marks.map(\.fingerprint))
        if known.contains(where: \.mark.isPublished) {
            let forget = try connection.statement(Self.forgetPublished)
            forget.bind(1, location)
            forget.bind(2, now - Self.publishedMemory)
            try forget.run()
        }
        for use in known where use.removed == nil && !use.mark.isPublished && !present.contains(use.mark.fingerprint) {
            let statement = try connection.statement(Self.end)
            statement.bind(1, location)
            statement.bind(2, use.mark.fingerprint)
            statement.bind(3, now)
            try statement.run()
        }
    }

    /// Counts an event for the secrets that verified it, in its own transaction.
    func countSecrets(of arrival: Arrival, isNew: Bool, on connection: Connection) throws {
        try count(arrival.secrets, of: arrival.location, events: isNew ? 1 : 0, at: arrival.received, on: connection)
    }

    /// Notes that secrets verified what is no event: a redelivery that was answered, a look, a handshake. Once a minute,
    /// so that it costs a look and seldom a write.
    package func noteSecrets(
        _ marks: [SecretMark], of location: String, at now: Int64, on connection: Connection
    ) throws {
        guard try isNoteDue(marks, of: location, at: now, on: connection) else { return }
        try count(marks, of: location, events: 0, at: now, on: connection)
    }

    /// Whether `noteSecrets` would write.
    package func isNoteDue(
        _ marks: [SecretMark], of location: String, at now: Int64, on connection: Connection
    ) throws -> Bool {
        for mark in marks {
            let statement = try connection.statement(Self.last)
            statement.bind(1, location)
            statement.bind(2, mark.fingerprint)
            let known = try statement.first { $0.optionalInteger(marks.count == 1 ? 1 : 0) } ?? nil
            if known ?? .min <= now - Self.noteInterval { return true }
        }
        return false
    }

    private func count(
        _ marks: [SecretMark], of location: String, events: Int64, at now: Int64, on connection: Connection
    ) throws {
        for mark in marks {
            let statement = try connection.statement(marks.count == 1 ? Self.count : Self.countBesides)
            statement.bind(1, location)
            statement.bind(2, mark.fingerprint)
            statement.bind(3, mark.origin)
            statement.bind(4, now)
            statement.bind(5, events)
            if marks.count == 1 { statement.bind(6, now) }
            try statement.run()
        }
    }

    /// Of what use each secret was that a location ever had.
    package func secretUses(on connection: Connection) throws -> [SecretUse] {
        try connection.statement(Self.uses).map { Self.use($0) }
    }

    private func secretUses(of location: String, on connection: Connection) throws -> [SecretUse] {
        let statement = try connection.statement(Self.usesOfLocation)
        statement.bind(1, location)
        return try statement.map { Self.use($0) }
    }

    private static func use(_ row: borrowing Row) -> SecretUse {
        SecretUse(
            location: row.string(0), mark: SecretMark(fingerprint: row.string(1), origin: row.string(2)),
            since: row.integer(3), removed: row.optionalInteger(4), events: row.integer(5), last: row.optionalInteger(6),
            alone: row.optionalInteger(7))
    }
}
