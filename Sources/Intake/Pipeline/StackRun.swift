import FunctionStack
import Records
import Storage
import Values
import XanoScript

/// Runs a query's stack inside the transaction of its event.
struct StackRun {
    let location: ReadyLocation
    let workspace: ActiveWorkspace
    let query: QueryProgram
    let request: StackRequest
    let log: Log

    private struct Undone: Error {
        let outcome: Outcome
    }

    /// Success keeps what the stack wrote; a refusal or a failure undoes it, save for uses of rate limits.
    ///
    /// - Throws: errors of the storage, which end the job.
    func run(_ connection: Connection) throws -> Outcome {
        let records = records(connection)
        do {
            return try connection.savepoint {
                let outcome = try connection.limitingTime { try answer(records) }
                guard outcome.keepsWrites else { throw Undone(outcome: outcome) }
                return outcome
            }
        } catch let undone as Undone {
            try records.keepRateUses()
            return undone.outcome
        }
    }

    /// Runs a stack that writes nothing.
    func read(_ connection: Connection) throws -> Outcome {
        try connection.limitingTime { try answer(records(connection)) }
    }

    private func records(_ connection: Connection) -> Records {
        Records(connection, workspace.plans, clock: Clock.now, randomBytes: RandomBytes.make)
    }

    private func answer(_ records: Records) throws -> Outcome {
        let title = location.settings.name
        let log = log
        let effects = Effects(
            records: records, environment: location.environment, branch: workspace.workspace.branch?.name ?? "",
            baseURL: location.settings.url ?? "", clock: Clock.now, monotonicClock: Clock.monotonic,
            randomBytes: RandomBytes.make,
            log: { entry in log.line(title, "\(entry.location): \(entry.kind.rawValue): \(JSON.text(entry.value).string)") })
        return try workspace.program.run(query, request: request, effects: effects)
    }
}
