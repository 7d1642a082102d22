import Values
import XanoScript

/// Lowers all constructs of a workspace.
struct ProgramBuilder {
    private struct Entry {
        var construct: Construct
        var body: FunctionBody
        var middleware: MiddlewareReferences
        var authentication: String?
    }

    private let constructs: [Construct]
    private let withTests: Bool
    private var names = ProgramNames()
    private var entries: [Entry] = []
    private var diagnostics: [Diagnostic] = []
    private var tests: [LoweredTest] = []
    private var schedules: [Int: [TaskSchedule]] = [:]

    init(constructs: [Construct], schema: (any RecordSchema)?, withTests: Bool = true) {
        self.constructs = constructs
        self.withTests = withTests
        names.schema = schema
        for construct in constructs {
            if case .table(let table) = construct.kind {
                names.tables.append(construct.name)
                names.columns[construct.name] = table.columns
                names.tableConstructs[construct.name] = table
                if table.isAuthentication { names.authenticationTables.insert(construct.name) }
            }
            if case .workspace(let settings) = construct.kind { names.allowsDirectWrites = settings.allowsDirectWrites }
        }
    }

    mutating func build() -> BuiltProgram {
        collect()
        let postProcesses = PostProcessList(first: entries.count)
        var lowered: [LoweredRoutine] = []
        for (number, entry) in entries.enumerated() { lowered.append(lower(entry, number, postProcesses)) }
        lowered += postProcesses.routines
        var states = Reachability(lowered).states()
        if refuseTransactions(&lowered, states) { states = Reachability(lowered).states() }
        diagnostics += lowered.flatMap(\.diagnostics)
        let queries = entries.indices.compactMap { query(entries[$0], $0, states[$0]) }
        return BuiltProgram(
            diagnostics: diagnostics, queries: queries,
            tasks: entries.indices.compactMap { task(entries[$0], $0, states[$0]) }, routines: lowered.map(\.routine),
            functions: names.functions, states: states, tests: tests, names: names,
            postProcesses: postProcesses.programs(states))
    }

    // MARK: Names

    /// Numbers everything first, so that a stack may name what comes later.
    private mutating func collect() {
        let references = MiddlewareReferences.Levels(constructs)
        for construct in constructs {
            switch construct.kind {
            case .query(let query):
                let name = QueryName(group: query.apiGroup ?? "", name: construct.name, verb: query.verb.rawValue)
                names.queries[name] = names.queries[name] ?? entries.count
                add(construct, query.body, references.ofQuery(query, file: construct.file))
            case .function(let function):
                names.functions[construct.name] = names.functions[construct.name] ?? entries.count
                add(construct, function.body, references.ofFunction(function, file: construct.file))
            case .other("addon", let attributes, let blocks):
                let declaration = AddonDeclaration(routine: entries.count, attributes: attributes, blocks: blocks)
                names.addons[construct.name] = names.addons[construct.name] ?? declaration
                add(construct, declaration.body)
            case .middleware(let declared):
                names.middleware[construct.name] = names.middleware[construct.name] ?? entries.count
                add(construct, declared.body)
            case .task(let task):
                names.tasks[construct.name] = names.tasks[construct.name] ?? entries.count
                add(construct, task.body, references.ofTask(task, file: construct.file))
            case .workflowTest(let test) where withTests:
                var body = FunctionBody()
                body.stack = test.stack
                add(construct, body)
            default: break
            }
        }
    }

    private mutating func add(
        _ construct: Construct, _ body: FunctionBody, _ middleware: MiddlewareReferences = MiddlewareReferences()
    ) {
        entries.append(Entry(construct: construct, body: body, middleware: middleware))
    }

    // MARK: Lowering

