import Values

/// What all calls of one run share.
final class Run: FilterHost {
    let routines: [Routine]
    /// What its stacks may leave to be run after the answer.
    let postProcessPrograms: [PostProcessProgram]
    /// With its body as JSON, once something asked for it.
    private(set) var request: StackRequest?
    let effects: Effects
    let budget: Budget
    let filters: FilterContext
    /// Who is signed in.
    let identity: Identity?
    /// The name of the unit test that this run is of, which chooses the mocks.
    let test: String?
    private let deadline: Int64

    var headers = ResponseHeaders()
    /// The request's headers as `$env.$http_headers` gives them, once something asked for them.
    private(set) lazy var requestHeaders = RequestHeaders(request?.headers ?? [])
    /// What `pre` middleware made of the inputs, for `util.get_raw_input`.
    var changedInput: InputChange?
    /// What a workflow test expected in vain so far.
    var failures: [UnitTestResult.Failure] = []
    /// What is to run once the answer has left.
    var postProcesses: [PostProcessEntry] = []
    /// How many `to_expr` run inside each other.
    var evaluations = 0

    init(
        routines: [Routine], postProcessPrograms: [PostProcessProgram] = [], request: StackRequest?, effects: Effects,
        identity: Identity? = nil, test: String? = nil
    ) {
        self.routines = routines
        self.postProcessPrograms = postProcessPrograms
        self.request = request
        self.effects = effects
        self.identity = identity ?? request?.identity
        self.test = test
        let limits = effects.limits
        budget = Budget(maximumSteps: limits.steps, maximumBytes: limits.memory)
        budget.share = effects.share
        filters = FilterContext(
            clock: effects.clock, random: InjectedRandom(randomBytes: effects.randomBytes), budget: budget)
        let (end, overflow) = effects.monotonicClock().addingReportingOverflow(limits.milliseconds)
        deadline = overflow ? .max : end
        filters.host = self
    }

    /// The request's body.
    ///
    /// - Throws: `StackError` of kind `inputError` if it is not of that encoding.
    func body(as encoding: BodyEncoding) throws -> Value {
        if encoding == .json { request?.parseJSON() }
        // What takes many times the bytes of its text.
        try budget.charge(bytes: (request?.body.count ?? 0) * encoding.growth)
        return try request?.body(as: encoding) ?? .null
    }

    /// For what is computed when a workspace is loaded: constants.
    static func atLoad() -> Run {
        let limits = RunLimits(steps: 1_000_000, memory: 16 << 20, depth: 4, milliseconds: .max)
        let effects = Effects(
            records: nil, limits: limits, clock: { 0 }, monotonicClock: { 0 },
            randomBytes: { Array(repeating: 0, count: $0) }, log: { _ in })
        return Run(routines: [], request: nil, effects: effects)
    }

    /// - Throws: `StackError` past the bound on time.
    func checkTime() throws {
        guard effects.monotonicClock() <= deadline else { throw timeReached }
    }

    /// What ends a run past its time.
    var timeReached: StackError {
        let seconds = effects.limits.milliseconds / 1000
        return StackError(
            .bound("time"),
            Text("The run was stopped after \(seconds) seconds; if it needs more, raise POSTERN_MAX_TIME"))
    }

    /// Milliseconds that the run may still take.
    var timeLeft: Int64 { max(0, deadline - effects.monotonicClock()) }

    /// - Throws: `StackError` where the run reaches nothing but this machine.
    func outbound(_ statement: String) throws -> any OutboundEffects {
        if let outbound = effects.outbound { return outbound }
        guard test == nil else {
            throw StackError.mistake("A test reaches no other machine: give \(statement) a mock with the test's name")
        }
        throw StackError.mistake("This run reaches no other machine, so it can't do \(statement)")
    }

    /// - Throws: `StackError` where the run has no tables.
    func records() throws -> any RecordStore {
        guard let records = effects.records else {
            throw StackError(.fatal(name: nil), "This run has no database: name one with --database")
        }
        // What a statement of the store costs beside its steps inside SQL.
        if let share = budget.share, !share.take(200) { throw WriterShare.Exceeded() }
        return records
    }
}

/// Randomness as the standard library's algorithms take it, from the bytes that a run was given.
struct InjectedRandom: RandomNumberGenerator {
    let randomBytes: (Int) -> [UInt8]

    mutating func next() -> UInt64 {
        randomBytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
