import FunctionStack
import Inbox
import Storage
import Synchronization

/// Runs the events that wait in one database's queue, in the order of their arrival.
///
/// An event is claimed in one transaction and run and settled in another: what kills the process is found with its
/// attempts counted, and is dead after so many.
package final class QueueWorker: Sendable {
    private let deployment: Deployment
    private let locations: SavedLocations
    private let log: Log
    private let policy = RetryPolicy.standard
    private let work = WorkSignal()
    private let isStopping = Atomic(false)
    private let thread = Mutex<Thread?>(nil)

    /// Events that are claimed at one time; their runs share commits.
    private static let batch = 32
    /// Milliseconds after which a claim counts as given up, though its process lives.
    private static let lease: Int64 = 15 * 60_000
    /// Milliseconds between looks for what other processes left.
    private static let patrol: Int64 = 30_000

    package init(_ deployment: Deployment, locations: SavedLocations, log: Log) {
        self.deployment = deployment
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

    /// Runs everything that is due.
    ///
    /// - Returns: when the next event is due, in milliseconds since 1970; nil if none waits.
    /// - Throws: errors of the storage.
    @discardableResult
    package func drain() throws -> Int64? {
        _ = try deployment.store.writer.perform { [inbox = deployment.inbox] in try inbox.recover(at: Clock.now(), on: $0) }
        while !isStopping.load(ordering: .acquiring) {
            let claimed = try claim()
            if claimed.isEmpty { break }
            let runs = claimed.map { start($0) }
            for run in runs {
                run.done.wait()
                if run.isLeft.load(ordering: .acquiring) { try deployment.store.writer.perform { try run.release($0) } }
            }
        }
        return try deployment.store.readers.read { try deployment.inbox.nextDue(on: $0) }
    }

    private func claim() throws -> [ClaimedEvent] {
        try deployment.store.writer.perform { [inbox = deployment.inbox] connection in
            let now = Clock.now()
            var events: [ClaimedEvent] = []
            while events.count < Self.batch, let event = try inbox.claimNext(at: now, until: now + Self.lease, on: connection) {
                events.append(event)
                // What its process died over is tried alone.
                if event.wasInterrupted { break }
            }
            return events
        }
    }

    private func start(_ event: ClaimedEvent) -> QueuedRun {
        let run = QueuedRun(event, deployment: deployment, log: log, policy: policy) { [deployment, locations] in
            try deployment.store.readers.read { connection in
                try locations.location(event.location, in: deployment.inbox, on: connection, at: Clock.now())
            }
        }
        deployment.store.writer.submit(run)
        return run
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
