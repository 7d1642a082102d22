package import Storage
internal import Values

/// An event that a worker has taken from the queue.
package struct ClaimedEvent: Sendable {
    package let attempt: Attempt
    package let location: String
    package let sender: String
    /// Milliseconds since 1970.
    package let received: Int64
    /// Whether the process that ran it last died over it: it is run alone this time.
    package let wasInterrupted: Bool
    package let request: StoredRequest
}

extension Inbox {
    private static let promote = SQL("UPDATE postern_event SET due = 0 WHERE state = 0 AND due BETWEEN 1 AND ?1")
    private static let take = SQL(
        """
        UPDATE postern_event SET state = 1, due = NULL, attempts = attempts + 1
        WHERE sequence = (SELECT min(sequence) FROM postern_event WHERE state = 0 AND due = 0)
        RETURNING sequence
        """)
    private static let takeExcluding = SQL(
        """
        UPDATE postern_event SET state = 1, due = NULL, attempts = attempts + 1
        WHERE sequence = (SELECT min(sequence) FROM postern_event WHERE state = 0 AND due = 0
            AND location NOT IN (SELECT value FROM json_each(?1)))
        RETURNING sequence
        """)
    private static let claimed = SQL(
        """
        SELECT id, attempts, location, sender, received, interrupted, method, path, query, headers, content_type, body
        FROM postern_event JOIN postern_request ON event = sequence WHERE sequence = ?1
        """)
    private static let insertClaim = SQL("INSERT OR REPLACE INTO postern_claim (event, owner, until) VALUES (?1, ?2, ?3)")
    private static let nextDue = SQL("SELECT min(due) FROM postern_event WHERE state = 0")

    /// Takes the event that arrived first of those that are due, and holds it until it settles, this process dies,
    /// or `until` (milliseconds since 1970).
    /// - Parameter excluded: locations whose events are left in the queue.
    /// - Returns: nil if none is due.
    package func claimNext(
        at now: Int64, until: Int64, excluding excluded: Set<String> = [], on connection: Connection
    ) throws -> ClaimedEvent? {
        let promote = try connection.statement(Self.promote)
        promote.bind(1, now)
        try promote.run()
        let take = try connection.statement(excluded.isEmpty ? Self.take : Self.takeExcluding)
        if !excluded.isEmpty { take.bind(1, JSON.text(.array(excluded.sorted().map { .text(Text($0)) }))) }
        guard let sequence = try take.first({ $0.integer(0) }) else { return nil }
        try claim(sequence, until: until, on: connection)
        let statement = try connection.statement(Self.claimed)
        statement.bind(1, sequence)
        return try statement.first { row in
            ClaimedEvent(
                attempt: Attempt(
                    id: EventID(stored: row.string(0)), sequence: sequence, number: Int(clamping: row.integer(1))),
                location: row.string(2), sender: row.string(3), received: row.integer(4),
                wasInterrupted: row.integer(5) != 0, request: row.request(from: 6))
        }
    }

    func claim(_ event: Int64, until: Int64, on connection: Connection) throws {
        let statement = try connection.statement(Self.insertClaim)
        statement.bind(1, event)
        statement.bind(2, owner?.number ?? 0)
        statement.bind(3, until)
        try statement.run()
    }

    /// When the next queued event is due, in milliseconds since 1970, 0 for at once; nil if none waits.
    package func nextDue(on connection: Connection) throws -> Int64? {
        try connection.statement(Self.nextDue).first { $0.optionalInteger(0) } ?? nil
    }
}

// MARK: What a crash left

extension Inbox {
    private static let claims = SQL("SELECT event, owner, until FROM postern_claim")
    private static let requeue = SQL(
        "UPDATE postern_event SET state = 0, due = 0, interrupted = 1, awaited = 0 WHERE sequence = ?1 AND state = 1")

    /// Puts back into the queue the events whose process died or whose time ran out. No answer of theirs is awaited
    /// any more: they are tried as often as what was accepted.
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: how many.
    package func recover(at now: Int64, on connection: Connection) throws -> Int {
        let lost = try connection.statement(Self.claims).map { row in
            (event: row.integer(0), owner: row.integer(1), until: row.integer(2))
        }.filter { try !isHeld(owner: $0.owner, until: $0.until, at: now) }
        for claim in lost {
            let statement = try connection.statement(Self.requeue)
            statement.bind(1, claim.event)
            try statement.run()
            try dropClaim(claim.event, on: connection)
        }
        return lost.count
    }

    /// Whether a claim is still somebody's.
    private func isHeld(owner: Int64, until: Int64, at now: Int64) throws -> Bool {
        guard until > now else { return false }
        return try self.owner?.isAlive(owner) ?? true
    }
}
