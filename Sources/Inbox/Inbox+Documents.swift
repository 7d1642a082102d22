package import Storage

/// What a sender publishes at an address, such as its keys, and how fresh it is. All times are milliseconds since 1970.
package struct PublishedDocument: Sendable {
    package var address: String
    /// What kind of document it is, in the words of who asked for it.
    package var content: String
    /// The location that asked for it, whose settings say where it may be fetched from.
    package var location: String
    /// nil until it was fetched for the first time.
    package var bytes: [UInt8]?
    package var fetched: Int64
    /// Until when it counts.
    package var expires: Int64
    /// When it is to be fetched next; nil if it is not.
    package var due: Int64?
}

/// What becomes of the wish for a document.
package enum FetchPromise: Sendable {
    /// It is fetched soon, or just now.
    case underWay
    /// It was fetched less than a minute ago.
    case tooSoon
    /// Too many of its family were asked for within the last minute.
    case tooMany
}

/// What came of a fetch.
package enum FetchResult: Sendable {
    /// - Parameter lifetime: milliseconds for which the document counts. It is fetched again before they are over.
    case document([UInt8], lifetime: Int64)
    /// It may be there later.
    case failed
    /// Nothing of use stands there.
    case absent
}

extension Inbox {
    private static let columns = "address, content, location, document, fetched, expires, due"
    private static let find = SQL("SELECT \(columns) FROM postern_document WHERE address = ?1")
    private static let all = SQL("SELECT \(columns) FROM postern_document")
    private static let state = SQL("SELECT due, tried, lease FROM postern_document WHERE address = ?1")
    private static let recent = SQL(
        """
        SELECT count(*), ifnull(sum(network = ?4), 0) FROM postern_document
        WHERE family = ?1 AND wanted > ?2 AND trusted = ?3
        """)
    private static let insert = SQL(
        """
        INSERT INTO postern_document (address, content, family, location, wanted, due, network, trusted)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
        """)
    private static let ask = SQL(
        "UPDATE postern_document SET wanted = ?2, due = ?2, location = ?3 WHERE address = ?1")
    private static let take = SQL(
        """
        UPDATE postern_document SET tried = ?1, lease = ?2 WHERE address =
            (SELECT address FROM postern_document WHERE due <= ?1 AND lease <= ?1 ORDER BY due LIMIT 1)
        RETURNING \(columns)
        """)
    private static let keep = SQL(
        """
        UPDATE postern_document SET document = ?2, fetched = ?3, expires = ?4, due = ?5, lease = 0 WHERE address = ?1
        """)
    private static let put = SQL(
        """
        UPDATE postern_document SET lease = 0, due = CASE
            WHEN expires > ?3 OR (?2 AND wanted > ?4) THEN ?5 END
        WHERE address = ?1
        """)
    private static let forget = SQL(
        "DELETE FROM postern_document WHERE lease <= ?1 AND max(expires, wanted) < ?2")
    private static let dueNext = SQL("SELECT min(max(due, lease)) FROM postern_document WHERE due IS NOT NULL")

    /// Milliseconds between two fetches of one address.
    private static let pause: Int64 = 60_000
    /// Addresses of one family that a minute's requests may ask for: those from networks from which verified ones came,
    /// and all others.
    private static let largestFamily: Int64 = 6
    /// Those among them that come from one network.
    private static let largestShare: Int64 = 2
    /// For how long a fetch belongs to its process.
    private static let fetchLease: Int64 = 30_000
    /// For how long what could not be fetched is tried again, and what nobody asked for any more is remembered.
    private static let patience: Int64 = 600_000
    private static let memory: Int64 = 3_600_000

    /// The document of an address, whether it still counts or not.
    package func document(at address: String, on connection: Connection) throws -> PublishedDocument? {
        let statement = try connection.statement(Self.find)
        statement.bind(1, address)
        return try statement.first { Self.document($0) }
    }

    /// All documents that are known, or asked for.
    package func documents(on connection: Connection) throws -> [PublishedDocument] {
        try connection.statement(Self.all).map { Self.document($0) }
    }

