import Synchronization
import Values

/// The bounds of one run: steps, and bytes of the values that it builds.
///
/// Steps are statements, loop passes, expressions' nodes as the interpreter counts them, and elements that a filter
/// visits. Bytes are those of newly built values. They count up; when they reach the limit, `measure` may tell how
/// many bytes are still alive, so that a long run that drops what it builds goes on.
package final class Budget {
    package let maximumSteps: Int
    package let maximumBytes: Int
    // One run uses a budget, on one thread. These are atomics because reading them needs no check for another access
    // that overlaps, which in the innermost loop would cost more than the loop.
    private let stepCount = Atomic(0)
    private let byteCount = Atomic(0)
    package private(set) var steps: Int {
        get { stepCount.load(ordering: .relaxed) }
        set { stepCount.store(newValue, ordering: .relaxed) }
    }
    package private(set) var bytes: Int {
        get { byteCount.load(ordering: .relaxed) }
        set { byteCount.store(newValue, ordering: .relaxed) }
    }
    /// Gives the bytes of all values that the run still holds. Without it every byte ever built counts.
    package var measure: (() -> Int)?

    /// - Parameters:
    ///   - maximumSteps: as `POSTERN_MAX_STEPS`
    ///   - maximumBytes: as `POSTERN_MAX_MEMORY`
    package init(maximumSteps: Int = 50_000_000, maximumBytes: Int = 256 << 20) {
        self.maximumSteps = maximumSteps
        self.maximumBytes = maximumBytes
    }

    /// Counts work of that many steps before it is done.
    ///
    /// - Throws: `StackError` of kind `bound` past the limit.
    @inline(__always)
    package func charge(steps count: Int) throws {
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
        guard !overflow, sum <= maximumBytes else { return try remeasure(adding: count) }
        bytes = sum
    }

    /// Counts again from so many bytes, those that are still alive.
    package func restart(from alive: Int) {
        bytes = alive
    }

    /// Starts again from what is alive. A quarter of the limit must be free, or measuring would cost more than the
    /// work between two measurements.
    private func remeasure(adding count: Int) throws {
        guard let measure else { throw Self.bytesReached(maximumBytes) }
        let (sum, overflow) = measure().addingReportingOverflow(count)
        guard !overflow, sum <= maximumBytes - maximumBytes / 4 else { throw Self.bytesReached(maximumBytes) }
        bytes = sum
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
