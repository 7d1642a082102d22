import Values

/// The state of one run: the variables of all calls that are under way, and what bounds it.
///
/// It is passed `inout` through the nodes of a program, so that no access needs a check at run time.
struct Machine: ~Copyable {
    /// The variables of all calls; those of the innermost begin at `base`.
    private(set) var slots: [Value] = []
    private(set) var base = 0
    /// Whose variables those of the innermost call are.
    private(set) var routine: Routine?
    /// What a `return` gave, until its routine takes it.
    var returned: Value = .null
    /// What a `debug.stop` gave: it ends the run.
    var stopped: Value?
    let run: Run

    private var stepsToCheckpoint = Machine.checkpointSteps
    private var depth = 0
    /// Objects and arrays that may still be built before the nesting of all values is looked at.
    private var buildsToNestingCheck = Machine.nestingCheckBuilds.lowerBound
    /// Bytes at which what is alive is measured again.
    private var bytesToMeasure: Int

    private static let checkpointSteps = 1024
    /// Each built object or array nests at most one level deeper than the values before it, so between two looks a
    /// value may become this much deeper than it should. Looking takes longer the more values there are, so it is
    /// done less often then; past the upper bound freeing a value would need too much of the thread's stack.
    private static let nestingCheckBuilds = 2048...8192

    init(_ run: Run) {
        self.run = run
        bytesToMeasure = run.budget.maximumBytes / 4
    }

    // MARK: Variables

    @inline(__always)
    func value(of slot: Int) -> Value { slots[base &+ slot] }

    @inline(__always)
    mutating func set(_ slot: Int, _ value: consuming Value) { slots[base &+ slot] = value }

    /// Moves a value out of its variable, which holds null until it is set again: what nobody else holds can be
    /// changed without copying it.
    @inline(__always)
    mutating func take(_ slot: Int) -> Value {
        var value = Value.null
        swap(&value, &slots[base &+ slot])
        return value
    }

    /// Changes a variable in place.
    @inline(__always)
    mutating func update<Result>(_ slot: Int, _ body: (inout Value) throws -> Result) rethrows -> Result {
        try body(&slots[base &+ slot])
    }

    // MARK: Calls

    /// Runs a body with variables of its own, all null but the first, the input.
    mutating func call<Result>(
        slots count: Int, routine: Routine? = nil, input: consuming Value,
        _ body: (inout Machine) throws -> Result
    ) throws -> Result {
        guard depth < run.effects.limits.depth else { throw Self.depthReached(run.effects.limits.depth) }
        let caller = self.routine
        self.routine = routine
        let callerBase = base
        let callerCount = slots.count
        base = callerCount
        depth += 1
        slots.append(input)
        if count > 1 { slots.append(contentsOf: repeatElement(.null, count: count - 1)) }
        defer {
            slots.removeLast(slots.count - callerCount)
            base = callerBase
            self.routine = caller
            depth -= 1
        }
        return try body(&self)
    }

    // MARK: Bounds

    /// Counts a statement, or a round of a loop. No value is in the making then but those of variables.
    @inline(__always)
    mutating func step() throws {
        try count()
        if run.budget.bytes > bytesToMeasure { try measure() }
    }

    /// Counts a round inside an expression.
    @inline(__always)
    mutating func count() throws {
        stepsToCheckpoint &-= 1
        if stepsToCheckpoint <= 0 { try checkpoint() }
    }

    /// Counts bytes of a value before it is built.
    @inline(__always)
    func charge(bytes: Int) throws {
        try run.budget.charge(bytes: bytes)
    }

    /// Counts what came from outside: a record, a body.
    func charge(received value: borrowing Value) throws {
        var survey = Survey()
        survey.add(value)
        guard !survey.isTooDeep else { throw Self.nestingReached() }
        try run.budget.charge(bytes: survey.bytes)
    }

    /// Counts an object or an array of so many entries before it is built.
    @inline(__always)
    mutating func charge(entries: Int) throws {
        try run.budget.charge(bytes: 32 &+ entries &* 40)
        try countBuild()
    }

    /// Counts what a filter built.
    @inline(__always)
    mutating func checked(_ value: consuming Value) throws -> Value {
        switch value {
        case .array, .object: try countBuild()
        default: break
        }
        return value
    }

    @inline(__always)
    private mutating func countBuild() throws {
        buildsToNestingCheck &-= 1
        if buildsToNestingCheck <= 0 { try checkNesting() }
    }

    private mutating func checkpoint() throws {
        stepsToCheckpoint = Self.checkpointSteps
        try run.budget.charge(steps: Self.checkpointSteps)
        try run.checkTime()
    }

    /// Starts to count bytes again from those that are alive.
    ///
    /// What is shared is counted once for each holder, so the sum of all that was ever built bounds the estimate.
    private mutating func measure() throws {
        let alive = min(try survey().bytes, run.budget.bytes)
        guard alive <= run.budget.maximumBytes else { throw Self.memoryReached(run.budget.maximumBytes) }
        run.budget.restart(from: alive)
        bytesToMeasure = min(alive + max(alive / 2, run.budget.maximumBytes / 4), run.budget.maximumBytes)
    }

    private mutating func checkNesting() throws {
        let range = Self.nestingCheckBuilds
        buildsToNestingCheck = min(max(try survey().count / 16, range.lowerBound), range.upperBound)
    }

    private func survey() throws -> Survey {
        var survey = Survey()
        for slot in slots { survey.add(slot) }
        survey.add(returned)
        guard !survey.isTooDeep else { throw Self.nestingReached() }
        return survey
    }

    /// Looks at a value that is about to leave the run.
    func checkNesting(of value: Value) throws {
        guard !value.isDeeper(than: Value.maximumDepth) else { throw Self.nestingReached() }
    }

    private static func depthReached(_ limit: Int) -> StackError {
        StackError(
            .bound("depth"),
            Text("The run was stopped at \(limit) calls within each other; if it needs more, raise POSTERN_MAX_DEPTH"))
    }

    private static func memoryReached(_ limit: Int) -> StackError {
        StackError(
            .bound("memory"),
            Text("The run was stopped because its values need more than \(limit) bytes; if it needs more, raise POSTERN_MAX_MEMORY"))
    }

    private static func nestingReached() -> StackError {
        StackError(
            .bound("nesting"),
            Text("The run was stopped because a value nests more than \(Value.maximumDepth) objects or arrays within each other"))
    }
}

/// The number and estimated size of values, and whether one nests too deep.
private struct Survey {
    private(set) var count = 0
    private(set) var bytes = 0
    private(set) var isTooDeep = false

    mutating func add(_ value: borrowing Value) {
        add(value, depth: 0)
    }

    private mutating func add(_ value: borrowing Value, depth: Int) {
        guard depth <= Value.maximumDepth else {
            isTooDeep = true
            return
        }
        count += 1
        switch value {
        case .null, .boolean, .integer, .decimal:
            bytes += 24
        case .text(let text):
            bytes += 24 + text.byteCount
        case .array(let items):
            bytes += 32
            for item in items { add(item, depth: depth + 1) }
        case .object(let object):
            bytes += 32
            for (key, value) in object {
                bytes += 16 + key.byteCount
                add(value, depth: depth + 1)
            }
        }
    }
}
