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

    /// Runs the event, writes what came of it, and tells the requests that wait for it.
    func perform() {
        let deployment = run.location.deployment
        let (result, outcome) = result()
        do {
            let conclusion = try deployment.store.writer.perform(run.durability) { [self] connection in
                let conclusion = try deployment.inbox.conclude(
                    attempt, result, policy: run.location.settings.retry, at: Clock.now(), on: connection)
                if let outcome, conclusion != .overtaken { try run.queuePostProcesses(of: outcome, on: connection) }
                return conclusion
            }
            tell(conclusion, result)
            if outcome?.postProcesses.isEmpty == false { requeued() }
        } catch {
            // It stays claimed until its time is over, and is then found in the queue.
            log.line(title, "event \(attempt.id.text): what came of it could not be written: \(error)")
            deployment.answers.concluded(attempt.sequence, .unavailable)
        }
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

    private func tell(_ conclusion: Conclusion, _ result: RunResult) {
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
    }
}

extension StoredAnswer {
    /// What a request gets whose run the storage failed.
    static let unavailable = StoredAnswer(
        status: 503, headers: [HeaderField("Content-Type", "application/json"), HeaderField("Retry-After", "5")],
        body: Array(#"{"code":"unavailable"}"#.utf8))
}
