import Values
import XanoScript

extension Run {
    /// `to_expr` inside of what `to_expr` runs: so deep, an expression that makes itself anew is stopped.
    private static let maximumEvaluations = 8

    /// Runs a text as an expression, for `to_expr`. It may name no variables: a text that came from outside must not
    /// read the environment or another variable.
    ///
    /// - Throws: `StackError` for what is no expression or names a variable; what the expression throws; the bounds.
    func evaluate(_ text: Text) throws -> Value {
        guard let source = text.validString else { throw StackError.mistake("to_expr expects text in UTF-8") }
        guard evaluations < Self.maximumEvaluations else {
            throw StackError.mistake("to_expr runs inside itself more than \(Self.maximumEvaluations) times")
        }
        evaluations += 1
        defer { evaluations -= 1 }
        // A byte makes a node at most; both cost about the same.
        try budget.charge(steps: text.byteCount)
        try budget.charge(bytes: text.byteCount * 100)
        let (parsed, problems) = Parser.parseExpression(source, path: "to_expr")
        guard let parsed, !problems.contains(where: { $0.severity == .error }) else {
            throw StackError.mistake("to_expr: \(problems.first?.message ?? "this is no expression")")
        }
        guard !parsed.namesVariable else { throw StackError.mistake("to_expr runs expressions without variables only") }
        let lowering = RoutineLowering(file: SourceFile(path: "to_expr", bytes: text.bytes), names: ProgramNames())
        let node = lowering.lower(parsed)
        if let problem = lowering.diagnostics.first(where: { $0.severity == .error }) {
            throw StackError.mistake("to_expr: \(problem.message)")
        }
        var machine = Machine(self)
        return try machine.call(slots: max(lowering.scope.count, 1), input: .null) { try node.evaluate(&$0) }
    }
}

extension Expression {
    /// Whether a variable is read anywhere in it, apart from the element that a filter gives.
    fileprivate var namesVariable: Bool {
        switch kind {
        case .null, .boolean, .integer, .decimal, .text, .word, .now, .element, .invalid: false
        case .variable: true
        case .root(let root): ![.this, .result, .index, .parent].contains(root)
        case .member(let base, _): base.namesVariable
        case .subscripted(let base, let index): base.namesVariable || index.namesVariable
        case .slice(let base, let from, let to):
            base.namesVariable || from?.namesVariable ?? false || to?.namesVariable ?? false
        case .sequence(let from, let to): from.namesVariable || to.namesVariable
        case .array(let items): items.contains(where: \.namesVariable)
        case .object(let entries): entries.contains { $0.key.namesVariable || $0.value.namesVariable }
        case .not(let operand), .negative(let operand), .cast(_, let operand): operand.namesVariable
        case .binary(_, let left, let right): left.namesVariable || right.namesVariable
        case .conditional(let test, let first, let second):
            test.namesVariable || first.namesVariable || second.namesVariable
        case .filter(let base, let filter): base.namesVariable || filter.arguments.contains(where: \.namesVariable)
        }
    }
}
