package import Storage

extension Inbox {
    private static let finish = SQL(
        """
        UPDATE postern_event SET state = ?3, due = ?4, finished = ?5, error = ?6, interrupted = 0
        WHERE sequence = ?1 AND attempts = ?2 AND state = 1
        """)
    private static let finishWithAnswer = SQL(
        """
        UPDATE postern_event SET state = ?3, due = ?4, finished = ?5, error = ?6, interrupted = 0,
            answer_status = ?7, answer_headers = ?8, answer_body = ?9
        WHERE sequence = ?1 AND attempts = ?2 AND state = 1
        """)
    private static let deleteClaim = SQL("DELETE FROM postern_claim WHERE event = ?1")

    /// Writes what came of an attempt, in the transaction of what its run wrote.
    /// - Parameters:
    ///   - isClaimed: whether the attempt was claimed; false for one that began in this very transaction.
    ///   - now: milliseconds since 1970.
    /// - Returns: false if a later attempt has taken over; then nothing was changed, and what this one wrote beside
    ///   it should be undone.
    package func settle(
        _ attempt: Attempt, _ settlement: Settlement, isClaimed: Bool, at now: Int64, on connection: Connection
    ) throws -> Bool {
        let statement: Statement
        if let answer = settlement.answer {
            statement = try connection.statement(Self.finishWithAnswer)
            statement.bind(answer, from: 7)
        } else {
            statement = try connection.statement(Self.finish)
        }
        statement.bind(1, attempt.sequence)
        statement.bind(2, Int64(attempt.number))
        statement.bind(3, settlement.state.rawValue)
        if case .retry(let due, _) = settlement {
            // 0 stands for those that are due already.
            statement.bind(4, max(1, due))
        } else {
            statement.bind(5, now)
        }
        statement.bind(6, settlement.error)
        try statement.run()
        guard connection.changes == 1 else { return false }
        if isClaimed { try dropClaim(attempt.sequence, on: connection) }
        return true
    }

    func dropClaim(_ event: Int64, on connection: Connection) throws {
        let statement = try connection.statement(Self.deleteClaim)
        statement.bind(1, event)
        try statement.run()
    }
}

extension Settlement {
    var state: EventState {
        switch self {
        case .done: .done
        case .failed: .failed
        case .retry: .queued
        case .dead: .dead
        }
    }

    var answer: StoredAnswer? {
        switch self {
        case .done(let answer), .failed(let answer, _): answer
        case .retry, .dead: nil
        }
    }

    var error: String? {
        switch self {
        case .done: nil
        case .failed(_, let error), .retry(_, let error), .dead(let error): error
        }
    }
}
