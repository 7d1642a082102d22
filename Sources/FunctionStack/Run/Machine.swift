import Values

/// The state of one run: the variables of all calls that are under way, and what bounds it.
///
/// It is passed `inout` through the nodes of a program, so that no access needs a check at run time.
struct Machine: ~Copyable {
    /// The variables of all calls; those of the innermost begin at `base`.
    var slots: [Value] = []
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
    private var buildsToNestingCheck = Machine.nestingCheckBuilds
    /// Bytes at which what is alive is measured again.
    private var bytesToMeasure: Int

    private static let checkpointSteps = 1024
    /// Each built object or array nests at most one level deeper than the values before it, so between two looks a
    /// value may become this much deeper than it should. Freeing one takes some 200 bytes of the thread's stack for
    /// each level: a thread that runs stacks needs 8 MB.
    private static let nestingCheckBuilds = 16_384

    init(_ run: Run) {
        self.run = run
        slots.reserveCapacity(64)
        bytesToMeasure = run.budget.maximumBytes / 4
    }

    // MARK: Variables

    @inline(__always)
    func value(of slot: Int) -> Value {
        // Copying a number needs no call.
        if case .integer(let number) = slots[base &+ slot] { return .integer(number) }
        return slots[base &+ slot]
    }

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
    func charge(received value: Value) throws {
        try run.budget.charge(bytes: value.estimatedSize())
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

    @inline(never)
    private mutating func checkpoint() throws {
        stepsToCheckpoint = Self.checkpointSteps
        try run.budget.charge(steps: Self.checkpointSteps)
        try run.checkTime()
    }

    /// Starts to count bytes again from those that are alive.
    ///
    /// What is shared is counted once for each holder, so the sum of all that was ever built bounds the estimate.
    @inline(never)
    private mutating func measure() throws {
        var size = returned.estimatedSize()
        for slot in slots { size += slot.estimatedSize() }
        let alive = min(size, run.budget.bytes)
        guard alive <= run.budget.maximumBytes else { throw Self.memoryReached(run.budget.maximumBytes) }
        run.budget.restart(from: alive)
        bytesToMeasure = min(alive + max(alive / 2, run.budget.maximumBytes / 4), run.budget.maximumBytes)
    }

    @inline(never)
    private mutating func checkNesting() throws {
        buildsToNestingCheck = Self.nestingCheckBuilds
        for slot in slots { try checkNesting(of: slot) }
    }

    /// Looks at a value that is about to leave the run.
    func checkNesting(of value: Value) throws {
        guard !value.isDeeper(than: Value.maximumDepth) else { throw Self.nestingReached() }
    }

    /// Looks at two values that are about to be compared: of those that hold themselves many times over, comparing has
    /// no end.
    @inline(__always)
    func checkComparison(_ left: Value, _ right: Value) throws {
        switch (left, right) {
        case (.array, .array), (.object, .object), (.array, .object), (.object, .array): try checkNesting(of: left)
        default: break
        }
    }

    private static func depthReached(_ limit: Int) -> StackError {
        StackError(
            .bound("depth"),
            Text("The run was stopped at \(limit) calls within each other; if it needs more, raise POSTERN_MAX_DEPTH"))
    }

    static func memoryReached(_ limit: Int) -> StackError {
        StackError(
            .bound("memory"),
            Text("The run was stopped because its values need more than \(limit) bytes; if it needs more, raise POSTERN_MAX_MEMORY"))
    }

    private static func nestingReached() -> StackError {
        StackError(
            .bound("nesting"),
            Text("The run was stopped because a value nests more than \(Value.maximumDepth) objects or arrays within each other, or holds millions of them"))
    }
}

extension Value {
    /// About how many bytes the value takes. What nests deeper than values may is left out, and so is what comes after
    /// four million arrays and objects: a value that holds another twice, again and again, would have no end.
    package func estimatedSize() -> Int {
        var visits = 1 << 22
        return estimatedSize(depth: 0, visits: &visits)
    }

    private func estimatedSize(depth: Int, visits: inout Int) -> Int {
        switch self {
        case .null, .boolean, .integer, .decimal:
            return 32
        case .text(let text):
            return 32 + text.byteCount
        case .array(let items):
            visits -= 1
            var size = 64
            guard depth < Value.maximumDepth else { return size }
            for item in items where visits > 0 { size += item.estimatedSize(depth: depth + 1, visits: &visits) }
            return size
        case .object(let object):
            visits -= 1
            var size = 64
            guard depth < Value.maximumDepth else { return size }
            for (key, value) in object where visits > 0 {
                size += 16 + key.byteCount + value.estimatedSize(depth: depth + 1, visits: &visits)
            }
            return size
        }
    }
}
