internal import Storage

/// The index from a dedupe key to its event, in two levels.
///
/// A large index under random keys costs a page read and written for each event. So new fingerprints go into a
/// small table, and with every 64th event one of 256 ranges of it is moved to the large one, where its rows are
/// neighbours. Which range it is follows from the event's number, so that nothing is kept in memory.
enum KeyIndex {
    enum Place {
        /// No event has the key yet; it goes under this fingerprint.
        case free(Int64)
        /// The event of this number has it.
        case taken(Int64)
    }

    private static let movedEvery: Int64 = 64
    private static let ranges: Int64 = 256

    private static let probe = SQL(
        """
        SELECT sequence, location, key_kind, key_value FROM (
            SELECT event FROM postern_key_fresh WHERE fingerprint = ?1
            UNION ALL SELECT event FROM postern_key_settled WHERE fingerprint = ?1
        ) JOIN postern_event ON sequence = event
        """)
    private static let insert = SQL("INSERT OR REPLACE INTO postern_key_fresh (fingerprint, event) VALUES (?1, ?2)")
    private static let settle = SQL(
        """
        INSERT OR REPLACE INTO postern_key_settled (fingerprint, event)
        SELECT fingerprint, event FROM postern_key_fresh WHERE fingerprint BETWEEN ?1 AND ?2 ORDER BY fingerprint
        """)
    private static let clear = SQL("DELETE FROM postern_key_fresh WHERE fingerprint BETWEEN ?1 AND ?2")

    /// Where the key is, or where it goes. A fingerprint that another key has already moves it to the next number.
    static func find(_ key: DedupeKey, location: String, on connection: Connection) throws -> Place {
        var fingerprint = key.fingerprint(location: location)
        while true {
            let statement = try connection.statement(probe)
            statement.bind(1, fingerprint)
            let found = try statement.first { row in
                let isSame = row.string(1) == location && row.string(2) == key.kind && row.bytes(3) == key.value
                return (event: row.integer(0), isSame: isSame)
            }
            guard let found else { return .free(fingerprint) }
            if found.isSame { return .taken(found.event) }
            fingerprint &+= 1
        }
    }

    static func add(_ fingerprint: Int64, event: Int64, on connection: Connection) throws {
        let statement = try connection.statement(insert)
        statement.bind(1, fingerprint)
        statement.bind(2, event)
        try statement.run()
        if event % movedEvery == 0 { try move(event / movedEvery % ranges, on: connection) }
    }

    static func move(_ range: Int64, on connection: Connection) throws {
        // The first and last fingerprint of the range, as signed numbers.
        let first = Int64.min &+ range &* (Int64.max / ranges &+ 1) &* 2
        let last = first &+ ((Int64.max / ranges &+ 1) &* 2 &- 1)
        for sql in [settle, clear] {
            let statement = try connection.statement(sql)
            statement.bind(1, first)
            statement.bind(2, last)
            try statement.run()
        }
    }
}
