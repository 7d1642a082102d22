import FunctionStack
import Inbox
import Storage
import Synchronization

/// Puts the runs of a workspace's tasks into its queue when they are due.
///
/// A time is due once, whichever process looks first: the database knows the next one of each task.
final class TaskClock: Sendable {
    private struct State {
        /// The workspace that the times below are of.
        var workspace: ActiveWorkspace?
        var next: Int64?
        /// When the workspace's folder was last looked at.
        var refreshed: Int64 = 0
        /// Looks that found no location.
        var vain = 0
    }

    private let deployment: Deployment
    private let locations: SavedLocations
    private let log: Log
    private let state = Mutex(State())

    /// Milliseconds between looks at the folder of a workspace that may get no requests.
    private static let refreshing: Int64 = 30_000

    init(_ deployment: Deployment, locations: SavedLocations, log: Log) {
        self.deployment = deployment
        self.locations = locations
        self.log = log
    }

    /// Queues what is due.
    ///
    /// - Returns: when the next task is due, in milliseconds since 1970; nil if there is none.
    /// - Throws: errors of the storage.
    func look(at now: Int64) throws -> Int64? {
        try state.withLock { state in
            let isDue = state.next.map { $0 <= now } ?? false
            if state.workspace == nil {
                state.refreshed = now
            } else if isDue || now - state.refreshed >= Self.refreshing {
                state.refreshed = now
                deployment.refresh()
            }
            let workspace = deployment.current
            guard isDue || state.workspace !== workspace else { return state.next }
            state.next = try queue(workspace.program.tasks.compactMap { Self.timetable($0) }, now, &state.vain)
            state.workspace = workspace
            return state.next
        }
    }

    private func queue(_ tasks: [TaskTimetable], _ now: Int64, _ vain: inout Int) throws -> Int64? {
        let inbox = deployment.inbox
        let (isKnown, saved) = try deployment.store.readers.read { connection in
            (try inbox.knowsTasks(on: connection), try inbox.locations(on: connection))
        }
        guard !tasks.isEmpty || isKnown else { return nil }
        // By name, so that it is the same one each time; what was taken out of the web server's configuration may still
        // be known, and can't be opened any more.
        let usable = saved.first { (try? locations.location($0.name, settings: $0.settings, at: now)) != nil }
        guard let location = usable?.name else {
            // A server that starts is about to know one.
            vain += 1
            if vain == 30 {
                log.line(deployment.name, "its tasks wait for the first request to one of its locations, whose settings they need")
            }
            return now + 1_000
        }
        return try deployment.store.writer.perform { connection in
            try inbox.queueTasks(tasks, location: location, at: now, on: connection).next
        }
    }

    private static func timetable(_ task: TaskProgram) -> TaskTimetable? {
        guard task.isActive, !task.schedule.isEmpty, task.obstacle == nil else { return nil }
        let text = task.schedule.map { "\($0.start)/\($0.period ?? 0)/\($0.end ?? 0)" }.joined(separator: " ")
        return TaskTimetable(name: task.name, schedule: text) { task.nextRun(after: $0) }
    }
}