    private mutating func lower(_ entry: Entry, _ number: Int, _ postProcesses: PostProcessList) -> LoweredRoutine {
        let construct = entry.construct
        let lowering = RoutineLowering(file: construct.file, names: names)
        lowering.postProcesses = postProcesses
        entries[number].authentication = Self.authentication(of: construct, lowering)
        reportCache(entry, lowering)
        if case .workflowTest = construct.kind { lowering.isWorkflowTest = true }
        let inputs = lowering.lower(inputs: entry.body.inputs)
        if !entry.body.inputs.isEmpty { lowering.facts.readsInput = true }
        let body = lowering.lower(block: entry.body.stack)
        if case .other("addon", _, _) = construct.kind { checkAddon(entry.body, lowering) }
        let response = entry.body.response.map { lowering.lower($0) } ?? ConstantNode(.null)
        let chain = resolve(entry.middleware, lowering)
        if withTests {
            tests += entry.body.tests.compactMap { lowering.lower(test: $0, of: construct, routine: number) }
        }
        switch construct.kind {
        case .task(let task): schedules[number] = lowering.lower(schedule: task.schedule)
        case .workflowTest(let test): tests.append(lowering.lower(workflowTest: test, construct, routine: number))
        default: break
        }
        lowering.reportUnassigned(inputs: inputs.fields.map(\.name.string))
        let routine = Routine(
            name: construct.name, inputs: inputs, body: body, response: response,
            responsePlace: construct.file.location(of: entry.body.response?.range ?? construct.nameRange),
            slotCount: lowering.scope.count, variables: lowering.scope.visibleVariables, middleware: chain)
        return lowering.lowered(routine)
    }

    /// The stack of an addon is one query.
    private func checkAddon(_ body: FunctionBody, _ lowering: RoutineLowering) {
        let statements = body.stack.filter { !$0.isDisabled }
        guard let other = statements.first(where: { $0.name != "db.query" }) ?? statements.dropFirst().first else { return }
        lowering.report(
            .type, other.nameRange, "the stack of an addon is one db.query",
            remedy: "put the rest into a function, and run it on the records")
    }

    /// The table of `auth = "user"`; nil for none, which `auth = "none"` says as well.
    private static func authentication(of construct: Construct, _ lowering: RoutineLowering) -> String? {
        guard case .query(let query) = construct.kind, let attribute = query.authentication else { return nil }
        guard let constant = lowering.lower(attribute.value).constant else {
            lowering.report(.type, attribute.value.range, "`auth` is the name of a table", remedy: "write auth = \"user\"")
            return nil
        }
        let name = constant.text.string
        let known = lowering.names.authenticationTables
        if known.contains(name) { return name }
        if !constant.isTruthy || name == "none" { return nil }
        lowering.report(
            .name, attribute.value.range, Identity.objection(to: name, lowering.names),
            remedy: NearestName.of(name, among: known).map { "did you mean \"\($0)\"?" }
                ?? "write `auth = true` into the table of the users")
        return nil
    }

    /// A cache changes nothing but the time that an answer takes, and its age.
    private func reportCache(_ entry: Entry, _ lowering: RoutineLowering) {
        guard let cache = entry.body.attributes.first(where: { $0.name == "cache" }),
            case .object(let rules)? = lowering.lower(cache.value).constant, rules["ttl"]?.isTruthy == true
        else { return }
        lowering.report(
            .unsupported, cache.nameRange, "answers are not cached: the stack runs each time",
            remedy: "keep what takes long with redis.set", severity: .warning)
    }

    private func resolve(_ references: MiddlewareReferences, _ lowering: RoutineLowering) -> MiddlewareChain {
        func chain(_ list: [MiddlewareReferences.Reference]) -> [MiddlewareRoutine] {
            list.compactMap { reference in
                guard let number = names.middleware[reference.name], case .middleware(let declared) = entries[number].construct.kind
                else {
                    lowering.reportUnknown(
                        "middleware", reference.name, reference.range, in: reference.file, among: names.middleware.keys)
                    return nil
                }
                lowering.call(number)
                let construct = entries[number].construct
                return MiddlewareRoutine(
                    name: reference.name, routine: number, policy: declared.exceptionPolicy,
                    strategy: declared.responseStrategy, location: construct.file.location(of: construct.nameRange))
            }
        }
        return MiddlewareChain(pre: chain(references.pre), post: chain(references.post))
    }

