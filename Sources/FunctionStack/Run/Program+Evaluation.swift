package import Values
import XanoScript

extension Program {
    /// Evaluates the text of one expression, as `postern eval` does.
    ///
    /// - Parameter input: what `$input` is
    /// - Throws: `Diagnostic` if the text is no expression; `StackError` for what it did wrong.
    package static func evaluate(_ expression: String, input: Value = [:], effects: Effects) throws -> Value {
        let (parsed, problems) = Parser.parseExpression(expression)
        if let problem = problems.first(where: { $0.severity == .error }) { throw problem }
        let file = SourceFile(path: "expression", bytes: Array(expression.utf8))
        let lowering = RoutineLowering(file: file, names: ProgramNames())
        let node = parsed.map { lowering.lower($0) } ?? ConstantNode(.null)
        if let problem = lowering.diagnostics.first(where: { $0.severity == .error }) { throw problem }
        var machine = Machine(Run(routines: [], request: nil, effects: effects))
        let value = try machine.call(slots: lowering.scope.count, input: input) { try node.evaluate(&$0) }
        try machine.checkNesting(of: value)
        return value
    }
}
