package import Storage
import Values

/// When a task of a workspace runs by itself.
package struct TaskTimetable: Sendable {
    package var name: String
    /// Its schedule as text: another one begins anew.
    package var schedule: String
    /// The first time that is later than a moment; nil if there is none left.
    package var next: @Sendable (Int64) -> Int64?

    package init(name: String, schedule: String, next: @escaping @Sendable (Int64) -> Int64?) {
        self.name = name
        self.schedule = schedule
        self.next = next
    }
}

extension Inbox {
    /// What the queue has as the sender of a task's run.
    package static let taskSender = "task"
    /// What it has as the sender of what a run left to be done after its answer.
    package static let postProcessSender = "post_process"

    private static let tasks = SQL("SELECT name, schedule, due FROM postern_task ORDER BY name")
    private static let saveTask = SQL("INSERT OR REPLACE INTO postern_task (name, schedule, due) VALUES (?1, ?2, ?3)")
    private static let dropTask = SQL("DELETE FROM postern_task WHERE name = ?1")

    /// Whether the next time of any task is known.
    package func knowsTasks(on connection: Connection) throws -> Bool {
        try connection.statement(Self.tasks).first { _ in true } ?? false
    }

    /// Puts the tasks that are due into the queue, each once however many of its times have passed, and notes when they
    /// are due next. One that is seen for the first time waits for its next time.
    ///
    /// - Parameters:
    ///   - tasks: all that the workspace has; what is known of others is forgotten.
    ///   - location: whose settings they run with.
    /// - Returns: the names of those that were queued, and when the next one is due.
    package func queueTasks(
        _ tasks: [TaskTimetable], location: String, at now: Int64, on connection: Connection
    ) throws -> (queued: [String], next: Int64?) {
        var known: [String: (schedule: String, due: Int64)] = [:]
        for row in try connection.statement(Self.tasks).map({ ($0.string(0), $0.string(1), $0.integer(2)) }) {
            known[row.0] = (schedule: row.1, due: row.2)
        }
        var queued: [String] = []
        var earliest: Int64?
        for task in tasks {
            let before = known.removeValue(forKey: task.name)
            var due = before.flatMap { $0.schedule == task.schedule ? $0.due : nil }
            if let time = due, time <= now {
                if try queue(task.name, due: time, location, now, connection) { queued.append(task.name) }
                due = nil
            }
            let next = due ?? task.next(now)
            try note(task, next, before, connection)
            earliest = [earliest, next].compactMap { $0 }.min()
        }
        for name in known.keys { try forget(name, connection) }
        return (queued, earliest)
    }

    /// - Returns: false if this time's run is there already.
    private func queue(
        _ name: String, due: Int64, _ location: String, _ now: Int64, _ connection: Connection
    ) throws -> Bool {
        var random = SystemRandomNumberGenerator()
        let arrival = Arrival(
            id: EventID(milliseconds: now, random: &random), location: location, sender: Self.taskSender, received: now,
            key: DedupeKey(kind: Self.taskSender, value: Array("\(name)@\(due)".utf8)), secrets: [],
            request: StoredRequest(
                method: "TASK", path: Text(name), query: nil, headers: [], contentType: nil, body: []))
        if case .new = try admit(arrival, .queued(answer: StoredAnswer(status: 202)), on: connection) { return true }
        return false
    }

    private func note(
        _ task: TaskTimetable, _ next: Int64?, _ before: (schedule: String, due: Int64)?, _ connection: Connection
    ) throws {
        guard let next else {
            if before != nil { try forget(task.name, connection) }
            return
        }
        if let before, before.due == next, before.schedule == task.schedule { return }
        let statement = try connection.statement(Self.saveTask)
        statement.bind(1, task.name)
        statement.bind(2, task.schedule)
        statement.bind(3, next)
        try statement.run()
    }

    private func forget(_ name: String, _ connection: Connection) throws {
        let statement = try connection.statement(Self.dropTask)
        statement.bind(1, name)
        try statement.run()
    }
}
