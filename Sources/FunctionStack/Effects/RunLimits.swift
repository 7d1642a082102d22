/// The bounds of one run of a stack. Reaching one ends the run with a 500 that names it in the log; no
/// `try_catch` catches it.
package struct RunLimits: Sendable, Equatable {
    /// Statements, rounds of loops and elements that a filter's expression looks at.
    package var steps: Int
    /// Bytes of the values that a run holds at one time, by estimate.
    package var memory: Int
    /// Calls of functions within each other.
    package var depth: Int
    /// Milliseconds from the start of the run.
    package var milliseconds: Int64

    /// The defaults of `POSTERN_MAX_STEPS`, `POSTERN_MAX_MEMORY`, `POSTERN_MAX_DEPTH`, `POSTERN_MAX_TIME`.
    package init(
        steps: Int = 50_000_000, memory: Int = 256 << 20, depth: Int = 256, milliseconds: Int64 = 60_000
    ) {
        self.steps = steps
        self.memory = memory
        self.depth = depth
        self.milliseconds = milliseconds
    }
}
