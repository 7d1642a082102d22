import Synchronization
import Values

/// The bounds of one run: steps, and bytes of the values that it builds.
///
/// Steps are statements, loop passes, expressions' nodes as the interpreter counts them, and elements that a filter
/// visits. Bytes are those of newly built values. They count up; now and then the interpreter measures how many are
/// still alive and starts again from there, so that a long run that drops what it builds goes on.
package final class Budget {
    /// Steps that the run may take.
    package let maximumSteps: Int
    /// Bytes that its values may need.
    package let maximumBytes: Int
    /// What the run may take of the writer's thread, while it is on it.
    var share: WriterShare?
    // One run uses a budget, on one thread. These are atomics because reading them needs no check for another access
    // that overlaps, which in the innermost loop would cost more than the loop.
    private let stepCount = Atomic(0)
    private let byteCount = Atomic(0)
    /// Steps taken so far.
    package private(set) var steps: Int {
        get { stepCount.load(ordering: .relaxed) }
        set { stepCount.store(newValue, ordering: .relaxed) }
    }
    /// Bytes counted since the run began, or since `restart`.
    package private(set) var bytes: Int {
        get { byteCount.load(ordering: .relaxed) }
        set { byteCount.store(newValue, ordering: .relaxed) }
    }

    /// - Parameters:
    ///   - maximumSteps: as `POSTERN_MAX_STEPS`
    ///   - maximumBytes: as `POSTERN_MAX_MEMORY`
    package init(maximumSteps: Int = 50_000_000, maximumBytes: Int = 256 << 20) {
        self.maximumSteps = maximumSteps
        self.maximumBytes = maximumBytes
    }

    /// Does something on the writer's thread, as far as the share allows; nil leaves what bounds there are.
    func sharing<Result>(_ share: WriterShare?, _ body: () throws -> Result) rethrows -> Result {
        guard let share else { return try body() }
        let before = self.share
        self.share = share
        defer { self.share = before }
        return try body()
    }

    /// Counts work of that many steps before it is done.
    ///
    /// - Throws: `StackError` of kind `bound` past the limit; `WriterShare.Exceeded` past the share of the writer's thread.
    @inline(__always)
    package func charge(steps count: Int) throws {
        if let share, !share.take(count) { throw WriterShare.Exceeded() }
        let (sum, overflow) = steps.addingReportingOverflow(count)
        guard !overflow, sum <= maximumSteps else { throw Self.stepsReached(maximumSteps) }
        steps = sum
    }

    /// Counts bytes of a value before it is built.
    ///
    /// - Throws: `StackError` of kind `bound` past the limit.
    @inline(__always)
    package func charge(bytes count: Int) throws {
        let (sum, overflow) = bytes.addingReportingOverflow(count)
        guard !overflow, sum <= maximumBytes else { throw Self.bytesReached(maximumBytes) }
        bytes = sum
    }

    /// Counts again from so many bytes, those that are still alive.
    package func restart(from alive: Int) {
        bytes = alive
    }

    private static func stepsReached(_ limit: Int) -> StackError {
        StackError(
            .bound("steps"),
            Text("The run was stopped after \(limit) steps; if it needs more, raise POSTERN_MAX_STEPS"))
    }

    private static func bytesReached(_ limit: Int) -> StackError {
        StackError(
            .bound("memory"),
            Text(
                "The run was stopped because its values need more than \(limit) bytes; "
                    + "if it needs more, raise POSTERN_MAX_MEMORY"))
    }
}
