import FunctionStack
import Inbox
import Storage
import Synchronization

/// Runs the events that wait in one database's queue, and the tasks of its workspace that are due, in the order of their
/// arrival: local ones on the writer's thread, those that wait for others on workers, without holding up the local ones.
/// Keys that senders publish are fetched beside them.
///
/// An event is claimed in one transaction and run and settled in another: what kills the process is found with its
/// attempts counted, and is dead after so many.
package final class QueueWorker: Sendable {
    private let deployment: Deployment
    private let locations: SavedLocations
    private let log: Log
    private let lane: WorkerLane
    private let tasks: TaskClock
    private let keys: KeyFetches
    private let work: WorkSignal
    private let isStopping = Atomic(false)
    private let thread = Mutex<Thread?>(nil)

    /// Events that are claimed at one time; their runs share commits.
    private static let batch = 32
    /// Bytes of their bodies after which no more are claimed.
    private static let largestBatch = 4 << 20
    /// Milliseconds between looks for what other processes left.
    private static let patrol: Int64 = 30_000

    package init(_ deployment: Deployment, locations: SavedLocations, pool: WorkerPool, log: Log) {
        let work = WorkSignal()
        self.work = work
        lane = WorkerLane(pool) { work.signal() }
        keys = KeyFetches(deployment, locations: locations, pool: pool, log: log) { work.signal() }
        self.deployment = deployment
        tasks = TaskClock(deployment, locations: locations, log: log)
        self.locations = locations
        self.log = log
    }

    /// Starts a thread that works until `stop`.
    package func start() throws {
        let running = try Thread(stackSize: 4 << 20) { [self] in run() }
        thread.withLock { $0 = running }
    }

    /// Tells the thread that an event waits.
    package func wake() { work.signal() }

    /// Finishes the events that are under way and ends the thread.
    package func stop() {
        isStopping.store(true, ordering: .releasing)
        work.signal()
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }?.join()
    }

    private func run() {
        while !isStopping.load(ordering: .acquiring) {
            let due = attempt { try drain() } ?? nil
            let wait = due.map { min(Self.patrol, max(0, $0 - Clock.now())) } ?? Self.patrol
            _ = work.wait(atMost: wait)
        }
    }

    /// Runs everything that is due, and waits for what runs on workers.
    ///
    /// - Throws: errors of the storage.
    package func finish() throws {
        while !isStopping.load(ordering: .acquiring) {
            let due = try drain()
            let isIdle = lane.isIdle && keys.isIdle
            if isIdle, due.map({ $0 > Clock.now() }) ?? true { return }
            if !isIdle { _ = work.wait(atMost: 1_000) }
        }
    }

    /// Runs everything that is due; what runs on workers is begun.
    ///
    /// - Returns: when the next event or task is due, in milliseconds since 1970; nil if none waits.
    /// - Throws: errors of the storage.
    @discardableResult
    package func drain() throws -> Int64? {
        _ = try deployment.store.writer.perform { [inbox = deployment.inbox] in try inbox.recover(at: Clock.now(), on: $0) }
        _ = try tasks.look(at: Clock.now())
        _ = try keys.begin()
        while !isStopping.load(ordering: .acquiring) {
            let claimed = try claim()
            if claimed.isEmpty { break }
            let runs = claimed.compactMap { start($0) }
            for run in runs { try wait(for: run) }
        }
        let queued = try deployment.store.readers.read { try deployment.inbox.nextDue(on: $0) }
        return [queued, try tasks.look(at: Clock.now()), try keys.begin()].compactMap { $0 }.min()
    }

    private func claim() throws -> [ClaimedEvent] {
        let congested = lane.congested
        return try deployment.store.writer.perform { [inbox = deployment.inbox] connection in
            let now = Clock.now()
            var events: [ClaimedEvent] = []
            var bytes = 0
            while events.count < Self.batch,
                let event = try inbox.claimNext(at: now, until: now + ReadyLocation.lease, excluding: congested, on: connection)
            {
                events.append(event)
                bytes += event.request.body.count
                if bytes > Self.largestBatch { break }
                // What its process died over is tried alone.
                if event.wasInterrupted { break }
            }
            return events
        }
    }

    /// - Returns: the run, if it is one on the writer's thread.
    private func start(_ event: ClaimedEvent) -> QueuedRun? {
        let queued = QueuedStack(event, log: log) { [deployment, locations] in
            try deployment.store.readers.read { connection in
                try locations.location(event.location, in: deployment.inbox, on: connection, at: Clock.now())
            }
        }
        if let run = queued.workerRun, run.run.needsWorker {
            startOnWorker(run, queued)
            return nil
        }
        let run = QueuedRun(queued, deployment: deployment, log: log)
        deployment.store.writer.submit(run)
        return run
    }

    private func startOnWorker(_ run: WorkerRun, _ queued: QueuedStack) {
        var run = run
        run.isStopping = { [lane] in lane.isStopping }
        lane.add(queued.event.location, isAlone: queued.event.wasInterrupted) { [run] in run.perform() }
    }

    private func wait(for run: QueuedRun) throws {
        run.done.wait()
        switch run.end.load(ordering: .acquiring) {
        case .settled: break
        case .left: try deployment.store.writer.perform { try run.release($0) }
        case .outgrown: if let worker = run.queued.workerRun { startOnWorker(worker, run.queued) }
        }
    }

    private func attempt<Result>(_ body: () throws -> Result) -> Result? {
        do {
            return try body()
        } catch {
            log.line(deployment.name, "the queue stands still: \(error)")
            return nil
        }
    }
}
