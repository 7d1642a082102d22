import Values
import XanoScript

/// A statement in a stack while it is lowered.
struct StatementUse {
    let statement: Statement
    let lowering: RoutineLowering

    subscript(name: String) -> Expression? { statement[attribute: name]?.value }

    /// The attribute's value; null where it is missing.
    func node(_ name: String) -> any ExpressionNode {
        self[name].map { lowering.lower($0) } ?? ConstantNode(.null)
    }

    /// The attribute's value, or another where it is missing.
    func node(_ name: String, default value: Value) -> any ExpressionNode {
        self[name].map { lowering.lower($0) } ?? ConstantNode(value)
    }

    /// The expression in parentheses, or the variable, after the statement's name.
    var subject: any ExpressionNode {
        switch statement.subject {
        case .parenthesised(let expression), .target(let expression): lowering.lower(expression)
        case .name(let name, _): ConstantNode(.text(name))
        case nil: ConstantNode(.null)
        }
    }

    /// The name after the statement's own: of a table, of a function.
    var subjectName: (text: String, range: SourceRange)? {
        switch statement.subject {
        case .name(let name, let range): return (name, range)
        case .parenthesised(let expression), .target(let expression):
            guard case .text(let text) = expression.kind else { return nil }
            return (text, expression.range)
        case nil: return nil
        }
    }

    /// The variable after the statement's name.
    var target: Assignment? {
        guard case .target(let expression)? = statement.subject else { return nil }
        return lowering.lowerTarget(expression)
    }

    /// The variable after `as`.
    var resultSlot: Int? {
        statement.result.map { lowering.scope.slot(assigning: $0) }
    }

    /// Statements of one of its blocks; no block is an empty one.
    func block(_ name: String) -> BlockNode {
        lowering.lower(block: statement[block: name]?.statements ?? [])
    }

    func report(_ kind: Diagnostic.Kind, _ message: String, remedy: String? = nil) {
        lowering.report(kind, statement.nameRange, message, remedy: remedy)
    }
}

extension RoutineLowering {
    /// `$x`, `$x.name[$i]`: where something is assigned.
    func lowerTarget(_ expression: Expression) -> Assignment? {
        switch expression.kind {
        case .variable(let name):
            return Assignment(slot: scope.slot(assigning: name))
        case .root(.input):
            usesInput = true
            return Assignment(slot: Scope.input)
        // The parser has refused the reserved ones.
        case .root(let root) where root == .error || root == .response:
            return Assignment(slot: scope.slot(assigning: Self.hiddenName(root)))
        case .root(let root) where root != .db && root != .env:
            return Assignment(slot: scope.slot(assigning: root.rawValue))
        case .member(let base, let name):
            return lowerTarget(base).map { Assignment(slot: $0.slot, path: $0.path + [.member(Text(name))]) }
        case .subscripted(let base, let index):
            let index = lower(index)
            return lowerTarget(base).map { Assignment(slot: $0.slot, path: $0.path + [.element(index)]) }
        case .slice(let base, nil, nil):
            return lowerTarget(base).map { Assignment(slot: $0.slot, path: $0.path + [.end]) }
        default:
            report(.type, expression.range, "only a variable, or a place inside one, can be assigned")
            return nil
        }
    }
}