    /// Functions that leave the machine, however far down, are not run inside a transaction. True if one was.
    private func refuseTransactions(_ lowered: inout [LoweredRoutine], _ states: [RoutineState]) -> Bool {
        var isRefused = false
        for number in lowered.indices {
            for call in lowered[number].transactionCalls where states[call.function].facts.leavesMachine {
                isRefused = true
                lowered[number].diagnostics.append(
                    Diagnostic(
                        kind: .unsupported, file: lowered[number].file, range: call.range,
                        message: "the function \"\(call.name)\" reaches other machines or sleeps, which the db.transaction around it can't undo",
                        remedy: "move it behind the transaction"))
            }
        }
        return isRefused
    }

    private func task(_ entry: Entry, _ number: Int, _ state: RoutineState) -> TaskProgram? {
        guard case .task(let task) = entry.construct.kind else { return nil }
        return TaskProgram(
            name: entry.construct.name, isActive: task.isActive, schedule: schedules[number] ?? [], facts: state.facts,
            obstacle: state.obstacle, routine: number)
    }

    private func query(_ entry: Entry, _ number: Int, _ state: RoutineState) -> QueryProgram? {
        guard case .query(let query) = entry.construct.kind else { return nil }
        return QueryProgram(
            name: entry.construct.name, group: query.apiGroup, verb: query.verb, facts: state.facts,
            obstacle: state.obstacle, authentication: entry.authentication, routine: number)
    }
}

extension WorkspaceSettings {
    fileprivate var allowsDirectWrites: Bool {
        let preferences = attributes.first { $0.name == "preferences" }?.value
        if case .boolean(true)? = preferences?.entry("direct_query_writes")?.kind { return true }
        return false
    }
}

/// What a program is made of.
struct BuiltProgram {
    var diagnostics: [Diagnostic]
    var queries: [QueryProgram]
    var tasks: [TaskProgram]
    var routines: [Routine]
    var functions: [String: Int]
    var states: [RoutineState]
    var tests: [LoweredTest]
    var names: ProgramNames
    var postProcesses: [PostProcessProgram]
}

/// One construct after it was lowered.
struct LoweredRoutine {
    var routine: Routine
    var file: SourceFile
    var facts: Facts
    var calls: Set<Int>
    /// What it leaves to run after the answer: as supported as the routine itself has to be, and otherwise apart.
    var deferred: Set<Int>
    /// Those of them that stand in a transaction.
    var transactionCalls: [(function: Int, name: String, range: SourceRange)]
    var diagnostics: [Diagnostic]
}

/// Spreads what is known of a routine to everything that runs it.
struct Reachability {
    private let routines: [LoweredRoutine]

    init(_ routines: [LoweredRoutine]) { self.routines = routines }

    func states() -> [RoutineState] {
        var states = routines.map { routine in
            RoutineState(
                facts: routine.facts,
                obstacle: routine.diagnostics.first { $0.kind == .unsupported && $0.severity == .error })
        }
        var callers = Array(repeating: [Int](), count: routines.count)
        var leavers = callers
        for (number, routine) in routines.enumerated() {
            for callee in routine.calls { callers[callee].append(number) }
            for callee in routine.deferred { leavers[callee].append(number) }
        }
        var changed = Array(routines.indices)
        while let callee = changed.popLast() {
            for caller in callers[callee] {
                let before = states[caller]
                states[caller].facts.formUnion(states[callee].facts)
                if states[caller].obstacle == nil { states[caller].obstacle = states[callee].obstacle }
                let isNew = before.facts != states[caller].facts || (before.obstacle == nil) != (states[caller].obstacle == nil)
                if isNew { changed.append(caller) }
            }
            for leaver in leavers[callee] where states[leaver].obstacle == nil && states[callee].obstacle != nil {
                states[leaver].obstacle = states[callee].obstacle
                changed.append(leaver)
            }
        }
        return states
    }
}
