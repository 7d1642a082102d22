import FunctionStack
import Gateway
import Inbox
import Storage
import Verification

/// An event's way through the database: its row, what its stack writes, and its answer, in one transaction.
final class EventJob: WriteJob {
    private let run: StackRun
    private let arrival: Arrival
    private let respond: LocationSettings.Respond
    private let answered: @Sendable (Result<Response, any Error>) -> Void

    /// - Parameter answered: told once, when the answer may leave.
    init(
        _ run: StackRun, _ arrival: Arrival,
        answered: @escaping @Sendable (Result<Response, any Error>) -> Void
    ) {
        self.run = run
        self.arrival = arrival
        respond = run.location.settings.respond
        self.answered = answered
    }

    var durability: Storage.Durability {
        switch run.location.settings.durability {
        case .fsync: .fsync
        case .commit: .commit
        }
    }

    func run(_ connection: Connection) throws -> Response {
        let deployment = run.location.deployment
        try deployment.saveSettings(of: run.location, at: arrival.received, on: connection)
        switch respond {
        case .accept:
            let answer = StoredAnswer(status: run.location.verifier.acceptedStatus)
            return response(to: try deployment.inbox.admit(arrival, .queued(answer: answer), on: connection), fresh: answer)
        case .stack:
            let admission = try deployment.inbox.admit(arrival, .here, on: connection)
            switch admission {
            case .new(let attempt), .again(let attempt):
                return Response(try settle(attempt, connection), event: attempt.id)
            case .duplicate:
                // Without an answer the first delivery still runs, in another process: as accepted.
                return response(to: admission, fresh: StoredAnswer(status: run.location.verifier.acceptedStatus))
            }
        }
    }

    private func settle(_ attempt: Attempt, _ connection: Connection) throws -> StoredAnswer {
        let outcome = try run.run(connection)
        let answer = outcome.stored
        let settlement: Settlement = outcome.failure.map { .failed(answer: answer, error: $0) } ?? .done(answer: answer)
        _ = try run.location.deployment.inbox.settle(
            attempt, settlement, isClaimed: false, at: Clock.now(), on: connection)
        if let failure = outcome.failure {
            run.log.line(run.location.settings.name, "event \(attempt.id.text): \(outcome.status) \(failure)")
        }
        return answer
    }

    private func response(to admission: Admission, fresh: StoredAnswer) -> Response {
        guard case .duplicate(let duplicate) = admission else { return Response(fresh, event: admission.id) }
        return Response(duplicate.answer ?? fresh, event: duplicate.id, isDuplicate: true)
    }

    func finish(_ result: Result<Response, any Error>) {
        answered(result)
    }
}
