package import Storage
internal import Values

extension Quarantine {
    private static let head = "id, location, received, status, reason, peer, method, uri, headers, body_size, whole"
    private static let find = SQL("SELECT \(head), body FROM postern_refused WHERE id = ?1")
    private static let list = SQL(
        """
        SELECT \(head), x'' FROM postern_refused WHERE ?1 IS NULL OR location = ?1 ORDER BY sequence DESC LIMIT ?2
        """)
    private static let locations = SQL("SELECT name, settings, updated FROM postern_refused_location")

    /// The request of that id, or nil.
    package func request(_ id: EventID, on connection: Connection) throws -> RefusedRequest? {
        let statement = try connection.statement(Self.find)
        statement.bind(1, id.text)
        return try statement.first { Self.request($0) }
    }

    /// Requests without their bodies, the latest first.
    package func list(location: String?, limit: Int, on connection: Connection) throws -> [RefusedRequest] {
        let statement = try connection.statement(Self.list)
        statement.bind(1, location)
        statement.bind(2, Int64(max(0, limit)))
        return try statement.map { Self.request($0) }
    }

    /// The settings of each location as they were when one of its requests was last kept, and since when they are so.
    package func locations(on connection: Connection) throws -> [(name: String, settings: String, updated: Int64)] {
        try connection.statement(Self.locations).map { ($0.string(0), $0.string(1), $0.integer(2)) }
    }

    private static func request(_ row: borrowing Row) -> RefusedRequest {
        RefusedRequest(
            id: EventID(stored: row.string(0)), location: row.string(1), received: row.integer(2),
            status: Int(clamping: row.integer(3)), reason: row.string(4), peer: row.string(5), method: row.string(6),
            uri: Text(bytes: row.bytes(7)), headers: [HeaderField](packed: row.bytes(8).span), body: row.bytes(11),
            bodySize: row.optionalInteger(9).map { Int(clamping: $0) }, isWhole: row.integer(10) != 0)
    }
}
