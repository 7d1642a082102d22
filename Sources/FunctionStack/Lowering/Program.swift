package import XanoScript

/// A workspace as it is run: everything lowered once, names resolved, what can't run set apart.
package final class Program: Sendable {
    /// What is wrong with the workspace's stacks, with places. Those of kind `unsupported` spoil only what reaches
    /// them; after any other error the program is not to be used.
    package let diagnostics: [Diagnostic]
    /// All queries in the order of the workspace's `queries`, those that can't run too.
    let queries: [QueryProgram]
    /// All tasks, those that can't run too.
    package let tasks: [TaskProgram]

    let routines: [Routine]
    let functions: [String: Int]
    let states: [RoutineState]
    let tests: [LoweredTest]
    let names: ProgramNames
    let postProcesses: [PostProcessProgram]

    init(
        diagnostics: [Diagnostic], queries: [QueryProgram], tasks: [TaskProgram], routines: [Routine], functions: [String: Int],
        states: [RoutineState], tests: [LoweredTest], names: ProgramNames, postProcesses: [PostProcessProgram]
    ) {
        self.diagnostics = diagnostics
        self.queries = queries
        self.tasks = tasks
        self.routines = routines
        self.functions = functions
        self.states = states
        self.tests = tests
        self.names = names
        self.postProcesses = postProcesses
    }

    /// Lowers a workspace that has been read.
    ///
    /// - Parameters:
    ///   - schema: its tables, as the store will have them; without one, tables and columns are not checked
    ///   - withTests: whether its tests are lowered too: a process that serves it, for one request perhaps, runs none
    package convenience init(_ workspace: Workspace, schema: (any RecordSchema)?, withTests: Bool = true) {
        var builder = ProgramBuilder(constructs: workspace.constructs, schema: schema, withTests: withTests)
        self.init(builder.build())
    }

    /// Lowers constructs that were parsed one by one; their queries keep their order.
    package convenience init(constructs: [Construct], schema: (any RecordSchema)? = nil) {
        var builder = ProgramBuilder(constructs: constructs, schema: schema)
        self.init(builder.build())
    }

    private convenience init(_ built: BuiltProgram) {
        self.init(
            diagnostics: built.diagnostics, queries: built.queries, tasks: built.tasks, routines: built.routines,
            functions: built.functions, states: built.states, tests: built.tests, names: built.names,
            postProcesses: built.postProcesses)
    }

    /// Whether a part of a program may be run.
    package enum Lookup<Target: Sendable>: Sendable {
        case missing
        case ready(Target)
        /// It reaches something that is not supported; the diagnostic says what and where.
        case unsupported(Diagnostic)
    }

    /// The program of a query that routing found, by its index in the workspace's `queries`.
    package func query(at index: Int) -> Lookup<QueryProgram> {
        queries.indices.contains(index) ? lookup(queries[index]) : .missing
    }

    /// Whether a function may be run.
    package func function(_ name: String) -> Lookup<String> {
        guard let number = functions[name] else { return .missing }
        return states[number].obstacle.map(Lookup.unsupported) ?? .ready(name)
    }

    private func lookup(_ query: QueryProgram) -> Lookup<QueryProgram> {
        query.obstacle.map(Lookup.unsupported) ?? .ready(query)
    }
}

/// A query as it is run.
package final class QueryProgram: Sendable {
    package let name: String
    /// The name of its API group.
    package let group: String?
    package let verb: Verb
    /// Of the query and everything it reaches.
    package let facts: Facts
    /// What it reaches that is not supported, if it does.
    let obstacle: Diagnostic?
    /// The table whose users may call it; nil if anybody may whom the location lets in.
    package let authentication: String?
    /// Its number among the routines.
    let routine: Int

    init(
        name: String, group: String?, verb: Verb, facts: Facts, obstacle: Diagnostic?, authentication: String?,
        routine: Int
    ) {
        self.name = name
        self.group = group
        self.verb = verb
        self.facts = facts
        self.obstacle = obstacle
        self.authentication = authentication
        self.routine = routine
    }

    /// Whether a run will want the body as JSON. Then `StackRequest.parseJSON` may be called ahead of it, on a thread
    /// that has the time.
    package func readsJSON(_ request: StackRequest) -> Bool {
        if request.body.isEmpty { return false }
        if facts.readsRawJSON { return true }
        return facts.readsInput && BodyEncoding(contentType: request.contentType) == .json
    }
}

/// What is known of a routine beside its nodes.
struct RoutineState: Sendable {
    var facts: Facts
    var obstacle: Diagnostic?
}
