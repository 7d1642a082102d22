import Values

/// What filters may use of the run they belong to: its clock, its randomness and its bounds.
///
/// One run has one context and uses it on one thread.
package final class FilterContext {
    /// The run's time in milliseconds since 1970.
    package let clock: () -> Int64
    /// Where `uuid`, `shuffle` and their like take their randomness.
    package var random: any RandomNumberGenerator
    /// What filters charge for the elements they visit and the values they build.
    package let budget: Budget
    /// The run; it outlives its context.
    unowned var host: (any FilterHost)?
    private var ticksToCheck = FilterContext.ticksBetweenChecks

    private static let ticksBetweenChecks = 1024

    /// A context without a run: `to_expr` refuses to work, and nothing ends when time is up.
    package init(clock: @escaping () -> Int64, random: any RandomNumberGenerator, budget: Budget) {
        self.clock = clock
        self.random = random
        self.budget = budget
    }

    /// Called for each comparison or element by a filter that works through much in one step: such a step has to end
    /// when the run's time is up.
    ///
    /// - Throws: the bound's `StackError`.
    @inline(__always)
    func tick() throws {
        ticksToCheck &-= 1
        if ticksToCheck < 0 { try checkTime() }
    }

    private func checkTime() throws {
        ticksToCheck = Self.ticksBetweenChecks
        try host?.checkTime()
    }
}

/// The run that filters belong to.
protocol FilterHost: AnyObject {
    /// Parses and runs the text of an expression, for `to_expr`.
    func evaluate(_ text: Text) throws -> Value
    /// - Throws: `StackError` past the bound on time.
    func checkTime() throws
}
