package import Storage

// The networks from which a sender's verified requests came. No forged request gets one onto this list.
extension Inbox {
    private static let seen = SQL("SELECT seen FROM postern_network WHERE family = ?1 AND network = ?2")
    private static let see = SQL(
        """
        INSERT INTO postern_network (family, network, seen) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET seen = excluded.seen
        """)
    private static let forgetNetworks = SQL(
        """
        DELETE FROM postern_network WHERE family = ?1 AND (seen < ?2 OR network IN
            (SELECT network FROM postern_network WHERE family = ?1 ORDER BY seen DESC LIMIT -1 OFFSET ?3))
        """)

    /// Milliseconds in which a network is noted once, and for which it is remembered.
    private static let networkInterval: Int64 = 86_400_000
    private static let networkMemory: Int64 = 90 * 86_400_000
    /// Networks of a family that are remembered.
    private static let maximumNetworks: Int64 = 1_024

    /// Whether `noteNetwork` would write.
    package func isNetworkNoteDue(
        _ network: String, of family: String, at now: Int64, on connection: Connection
    ) throws -> Bool {
        guard let seen = try seen(network, of: family, on: connection) else { return true }
        return seen <= now - Self.networkInterval || seen > now
    }

    /// Notes that a verified request came from a network, once a day.
    ///
    /// - Parameter family: of the documents that such requests name.
    package func noteNetwork(_ network: String, of family: String, at now: Int64, on connection: Connection) throws {
        guard try isNetworkNoteDue(network, of: family, at: now, on: connection) else { return }
        let see = try connection.statement(Self.see)
        see.bind(1, family)
        see.bind(2, network)
        see.bind(3, now)
        try see.run()
        let forget = try connection.statement(Self.forgetNetworks)
        forget.bind(1, family)
        forget.bind(2, now - Self.networkMemory)
        forget.bind(3, Self.maximumNetworks)
        try forget.run()
    }

    /// Whether a verified request came from a network lately.
    func isTrusted(_ network: String, of family: String, at now: Int64, on connection: Connection) throws -> Bool {
        try seen(network, of: family, on: connection).map { $0 > now - Self.networkMemory } ?? false
    }

    private func seen(_ network: String, of family: String, on connection: Connection) throws -> Int64? {
        guard !network.isEmpty else { return nil }
        let statement = try connection.statement(Self.seen)
        statement.bind(1, family)
        statement.bind(2, network)
        return try statement.first { $0.integer(0) }
    }
}
