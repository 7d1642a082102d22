import FunctionStack
import Inbox
import Storage
import Synchronization
import Values
import Verification
import XanoScript

/// What an event from the queue is to run, or why it cannot.
struct QueuedStack: Sendable {
    let event: ClaimedEvent
    let stack: Result<StackRun, any Error>

    /// - Parameter location: finds the event's location; its error is a failure of this attempt.
    init(_ event: ClaimedEvent, log: Log, location: () throws -> ReadyLocation) {
        self.event = event
        stack = Result { try Self.stack(event, try location(), log) }
    }

    private static func stack(_ event: ClaimedEvent, _ location: ReadyLocation, _ log: Log) throws -> StackRun {
        let workspace = location.deployment.current
        if event.sender == Inbox.taskSender {
            return StackRun(
                location: location, workspace: workspace,
                stack: .task(try task(event.request.path.string, of: workspace, location)),
                request: StackRequest(method: event.request.method, uri: "", receivedAt: event.received), log: log)
        }
        if event.sender == Inbox.postProcessSender {
            let key = event.request.path.string
            return StackRun(
                location: location, workspace: workspace,
                stack: .postProcess(
                    try postProcess(key, of: workspace, location), PostProcessEntry(key: key, state: event.request.body)),
                request: StackRequest(postProcess: event.request, by: location.verifier.rule, at: event.received), log: log)
        }
        let path = PercentEncoding.uri.decode(event.request.path).string
        switch workspace.destination(method: event.request.method, path: path, settings: location.settings) {
        case .query(let destination):
            return StackRun(
                location: location, workspace: workspace, stack: .query(destination.query),
                request: StackRequest(event.request, by: location.verifier.rule, destination, at: event.received), log: log)
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

    private static func task(
        _ name: String, of workspace: ActiveWorkspace, _ location: ReadyLocation
    ) throws -> TaskProgram {
        let title = location.settings.entries.title(.workspace)
        switch workspace.program.task(name) {
        case .ready(let task): return task
        case .missing: throw SettingError(title, "has no task \(name) any more", remedy: "put the task back")
        case .unsupported(let diagnostic):
            throw SettingError(
                title, "the task \(name) reaches what is not supported: \(diagnostic.message)",
                remedy: "take it out of the stack")
        }
    }

    /// What can't be run ever again: the block is not there any more, and another of its name would be another one.
    struct Gone: Error, CustomStringConvertible {
        let description: String
    }

    private static func postProcess(
        _ key: String, of workspace: ActiveWorkspace, _ location: ReadyLocation
    ) throws -> PostProcessProgram {
        let title = location.settings.entries.title(.workspace)
        switch workspace.program.postProcess(key) {
        case .ready(let block): return block
        case .missing:
            throw Gone(description: "\(title) has no util.post_process \(key) any more; put it back and replay the event")
        case .unsupported(let diagnostic):
            throw SettingError(
                title, "the util.post_process \(key) reaches what is not supported: \(diagnostic.message)",
                remedy: "take it out of the stack")
        }
    }

    var policy: RetryPolicy { (try? stack.get().location.settings.retry) ?? .standard }

    /// The run, if it is one for a worker's thread.
    var workerRun: WorkerRun? {
        guard !isExhausted, case .success(let run) = stack else { return nil }
        return WorkerRun(attempt: event.attempt, run: run, log: run.log)
    }

    /// Whether the process died over it as often as it may be tried.
    var isExhausted: Bool { event.wasInterrupted && event.attempt.number > policy.attempts }
}

/// The run of one local event from the queue: what its stack writes and what became of it, in one transaction.
final class QueuedRun: WriteJob {
    /// How the job ended, as far as its event is still to be dealt with.
    enum End: UInt8, Sendable, AtomicRepresentable {
        case settled
        /// The store failed: the event is still claimed.
        case left
        /// The stack needs more than its share of the writer's thread: the event is still claimed.
        case outgrown
    }

    struct Outcome: Sendable {
        var conclusion: Conclusion
        var failure: String?
    }

    let done = Semaphore()
    /// Read it after `done`.
    let end = Atomic(End.settled)
    let queued: QueuedStack
    private let deployment: Deployment
    private let log: Log

    init(_ queued: QueuedStack, deployment: Deployment, log: Log) {
        self.queued = queued
        self.deployment = deployment
        self.log = log
    }

    private struct Overtaken: Error {}
    private var event: ClaimedEvent { queued.event }

    /// Puts an event that is left back into the queue.
    func release(_ connection: Connection) throws {
        let now = Clock.now()
        _ = try deployment.inbox.settle(
            event.attempt, .retry(due: now + 5_000, error: "the database could not be written"), isClaimed: true, at: now,
            on: connection)
    }

    var durability: Storage.Durability { (try? queued.stack.get().durability) ?? .fsync }

    func run(_ connection: Connection) throws -> Outcome {
        let inbox = deployment.inbox
        if queued.isExhausted { return try bury("the process ended in each of its attempts", on: connection) }
        if case .failure(let error as QueuedStack.Gone) = queued.stack {
            return try bury(error.description, on: connection)
        }
        let (result, left) = try result(connection)
        let conclusion = try inbox.conclude(event.attempt, result, policy: queued.policy, at: Clock.now(), on: connection)
        // Another worker took the event over: what this run wrote is undone.
        guard conclusion != .overtaken else { throw Overtaken() }
        if case .success(let run) = queued.stack, let left { try run.queuePostProcesses(of: left, on: connection) }
        return Outcome(conclusion: conclusion, failure: result.error)
    }

    private func bury(_ failure: String, on connection: Connection) throws -> Outcome {
        _ = try deployment.inbox.settle(event.attempt, .dead(error: failure), isClaimed: true, at: Clock.now(), on: connection)
        return Outcome(conclusion: .retry, failure: failure)
    }

    private func result(_ connection: Connection) throws -> (RunResult, FunctionStack.Outcome?) {
        switch queued.stack {
        case .failure(let error): return (RunResult(answer: .unavailable, error: "\(error)"), nil)
        case .success(let run):
            let outcome = try run.run(connection)
            return (RunResult(outcome), outcome)
        }
    }

    func finish(_ result: Result<Outcome, any Error>) {
        let title = event.location
        switch result {
        case .success(let outcome):
            if let failure = outcome.failure {
                log.line(title, "event \(event.attempt.id.text), attempt \(event.attempt.number): \(failure)")
            }
            if case .answer(let answer) = outcome.conclusion {
                deployment.answers.concluded(event.attempt.sequence, answer)
            } else {
                deployment.answers.concluded(event.attempt.sequence, nil)
            }
        case .failure(let error) where error.isOutgrown: end.store(.outgrown, ordering: .releasing)
        case .failure(let error):
            log.line(title, "event \(event.attempt.id.text) was not run: \(error)")
            if !(error is Overtaken) { end.store(.left, ordering: .releasing) }
        }
        done.signal()
    }
}

extension RunResult {
    init(_ outcome: FunctionStack.Outcome) {
        self.init(answer: outcome.stored, error: outcome.failure, isFinal: outcome.isFinal)
    }
}

extension FunctionStack.Outcome {
    /// Whether another attempt would end the same: the stack refused the event.
    fileprivate var isFinal: Bool {
        switch error?.kind {
        case .inputError, .badRequest, .accessDenied: true
        default: false
        }
    }
}

extension Error {
    /// Whether it says that a stack needs more than its share of the writer's thread. A write that was interrupted took
    /// its transaction along, and its own error with it.
    var isOutgrown: Bool { self is WriterShare.Exceeded || (self as? DatabaseError)?.isInterrupt == true }
}
