package import XanoScript

/// A task as it is run.
package struct TaskProgram: Sendable {
    package let name: String
    /// `active = false`: only somebody who names it runs it.
    package let isActive: Bool
    package let schedule: [TaskSchedule]
    /// Of the task and everything it reaches.
    package let facts: Facts
    /// What it reaches that is not supported, if it does.
    package let obstacle: Diagnostic?
    /// Its number among the routines.
    let routine: Int

    /// The first time that is later than a moment at which the task is to run by itself, or nil if there is none.
    package func nextRun(after moment: Int64) -> Int64? {
        guard isActive else { return nil }
        return schedule.compactMap { $0.next(after: moment) }.min()
    }
}

extension Program {
    /// The task of a name, unless it reaches something that is not supported.
    package func task(_ name: String) -> Lookup<TaskProgram> {
        guard let task = tasks.first(where: { $0.name == name }) else { return .missing }
        return task.obstacle.map(Lookup.unsupported) ?? .ready(task)
    }
}
