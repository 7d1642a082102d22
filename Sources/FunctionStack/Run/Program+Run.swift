package import Values
import XanoScript

extension Program {
    /// Runs a query for a request: its middleware, its inputs' checks, its stack.
    ///
    /// What the stack did wrong is in the outcome. The caller keeps or undoes what the run wrote, as the outcome says,
    /// so it puts a savepoint around the call.
    ///
    /// - Throws: errors of the storage, which are no business of a stack.
    package func run(_ query: QueryProgram, request: StackRequest, effects: Effects) throws -> Outcome {
        let run = Run(routines: routines, postProcessPrograms: postProcesses, request: request, effects: effects)
        // Whoever takes requests has asked already, before anything is kept of one.
        if let table = query.authentication, request.identity?.table != table { return run.refused(AuthToken.required) }
        return try run.outcome(of: query.routine)
    }

    /// Runs a function by its name.
    ///
    /// - Parameter identity: who is signed in
    /// - Throws: `StackError` for what the stack did wrong; errors of the storage.
    package func runFunction(
        _ name: String, input: Object, effects: Effects, identity: Identity? = nil
    ) throws -> Value {
        var left: [PostProcessEntry] = []
        return try runFunction(name, input: input, effects: effects, identity: identity, left: &left)
    }

    /// - Parameter left: gets what is to run after it.
    package func runFunction(
        _ name: String, input: Object, effects: Effects, identity: Identity?, left: inout [PostProcessEntry]
    ) throws -> Value {
        guard let number = functions[name] else {
            throw StackError(.notFound, Text("There is no function '\(name)'"))
        }
        if let obstacle = states[number].obstacle {
            throw StackError(
                .fatal(name: nil), Text("The function '\(name)' is not supported: \(obstacle.message)"),
                location: obstacle.file.location(of: obstacle.range))
        }
        let run = Run(
            routines: routines, postProcessPrograms: postProcesses, request: nil, effects: effects, identity: identity)
        let value = try run.call(number, input: input)
        left += run.postProcesses
        return value
    }

    /// Runs a task.
    ///
    /// - Returns: what its `return` gave.
    /// - Throws: `StackError` for what the stack did wrong; errors of the storage.
    package func runTask(_ task: TaskProgram, effects: Effects) throws -> Value {
        var left: [PostProcessEntry] = []
        return try runTask(task, effects: effects, left: &left)
    }

    /// - Parameter left: gets what is to run after it.
    package func runTask(_ task: TaskProgram, effects: Effects, left: inout [PostProcessEntry]) throws -> Value {
        let run = Run(routines: routines, postProcessPrograms: postProcesses, request: nil, effects: effects)
        let value = try run.call(task.routine, input: [:])
        left += run.postProcesses
        return value
    }

    /// Runs a task for the queue. What the stack did wrong is in the outcome.
    ///
    /// - Throws: errors of the storage.
    package func run(_ task: TaskProgram, effects: Effects) throws -> Outcome {
        try Run(routines: routines, postProcessPrograms: postProcesses, request: nil, effects: effects).outcome(ofTask: task.routine)
    }
}
