import FunctionStack
import Gateway
import Inbox
import Storage

/// A verified and routed request whose stack is to run.
struct CourseRequest: Sendable {
    let run: StackRun
    /// When the sender wants to have heard something, by the clock that never jumps.
    let deadline: Int64
    let reply: Reply

    var location: ReadyLocation { run.location }
    var deployment: Deployment { run.location.deployment }
}

/// The ways that a request takes from here: where its stack runs, and who answers when.
///
/// A local stack is one job on the writer's thread, with its event's row and its answer. One that waits for others runs
/// on a worker, its event's row committed before it begins. What was accepted waits in the queue, and so does, in a
/// process that answers one request and ends, what needs a worker.
struct EventCourse: Sendable {
    let pool: WorkerPool
    let timer: DeadlineTimer
    /// Whether the process ends with its request.
    let isShortLived: Bool
    let log: Log
    /// Told of each event that waits in the queue.
    let queued: @Sendable (ReadyLocation) -> Void

    /// More may not wait for a thread: they wait in the queue.
    private static let largestBacklog = 256

    // MARK: Events

    func take(_ arrival: Arrival, _ request: CourseRequest) {
        if request.location.settings.respond == .accept {
            admit(arrival, request, .queued(answer: request.location.accepted))
        } else if request.run.needsWorker {
            takeToWorker(arrival, request)
        } else {
            takeLocally(arrival, request)
        }
    }

    private func takeLocally(_ arrival: Arrival, _ request: CourseRequest) {
        let withdrawal = Withdrawal()
        // In a process that answers one request the job begins at once.
        let token = isShortLived ? nil : timer.arm(request.deadline) { withdraw(request, withdrawal) }
        let job = EventJob(request.run, arrival, withdrawal) { result in
            if let token { timer.disarm(token) }
            switch result {
            case .success(.answered(let response)): answer(request, response)
            case .success(.leaving(let response)):
                answer(request, response)
                queued(request.location)
            case .success(.underWay(let duplicate)): wait(for: duplicate, request)
            case .failure(let error) where error.isOutgrown: takeToWorker(arrival, request)
            case .failure(is Withdrawal.Withdrawn): break
            case .failure(let error): refuse(request, error)
            }
        }
        request.deployment.store.writer.submit(job)
    }

    private func withdraw(_ request: CourseRequest, _ withdrawal: Withdrawal) {
        guard withdrawal.withdraw() else { return }
        log.line(
            request.location.settings.name, "answers 503: the database was busy until the deadline; nothing was acknowledged")
        request.reply.send(.unavailable())
    }

    private func takeToWorker(_ arrival: Arrival, _ request: CourseRequest) {
        let isLeftToQueue = isShortLived || pool.backlog >= Self.largestBacklog
        admit(arrival, request, isLeftToQueue ? .queued(answer: nil) : .claimed(until: Clock.now() + ReadyLocation.lease))
    }

    private func admit(_ arrival: Arrival, _ request: CourseRequest, _ beginning: Beginning) {
        let job = AdmissionJob(request.run, arrival, beginning) { result in
            switch result {
            case .success(.answered(let response)): answer(request, response)
            case .success(.underWay(let duplicate)): wait(for: duplicate, request)
            case .success(.admitted(let attempt)): wait(for: attempt, request, isElsewhere: beginning.isQueued)
            case .failure(let error): return refuse(request, error)
            }
            if case .success(.admitted(let attempt)) = result, !beginning.isQueued {
                start(attempt, request)
            } else if beginning.isQueued {
                queued(request.location)
            }
        }
        request.deployment.store.writer.submit(job)
    }

    private func start(_ attempt: Attempt, _ request: CourseRequest) {
        var run = WorkerRun(attempt: attempt, run: request.run, log: log) { queued(request.location) }
        run.isStopping = { [pool] in pool.isStopping }
        // A pool that takes nothing more belongs to a process that ends: the claim ends with it.
        _ = pool.submit { [run] in run.perform() }
    }

    // MARK: Requests that wait

    private func wait(for attempt: Attempt, _ request: CourseRequest, isElsewhere: Bool) {
        request.deployment.didSaveSettings(of: request.location)
        wait(attempt.id, attempt.sequence, request, isDuplicate: false, isElsewhere: isElsewhere)
    }

    private func wait(for duplicate: Duplicate, _ request: CourseRequest) {
        request.deployment.didSaveSettings(of: request.location)
        wait(duplicate.id, duplicate.sequence, request, isDuplicate: true, isElsewhere: true)
    }

    private func wait(_ id: EventID, _ sequence: Int64, _ request: CourseRequest, isDuplicate: Bool, isElsewhere: Bool) {
        request.deployment.answers.wait(
            AnswerWatch.Waiter(
                event: id, sequence: sequence, isDuplicate: isDuplicate, isElsewhere: isElsewhere, deadline: request.deadline,
                accepted: request.location.accepted
            ) { result in
                switch result {
                case .success(let response): request.reply.send(response)
                case .failure(let error): refuse(request, error)
                }
            })
    }

    // MARK: Requests that are no events

    /// A request that is no event: its query runs, and the inbox does not hear of it.
    func look(_ request: CourseRequest) {
        let store = request.deployment.store
        let run = request.run
        if run.needsWorker {
            lookOnWorker(request)
        } else if run.stack.facts.writesRecords || run.stack.facts.postProcesses {
            store.writer.submit(run.durability) { connection in
                let outcome = try run.run(connection)
                try run.queuePostProcesses(of: outcome, on: connection)
                return outcome
            } finish: { result in
                if case .failure(let error) = result, error.isOutgrown { return lookOnWorker(request) }
                finish(request, result)
            }
        } else {
            finish(request, Result { try store.readers.read { try run.read($0) } })
        }
    }

    /// Nothing of it is durable, so past the deadline nothing can be said but to come again.
    private func lookOnWorker(_ request: CourseRequest) {
        let token = timer.arm(request.deadline) {
            if request.reply.send(.unavailable()) {
                log.line(request.location.settings.name, "answers 503: a request that is no event took longer than its deadline")
            }
        }
        let isTaken = pool.submit {
            let result = Result { () throws -> Outcome in
                let outcome = try request.run.runOnWorker()
                if !outcome.postProcesses.isEmpty {
                    try request.deployment.store.writer.perform(request.run.durability) { [run = request.run] in
                        try run.queuePostProcesses(of: outcome, on: $0)
                    }
                }
                return outcome
            }
            timer.disarm(token)
            finish(request, result)
        }
        if !isTaken {
            timer.disarm(token)
            request.reply.send(.unavailable())
        }
    }

    // MARK: Answers

    private func finish(_ request: CourseRequest, _ result: Result<Outcome, any Error>) {
        switch result {
        case .success(let outcome):
            request.reply.send(Response(outcome.stored, event: nil))
            if !outcome.postProcesses.isEmpty { queued(request.location) }
        case .failure(let error): refuse(request, error)
        }
    }

    private func answer(_ request: CourseRequest, _ response: Response) {
        request.reply.send(response)
        request.deployment.didSaveSettings(of: request.location)
    }

    private func refuse(_ request: CourseRequest, _ error: any Error) {
        log.line(request.location.settings.name, "answers 503, nothing was acknowledged: \(error)")
        request.reply.send(.unavailable())
    }
}