    /// Asks for an address to be fetched. One that was fetched less than a minute ago is not, and of a family of
    /// addresses a minute's requests get a few only, however many they name.
    ///
    /// Nobody can tell a forged name from a new one before it is fetched, so who asks decides: one network gets two, and
    /// strangers take nothing from the networks of which verified requests are known.
    ///
    /// - Parameter network: from where the request comes; empty where that says nothing.
    package func wantDocument(
        at address: String, content: String, family: String, location: String, network: String = "", at now: Int64,
        on connection: Connection
    ) throws -> FetchPromise {
        let state = try connection.statement(Self.state)
        state.bind(1, address)
        let found = try state.first { ($0.optionalInteger(0), $0.integer(1), $0.integer(2)) }
        if let (due, tried, lease) = found {
            if lease > now || due.map({ $0 <= now + Self.pause }) ?? false { return .underWay }
            guard tried <= now - Self.pause else { return .tooSoon }
            let statement = try connection.statement(Self.ask)
            statement.bind(1, address)
            statement.bind(2, now)
            statement.bind(3, location)
            try statement.run()
            return .underWay
        }
        let isTrusted = try isTrusted(network, of: family, at: now, on: connection)
        guard try isRoom(in: family, for: network, isTrusted: isTrusted, at: now, on: connection) else { return .tooMany }
        let statement = try connection.statement(Self.insert)
        for (index, text) in [address, content, family, location].enumerated() { statement.bind(Int32(index + 1), text) }
        statement.bind(5, now)
        statement.bind(6, network)
        statement.bind(7, isTrusted)
        try statement.run()
        return .underWay
    }

    private func isRoom(
        in family: String, for network: String, isTrusted: Bool, at now: Int64, on connection: Connection
    ) throws -> Bool {
        let recent = try connection.statement(Self.recent)
        recent.bind(1, family)
        recent.bind(2, now - Self.pause)
        recent.bind(3, isTrusted)
        recent.bind(4, network)
        let (all, own) = try recent.first { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
        return all < Self.largestFamily && (network.isEmpty || own < Self.largestShare)
    }

    /// Takes a document that is due to be fetched, for half a minute.
    package func takeDueDocument(at now: Int64, on connection: Connection) throws -> PublishedDocument? {
        let forget = try connection.statement(Self.forget)
        forget.bind(1, now)
        forget.bind(2, now - Self.memory)
        try forget.run()
        let statement = try connection.statement(Self.take)
        statement.bind(1, now)
        statement.bind(2, now + Self.fetchLease)
        return try statement.first { Self.document($0) }
    }

    /// Keeps what came of a fetch, and decides when the next one is due: before the document expires; a minute later if
    /// it failed; never if there is nothing, and nothing is known that could be renewed.
    package func keep(_ result: FetchResult, of address: String, at now: Int64, on connection: Connection) throws {
        let statement: Statement
        switch result {
        case .document(let bytes, let lifetime):
            statement = try connection.statement(Self.keep)
            statement.bind(2, bytes: bytes)
            statement.bind(3, now)
            statement.bind(4, now + lifetime)
            statement.bind(5, now + lifetime / 4 * 3)
        case .failed, .absent:
            statement = try connection.statement(Self.put)
            if case .failed = result { statement.bind(2, true) } else { statement.bind(2, false) }
            statement.bind(3, now)
            statement.bind(4, now - Self.patience)
            statement.bind(5, now + Self.pause)
        }
        statement.bind(1, address)
        try statement.run()
    }

    /// When the next document is due to be fetched; nil if none is.
    package func nextDocumentDue(on connection: Connection) throws -> Int64? {
        try connection.statement(Self.dueNext).first { $0.optionalInteger(0) } ?? nil
    }

    private static func document(_ row: borrowing Row) -> PublishedDocument {
        PublishedDocument(
            address: row.string(0), content: row.string(1), location: row.string(2),
            bytes: row.isNull(3) ? nil : row.bytes(3), fetched: row.integer(4), expires: row.integer(5),
            due: row.optionalInteger(6))
    }
}
