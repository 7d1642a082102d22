package import Storage
internal import Values

/// An event as a line of `events list`.
package struct EventSummary: Sendable, Equatable {
    package let id: EventID
    package let sequence: Int64
    package let location: String
    package let sender: String
    /// Milliseconds since 1970.
    package let received: Int64
    package let state: EventState
    package let attempts: Int
    /// When the next attempt is due: milliseconds since 1970, 0 for at once; nil unless queued.
    package let due: Int64?
    /// When it was done, failed or dead; nil before.
    package let finished: Int64?
    /// What the sender was answered.
    package let status: Int?
    package let error: String?
}

/// An event with all that is kept of it.
package struct EventDetail: Sendable, Equatable {
    package let summary: EventSummary
    package let key: DedupeKey?
    /// The label of the secret that verified it.
    package let secret: String?
    /// nil once it was removed.
    package let request: StoredRequest?
    package let answer: StoredAnswer?
}

/// Which events to list.
package struct EventFilter: Sendable {
    package var state: EventState?
    package var location: String?

    package init(state: EventState? = nil, location: String? = nil) {
        self.state = state
        self.location = location
    }
}

extension Inbox {
    private static let summaryColumns =
        "sequence, id, location, sender, received, state, attempts, due, finished, answer_status, error"
    private static let detail = SQL(
        """
        SELECT \(summaryColumns), key_kind, key_value, secret, answer_status, answer_headers, answer_body,
            method, path, query, headers, content_type, body
        FROM postern_event LEFT JOIN postern_request ON event = sequence WHERE id = ?1
        """)
    /// A state stands in the text and not as a parameter, so that SQLite can use the index of that state.
    private static let lists: [EventState?: SQL] = {
        var lists: [EventState?: SQL] = [:]
        for state in [nil] + EventState.allCases.map(Optional.some) {
            let condition = state.map { "AND state = \($0.rawValue)" } ?? ""
            lists[state] = SQL(
                """
                SELECT \(summaryColumns) FROM postern_event
                WHERE sequence < ?1 \(condition) AND (?2 IS NULL OR location = ?2)
                ORDER BY sequence DESC LIMIT ?3
                """)
        }
        return lists
    }()

    /// Events, the latest first.
    /// - Parameters:
    ///   - before: the sequence of the last event of the page before; nil for the first page.
    ///   - limit: the most events to give.
    package func list(
        _ filter: EventFilter, before: Int64?, limit: Int, on connection: Connection
    ) throws -> [EventSummary] {
        guard let sql = Self.lists[filter.state] else { return [] }
        let statement = try connection.statement(sql)
        statement.bind(1, before ?? .max)
        statement.bind(2, filter.location)
        statement.bind(3, Int64(max(0, limit)))
        return try statement.map { $0.summary }
    }

    /// The event of that id, or nil.
    package func event(_ id: EventID, on connection: Connection) throws -> EventDetail? {
        let statement = try connection.statement(Self.detail)
        statement.bind(1, id.text)
        return try statement.first { row in
            EventDetail(
                summary: row.summary,
                key: row.isNull(11) ? nil : DedupeKey(kind: row.string(11), value: row.bytes(12)),
                secret: row.optionalString(13),
                request: row.isNull(17) ? nil : row.request(from: 17), answer: row.answer(from: 14))
        }
    }
}

extension Row {
    fileprivate var summary: EventSummary {
        EventSummary(
            id: EventID(stored: string(1)), sequence: integer(0), location: string(2), sender: string(3),
            received: integer(4), state: EventState(rawValue: integer(5)) ?? .failed,
            attempts: Int(clamping: integer(6)), due: optionalInteger(7), finished: optionalInteger(8),
            status: optionalInteger(9).map(Int.init(clamping:)), error: optionalString(10))
    }

    /// A request in six columns in a row.
    func request(from column: Int32) -> StoredRequest {
        StoredRequest(
            method: string(column), path: text(column + 1), query: optionalText(column + 2),
            packedHeaders: bytes(column + 3), contentType: optionalText(column + 4),
            body: bytes(column + 5))
    }
}
