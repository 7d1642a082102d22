import FunctionStack
import Gateway
import Inbox
import Storage
import Verification

/// A local event's way through the database: its row, what its stack writes, and its answer, in one transaction.
final class EventJob: WriteJob {
    enum Outcome: Sendable {
        case answered(Response)
        /// Answered, and the stack left something to be done after that, which is in the queue.
        case leaving(Response)
        /// Somebody else runs the event, and has not answered yet.
        case underWay(Duplicate)
    }

    private let run: StackRun
    private let arrival: Arrival
    private let withdrawal: Withdrawal
    private let concluded: @Sendable (Result<Outcome, any Error>) -> Void

    /// - Parameters:
    ///   - withdrawal: whether the job may still begin.
    ///   - concluded: told once, when the answer may leave. An error that `isOutgrown` says that the stack needs a
    ///     worker.
    init(
        _ run: StackRun, _ arrival: Arrival, _ withdrawal: Withdrawal,
        concluded: @escaping @Sendable (Result<Outcome, any Error>) -> Void
    ) {
        self.run = run
        self.arrival = arrival
        self.withdrawal = withdrawal
        self.concluded = concluded
    }

    var durability: Storage.Durability { run.durability }

    func run(_ connection: Connection) throws -> Outcome {
        guard withdrawal.begin() else { throw Withdrawal.Withdrawn() }
        let deployment = run.location.deployment
        try deployment.saveSettings(of: run.location, at: arrival.received, on: connection)
        switch try deployment.inbox.admit(arrival, .here, on: connection) {
        case .new(let attempt), .again(let attempt):
            return try settle(attempt, connection)
        case .duplicate(let duplicate): return Outcome(duplicate)
        }
    }

    private func settle(_ attempt: Attempt, _ connection: Connection) throws -> Outcome {
        let outcome = try run.run(connection)
        let answer = outcome.stored
        let settlement: Settlement = outcome.failure.map { .failed(answer: answer, error: $0) } ?? .done(answer: answer)
        _ = try run.location.deployment.inbox.settle(
            attempt, settlement, isClaimed: false, at: Clock.now(), on: connection)
        try run.queuePostProcesses(of: outcome, on: connection)
        if let failure = outcome.failure {
            run.log.line(run.location.settings.name, "event \(attempt.id.text): \(outcome.status) \(failure)")
        }
        let response = Response(answer, event: attempt.id)
        return outcome.postProcesses.isEmpty ? .answered(response) : .leaving(response)
    }

    func finish(_ result: Result<Outcome, any Error>) {
        concluded(result)
    }
}

/// An event's row alone: what runs it comes later, from the queue or on a worker.
final class AdmissionJob: WriteJob {
    enum Outcome: Sendable {
        case answered(Response)
        /// It is stored, and to be run.
        case admitted(Attempt)
        case underWay(Duplicate)
    }

    private let run: StackRun
    private let arrival: Arrival
    private let beginning: Beginning
    private let concluded: @Sendable (Result<Outcome, any Error>) -> Void

    init(
        _ run: StackRun, _ arrival: Arrival, _ beginning: Beginning,
        concluded: @escaping @Sendable (Result<Outcome, any Error>) -> Void
    ) {
        self.run = run
        self.arrival = arrival
        self.beginning = beginning
        self.concluded = concluded
    }

    var durability: Storage.Durability { run.durability }

    func run(_ connection: Connection) throws -> Outcome {
        let deployment = run.location.deployment
        try deployment.saveSettings(of: run.location, at: arrival.received, on: connection)
        switch try deployment.inbox.admit(arrival, beginning, on: connection) {
        case .new(let attempt), .again(let attempt):
            guard case .queued(let answer?) = beginning else { return .admitted(attempt) }
            return .answered(Response(answer, event: attempt.id))
        case .duplicate(let duplicate):
            switch EventJob.Outcome(duplicate) {
            case .answered(let response), .leaving(let response): return .answered(response)
            case .underWay(let duplicate): return .underWay(duplicate)
            }
        }
    }

    func finish(_ result: Result<Outcome, any Error>) { concluded(result) }
}

extension EventJob.Outcome {
    /// What a redelivery gets that is not to be run.
    fileprivate init(_ duplicate: Duplicate) {
        if let answer = duplicate.answer {
            self = .answered(Response(answer, event: duplicate.id, isDuplicate: true))
        } else {
            self = .underWay(duplicate)
        }
    }
}
