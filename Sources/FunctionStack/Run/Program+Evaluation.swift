package import Values
package import XanoScript

extension Program {
    /// Evaluates the text of one expression, as `postern eval` does.
    ///
    /// - Parameter input: what `$input` is
    /// - Throws: `ExpressionError` if the text is no expression; `StackError` for what it did wrong.
    package static func evaluate(_ expression: String, input: Value = [:], effects: Effects) throws -> Value {
        let (parsed, problems) = Parser.parseExpression(expression)
        guard let parsed, !problems.contains(where: { $0.severity == .error }) else {
            throw ExpressionError(diagnostics: problems)
        }
        let file = SourceFile(path: "expression", bytes: Array(expression.utf8))
        let lowering = RoutineLowering(file: file, names: ProgramNames())
        let node = lowering.lower(parsed)
        guard !lowering.diagnostics.contains(where: { $0.severity == .error }) else {
            throw ExpressionError(diagnostics: lowering.diagnostics)
        }
        var machine = Machine(Run(routines: [], request: nil, effects: effects))
        let value = try machine.call(slots: lowering.scope.count, input: input) { try node.evaluate(&$0) }
        try machine.checkNesting(of: value)
        return value
    }
}

/// Why a text is no expression that can be evaluated.
package struct ExpressionError: Error, Sendable {
    package let diagnostics: [Diagnostic]
}
