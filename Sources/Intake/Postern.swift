import Cryptography
import Gateway
import Glibc
package import Outbound
import Storage
import Synchronization

/// The whole program as a process has it: locations, databases, the queue's workers, and the endpoint that requests
/// go to.
package final class Postern: Sendable {
    /// How the process came to be.
    package enum Mode: Sendable {
        /// Many requests, and the queue beside them.
        case server
        /// One request; what it leaves in the queue is run by a detached drain.
        case singleRequest
        /// No requests: the queue of databases that are named.
        case worker
    }

    package let endpoint: Endpoint
    package let deployments: Deployments
    package let savedLocations: SavedLocations
    private let workers: Workers
    private let pool = WorkerPool()
    private let timer = DeadlineTimer()
    private let rules: FileRules
    private let log: Log

    /// - Parameters:
    ///   - routeFile: settings of a route file, where the process was started through one.
    ///   - sendmail: the program that takes mail: the process's own, no location's.
    package init(
        _ mode: Mode, rules: FileRules, routeFile: Result<SettingEntries, SettingError>? = nil, sendmail: Sendmail, log: Log
    ) {
        self.log = log
        self.rules = rules
        let workers = Workers(pool: pool, log: log)
        self.workers = workers
        let use: Store.Use = mode == .singleRequest ? .singleRequest : .server(readers: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        deployments = Deployments(use: use, timer: timer, log: log) { deployment in
            if mode == .server { workers.start(deployment) }
        }
        let opener = LocationOpener(rules: rules, deployments: deployments, sendmail: sendmail)
        savedLocations = SavedLocations(opener: opener, log: log)
        workers.locations.withLock { [savedLocations] in $0 = savedLocations }
        let drain = Drain(rules: rules, sendmail: sendmail, log: log)
        let course = EventCourse(pool: pool, timer: timer, isShortLived: mode == .singleRequest, log: log) { location in
            if mode == .server { workers.wake(location.deployment) } else { drain.start(for: location) }
        }
        endpoint = Endpoint(locations: Locations(opener: opener, routeFile: routeFile, log: log), course: course, log: log)
    }

    /// A worker of a database's queue that nobody has started.
    func queueWorker(_ deployment: Deployment) -> QueueWorker {
        QueueWorker(deployment, locations: savedLocations, pool: pool, log: log)
    }

    /// Milliseconds for stacks that wait for others to end, once the process is to.
    private static let stopTime: Int64 = 10_000

    /// Opens what earlier requests left in these databases, so that their queues run before the next request comes.
    ///
    /// - Parameter all: also those where nothing waits: their workspaces may have tasks that nobody has seen yet.
    package func resume(databases: [String], all: Bool = false) {
        for path in databases {
            do {
                let found = try QueuedDatabase(try rules.check(path, outside: nil))
                guard all || found.hasWork || found.hasTasks else { continue }
                let opened = found.locations.count { location in
                    (try? savedLocations.location(location.name, settings: location.settings, at: Clock.now())) != nil
                }
                if opened == 0 { log.line(path, "holds no location that could be opened") }
            } catch {
                log.line(path, "its queue cannot be looked at: \(error)")
            }
        }
    }

    /// Finishes the events that are under way, and closes all databases.
    package func stop() {
        workers.stop()
        let left = pool.stop(within: Self.stopTime)
        if left > 0 { log.line("server", "\(left) stacks were still running at the end; their events run again") }
        timer.stop()
        for deployment in deployments.all { deployment.close() }
    }
}

/// The threads that run queues, one a database.
private final class Workers: Sendable {
    private let running = Mutex<[ObjectIdentifier: QueueWorker]>([:])
    let locations = Mutex<SavedLocations?>(nil)
    private let pool: WorkerPool
    private let log: Log

    init(pool: WorkerPool, log: Log) {
        self.pool = pool
        self.log = log
    }

    func start(_ deployment: Deployment) {
        guard let locations = locations.withLock({ $0 }) else { return }
        let worker = QueueWorker(deployment, locations: locations, pool: pool, log: log)
        running.withLock { $0[ObjectIdentifier(deployment)] = worker }
        do {
            try worker.start()
        } catch {
            log.line(deployment.name, "its queue is not run: \(error)")
        }
    }

    func wake(_ deployment: Deployment) {
        running.withLock { $0[ObjectIdentifier(deployment)] }?.wake()
    }

    func stop() {
        let all = running.withLock { running in
            defer { running.removeAll() }
            return Array(running.values)
        }
        for worker in all { worker.stop() }
    }
}

/// Starts `postern work --drain` beside a CGI process, which itself ends with its request.
private struct Drain {
    let rules: FileRules
    let sendmail: Sendmail
    let log: Log

    func start(for location: ReadyLocation) {
        let database = location.deployment.store.path
        var arguments = ["work", "--drain", "--database", database]
        for folder in rules.allowed { arguments += ["--allow", folder] }
        arguments += ["--sendmail", sendmail.program]
        do {
            try DetachedProcess.start(
                executable: "/proc/self/exe", arguments: arguments, environment: environment(of: location))
        } catch {
            // The event is safe in the queue; cron's drain or the next request's runs it.
            log.line(location.settings.name, "no drain could be started: \(error)")
        }
    }

    /// Only the variables that hold the location's secrets, and the host's authorities: the rest of this environment is
    /// the request's, which has no say in these.
    private func environment(of location: ReadyLocation) -> [(name: String, value: String)] {
        let names = location.settings.secrets.compactMap { source -> String? in
            if case .environment(let name) = source { name } else { nil }
        }
        return (names + ["SSL_CERT_FILE"]).compactMap { name in
            guard let value = unsafe getenv(name) else { return nil }
            return (name, unsafe String(cString: value))
        }
    }
}
