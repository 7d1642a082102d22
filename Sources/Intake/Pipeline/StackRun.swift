import FunctionStack
import Records
import Storage
import Values
import XanoScript

/// A stack that is to run: a query's for a request, a task's, or one that a run left.
struct StackRun: Sendable {
    let location: ReadyLocation
    let workspace: ActiveWorkspace
    let stack: Stack
    let request: StackRequest
    let log: Log
    /// What the request takes of the room that all have.
    var share: BodyAllowance.Share?

    enum Stack: Sendable {
        case query(QueryProgram)
        case task(TaskProgram)
        case postProcess(PostProcessProgram, PostProcessEntry)

        var facts: Facts {
            switch self {
            case .query(let query): query.facts
            case .task(let task): task.facts
            case .postProcess(let block, _): block.facts
            }
        }
    }

    private struct Undone: Error {
        let outcome: Outcome
    }

    /// Whether it waits for other machines or for time, so that it runs on a worker's thread and not on the writer's.
    var needsWorker: Bool { stack.facts.needsWorker }

    var durability: Storage.Durability {
        switch location.settings.durability {
        case .fsync: .fsync
        case .commit: .commit
        }
    }

    // MARK: On the writer's thread

    /// Runs it inside the transaction of its event. Success keeps what the stack wrote; a refusal or a failure undoes it,
    /// save for uses of rate limits.
    ///
    /// - Throws: `WriterShare.Exceeded` if it took more than its share of the writer's thread; errors of the storage,
    ///   which end the job.
    func run(_ connection: Connection) throws -> Outcome {
        let share = WriterShare.ofStack()
        let records = records(connection)
        do {
            return try connection.savepoint {
                let outcome = try connection.bounding(until: limits.end, share) { try answer(effects(records, share: share)) }
                guard !share.isExceeded else { throw WriterShare.Exceeded() }
                guard outcome.keepsWrites else { throw Undone(outcome: outcome) }
                return outcome
            }
        } catch let undone as Undone {
            try records.keepRateUses()
            return undone.outcome
        } catch {
            throw share.isExceeded ? WriterShare.Exceeded() : error
        }
    }

    /// Runs a stack that writes nothing, on a connection that only reads.
    func read(_ connection: Connection) throws -> Outcome {
        try connection.bounding(until: limits.end) { try answer(effects(records(connection))) }
    }

    private func records(_ connection: Connection) -> Records {
        let records = Records(connection, workspace.plans, clock: Clock.now, randomBytes: RandomBytes.make)
        records.maximumResult = limits.memory
        return records
    }

    // MARK: On a worker's thread

    /// Runs it with its statements as jobs: what was written before a request or a mail leaves is committed by then, and
    /// nothing is undone.
    ///
    /// - Throws: errors of the storage.
    func runOnWorker() throws -> Outcome {
        let records = JobRecords(location.deployment.store, workspace.plans, durability: durability, limits: limits)
        // Here the effect journal of the event will stand between the stack and its effects.
        return try answer(effects(records, outbound: NetworkEffects(client: location.client, sendmail: location.sendmail)))
    }

    // MARK: Both

    private var limits: RunLimits { location.settings.limits }

    private func effects(
        _ records: any RecordStore, outbound: (any OutboundEffects)? = nil, share: WriterShare? = nil
    ) -> Effects {
        let title = location.settings.name
        let log = log
        return Effects(
            records: records, outbound: outbound, environment: location.environment,
            branch: workspace.workspace.branch?.name ?? "", baseURL: location.settings.url ?? "", limits: limits, share: share,
            clock: Clock.now, monotonicClock: Clock.monotonic, randomBytes: RandomBytes.make,
            log: { entry in log.line(title, "\(entry.location): \(entry.kind.rawValue): \(JSON.text(entry.value).string)") })
    }

    private func answer(_ effects: Effects) throws -> Outcome {
        switch stack {
        case .query(let query): try workspace.program.run(query, request: request, effects: effects)
        case .task(let task): try workspace.program.run(task, effects: effects)
        case .postProcess(let block, let entry):
            try workspace.program.run(block, entry, request: request, effects: effects)
        }
    }
}
