import FunctionStack
import Inbox
import Storage
import Values

/// The run of one claimed event on a worker's thread, and what becomes of it.
struct WorkerRun: Sendable {
    let attempt: Attempt
    let run: StackRun
    let log: Log
    /// Told when something waits in the queue: the event itself, or what it left.
    var requeued: @Sendable () -> Void = {}

    /// Whether the process is about to end.
    var isStopping: @Sendable () -> Bool = { false }

    /// Milliseconds between attempts to write what came of a run, at first and at most.
    private static let waits: (first: Int64, most: Int64) = (250, 5_000)

    /// Runs the event, writes what came of it, and tells the requests that wait for it.
    ///
    /// What cannot be written is kept and tried again, as long as the process lives: the run is over, and another one
    /// would send everything once more.
    func perform() {
        let (result, outcome) = result()
        var wait = Self.waits.first
        var hasFailed = false
        while true {
            do {
                let conclusion = try settle(result, outcome)
                if hasFailed { log.line(title, "event \(attempt.id.text): what came of it is written now") }
                return tell(conclusion, result, outcome)
            } catch {
                if !hasFailed {
                    log.line(title, "event \(attempt.id.text): what came of it could not be written, and is tried again: \(error)")
                    run.location.deployment.answers.concluded(attempt.sequence, .unavailable)
                }
                hasFailed = true
            }
            // The claim ends with the process: the next one finds the event in the queue.
            guard pause(wait) else { return }
            wait = min(wait * 2, Self.waits.most)
        }
    }

    private func settle(_ result: RunResult, _ outcome: Outcome?) throws -> Conclusion {
        let deployment = run.location.deployment
        return try deployment.store.writer.perform(run.durability) { [self] connection in
            let conclusion = try deployment.inbox.conclude(
                attempt, result, policy: run.location.settings.retry, at: Clock.now(), on: connection)
            if let outcome, conclusion != .overtaken { try run.queuePostProcesses(of: outcome, on: connection) }
            return conclusion
        }
    }

    /// False if the process is about to end.
    private func pause(_ milliseconds: Int64) -> Bool {
        let end = Clock.monotonic() + milliseconds
        let signal = WorkSignal()
        while !isStopping() {
            let left = end - Clock.monotonic()
            guard left > 0 else { return true }
            _ = signal.wait(atMost: min(left, 100))
        }
        return false
    }

    private var title: String { run.location.settings.name }

    private func result() -> (RunResult, Outcome?) {
        do {
            let outcome = try run.runOnWorker()
            return (RunResult(outcome), outcome)
        } catch {
            return (RunResult(answer: .unavailable, error: "\(error)"), nil)
        }
    }

    private func tell(_ conclusion: Conclusion, _ result: RunResult, _ outcome: Outcome?) {
        let answers = run.location.deployment.answers
        if let failure = result.error {
            log.line(title, "event \(attempt.id.text), attempt \(attempt.number): \(result.answer.status) \(failure)")
        }
        switch conclusion {
        case .answer(let answer): answers.concluded(attempt.sequence, answer)
        case .retry:
            answers.concluded(attempt.sequence, nil)
            requeued()
        case .overtaken: log.line(title, "event \(attempt.id.text) was run by somebody else as well")
        }
        if conclusion != .overtaken, outcome?.postProcesses.isEmpty == false { requeued() }
    }
}

extension StoredAnswer {
    /// What a request gets whose run the storage failed.
    static let unavailable = StoredAnswer(
        status: 503, headers: [HeaderField("Content-Type", "application/json"), HeaderField("Retry-After", "5")],
        body: Array(#"{"code":"unavailable"}"#.utf8))
}
