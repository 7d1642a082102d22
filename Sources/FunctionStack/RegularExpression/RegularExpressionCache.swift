internal import Synchronization
package import Values

/// The regular expressions compiled last, by their source.
package final class RegularExpressionCache: Sendable {
    /// That of the process.
    package static let shared = RegularExpressionCache(capacity: 256)

    private struct State {
        var expressions: [Text: RegularExpression] = [:]
        /// The same, from before the last time that they had become too many.
        var older: [Text: RegularExpression] = [:]
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacity: how many are kept at least; never more than twice as many are.
    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The compiled expression; compiled now if it is none of those used last.
    ///
    /// - Throws: `StackError` if it is malformed.
    package func expression(_ source: Text) throws -> RegularExpression {
        if let known = state.withLock({ $0.expressions[source] }) { return known }
        let known = state.withLock { $0.older[source] }
        let expression = try known ?? RegularExpression(source)
        state.withLock { state in
            if state.expressions.count >= capacity {
                state.older = state.expressions
                state.expressions = [:]
            }
            state.expressions[source] = expression
        }
        return expression
    }

    package var count: Int {
        state.withLock { $0.expressions.count + $0.older.count }
    }
}
