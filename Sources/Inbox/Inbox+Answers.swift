package import Storage

/// How an event stands that a request waits for.
package struct Standing: Sendable, Equatable {
    package let state: EventState
    /// Whether it was left that the run's own answer is the request's.
    package let isAwaited: Bool
    package let answer: StoredAnswer?

    /// Whether the run has ended, or is put off.
    package var isOver: Bool { state != .running && (state != .queued || !isAwaited) }
}

// Two may want to answer the request of an event that runs: its stack, and the clock. Which of them it is stands in
// the event's row, so that whoever comes second, also after a crash, knows of the other.
extension Inbox {
    private static let standing = SQL(
        "SELECT state, awaited, answer_status, answer_headers, answer_body FROM postern_event WHERE sequence = ?1")
    private static let accept = SQL(
        """
        UPDATE postern_event SET awaited = 0, answer_status = ?2, answer_headers = ?3, answer_body = ?4
        WHERE sequence = ?1 AND awaited = 1 AND state IN (0, 1)
        """)

    package func standing(of sequence: Int64, on connection: Connection) throws -> Standing? {
        let statement = try connection.statement(Self.standing)
        statement.bind(1, sequence)
        return try statement.first { row in
            Standing(
                state: EventState(rawValue: row.integer(0)) ?? .failed, isAwaited: row.integer(1) != 0,
                answer: row.answer(from: 2))
        }
    }

    /// Takes the answer of an event away from its run, which may go on: the sender is told that it was accepted.
    ///
    /// - Returns: false if the run has ended, or somebody else has told the sender.
    package func accept(_ sequence: Int64, answer: StoredAnswer, on connection: Connection) throws -> Bool {
        let statement = try connection.statement(Self.accept)
        statement.bind(1, sequence)
        statement.bind(answer, from: 2)
        try statement.run()
        return connection.changes == 1
    }
}

/// What a run gave.
package struct RunResult: Sendable {
    package var answer: StoredAnswer
    /// What went wrong, for the operator; nil after success.
    package var error: String?
    /// Whether another attempt would end the same.
    package var isFinal: Bool

    package init(answer: StoredAnswer, error: String? = nil, isFinal: Bool = false) {
        self.answer = answer
        self.error = error
        self.isFinal = isFinal
    }
}

/// What became of an attempt that had run.
package enum Conclusion: Sendable, Equatable {
    /// The sender gets this answer, if its request still waits.
    case answer(StoredAnswer)
    /// It is tried again later.
    case retry
    /// A later attempt has taken over; what this one wrote beside it should be undone.
    case overtaken
}

extension Inbox {
    /// Writes what a run gave.
    ///
    /// An answer that is awaited is the sender's, also that of a failure: it is for the sender to deliver again. What
    /// was accepted is tried again instead, as `policy` says.
    /// - Parameter now: milliseconds since 1970.
    package func conclude(
        _ attempt: Attempt, _ result: RunResult, policy: RetryPolicy, at now: Int64, on connection: Connection
    ) throws -> Conclusion {
        guard let standing = try standing(of: attempt.sequence, on: connection) else { return .overtaken }
        let settlement: Settlement
        switch result.error {
        case nil: settlement = .done(answer: standing.answer == nil ? result.answer : nil)
        case let error? where standing.isAwaited: settlement = .failed(answer: result.answer, error: error)
        case let error? where result.isFinal:
            settlement = .failed(answer: standing.answer == nil ? result.answer : nil, error: error)
        case let error?: settlement = policy.settlement(after: attempt.number, error: error, at: now)
        }
        guard try settle(attempt, settlement, isClaimed: true, at: now, on: connection) else { return .overtaken }
        if case .done = settlement { return .answer(result.answer) }
        if case .failed(let answer?, _) = settlement { return .answer(answer) }
        return .retry
    }
}

extension RetryPolicy {
    /// Back into the queue, or dead after the last attempt.
    package func settlement(after attempt: Int, error: String, at now: Int64) -> Settlement {
        var random = SystemRandomNumberGenerator()
        return nextDue(after: attempt, at: now, random: &random).map { .retry(due: $0, error: error) } ?? .dead(error: error)
    }
}
