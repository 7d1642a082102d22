import FunctionStack
import Inbox
import Storage
import Synchronization
import Values
import XanoScript

/// The run of one event from the queue: what its stack writes and what became of it, in one transaction.
final class QueuedRun: WriteJob {
    let done = Semaphore()
    /// Whether the store failed, so that the event is still claimed. Read it after `done`.
    let isLeft = Atomic(false)
    private let event: ClaimedEvent
    private let deployment: Deployment
    private let log: Log
    private let policy: RetryPolicy
    private let prepared: Result<StackRun, any Error>

    /// - Parameter location: finds the event's location; its error is a failure of this attempt.
    init(
        _ event: ClaimedEvent, deployment: Deployment, log: Log, policy: RetryPolicy, location: () throws -> ReadyLocation
    ) {
        self.event = event
        self.deployment = deployment
        self.log = log
        self.policy = policy
        prepared = Result { try Self.prepare(event, try location(), log) }
    }

    private struct Overtaken: Error {}

    /// Puts an event that is left back into the queue.
    func release(_ connection: Connection) throws {
        let now = Clock.now()
        _ = try deployment.inbox.settle(
            event.attempt, .retry(due: now + 5_000, error: "the database could not be written"), isClaimed: true, at: now,
            on: connection)
    }

    private static func prepare(_ event: ClaimedEvent, _ location: ReadyLocation, _ log: Log) throws -> StackRun {
        let workspace = location.deployment.current
        let path = PercentEncoding.uri.decode(event.request.path).string
        switch workspace.destination(method: event.request.method, path: path, settings: location.settings) {
        case .query(let destination):
            return StackRun(
                location: location, workspace: workspace, query: destination.query,
                request: StackRequest(event.request, destination, at: event.received), log: log)
        case .notFound, .wrongVerb:
            throw SettingError(
                location.settings.entries.title(.query), "no query answers \(event.request.method) \(path) any more",
                remedy: "put the query back")
        case .unsupported(let diagnostic):
            throw SettingError(
                location.settings.entries.title(.workspace), "the query reaches what is not supported: \(diagnostic.message)",
                remedy: "take it out of the stack")
        }
    }

    var durability: Storage.Durability {
        guard case .success(let run) = prepared, run.location.settings.durability == .commit else { return .fsync }
        return .commit
    }

    func run(_ connection: Connection) throws -> String? {
        let (settlement, failure) = try outcome(connection)
        // Another worker took the event over: what this run wrote is undone.
        guard try deployment.inbox.settle(event.attempt, settlement, isClaimed: true, at: Clock.now(), on: connection) else {
            throw Overtaken()
        }
        return failure
    }

    private func outcome(_ connection: Connection) throws -> (Settlement, String?) {
        if event.wasInterrupted, event.attempt.number > policy.attempts {
            let failure = "the process ended in each of its attempts"
            return (.dead(error: failure), failure)
        }
        switch prepared {
        case .failure(let error): return (retry(error: "\(error)"), "\(error)")
        case .success(let run):
            let outcome = try run.run(connection)
            guard let failure = outcome.failure else { return (.done(answer: nil), nil) }
            return (outcome.isFinal ? .failed(answer: nil, error: failure) : retry(error: failure), failure)
        }
    }

    private func retry(error: String) -> Settlement {
        var random = SystemRandomNumberGenerator()
        guard let due = policy.nextDue(after: event.attempt.number, at: Clock.now(), random: &random) else {
            return .dead(error: error)
        }
        return .retry(due: due, error: error)
    }

    func finish(_ result: Result<String?, any Error>) {
        let title = event.location
        switch result {
        case .success(let failure?): log.line(title, "event \(event.attempt.id.text), attempt \(event.attempt.number): \(failure)")
        case .failure(let error):
            log.line(title, "event \(event.attempt.id.text) was not run: \(error)")
            if !(error is Overtaken) { isLeft.store(true, ordering: .releasing) }
        case .success(nil): break
        }
        done.signal()
    }
}

extension Outcome {
    /// Whether another attempt would end the same: the stack refused the event.
    fileprivate var isFinal: Bool {
        switch error?.kind {
        case .inputError, .badRequest, .accessDenied: true
        default: false
        }
    }
}
