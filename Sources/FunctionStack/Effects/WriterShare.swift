import Values

/// What a run may take of the writer's thread, where it holds up everybody else: its own steps, and those inside SQL,
/// which whoever runs the statements counts by `take`.
///
/// It is used on one thread at a time.
package final class WriterShare {
    package let maximum: Int
    private var taken = 0

    package init(maximum: Int) {
        self.maximum = maximum
    }

    /// Whether the run took more than it has.
    package var isExceeded: Bool { taken > maximum }

    /// Counts so many steps before they are made.
    ///
    /// - Returns: whether the run has as many left.
    package func take(_ steps: Int) -> Bool {
        let (sum, overflow) = taken.addingReportingOverflow(steps)
        taken = overflow ? .max : sum
        return !isExceeded
    }

    /// Ends a run on the writer's thread: no error of a stack, no `try_catch` sees it.
    package struct Exceeded: Error {
        package init() {}
    }
}
