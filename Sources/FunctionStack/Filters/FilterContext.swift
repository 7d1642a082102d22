package import Values

/// What filters may use of the run they belong to: its clock, its randomness and its bounds.
///
/// One run has one context and uses it on one thread.
package final class FilterContext {
    /// The run's time in milliseconds since 1970.
    package let clock: () -> Int64
    package var random: any RandomNumberGenerator
    package let budget: Budget
    /// Parses and runs the text of an expression, for `to_expr`. The interpreter sets it.
    package var evaluate: ((Text) throws -> Value)?

    package init(
        clock: @escaping () -> Int64, random: any RandomNumberGenerator, budget: Budget,
        evaluate: ((Text) throws -> Value)? = nil
    ) {
        self.clock = clock
        self.random = random
        self.budget = budget
        self.evaluate = evaluate
    }
}
