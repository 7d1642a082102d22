@testable import XanoScript

extension Expression {
    /// The tree in one line, each operation in parentheses with what it does first.
    var notation: String {
        switch kind {
        case .null: "null"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .decimal(let value): "\(value)"
        case .text(let text): "\"\(text)\""
        case .word(let word): "'\(word)"
        case .now: "now"
        case .variable(let name): "$\(name)"
        case .root(let root): "@\(root.rawValue)"
        case .element: "$$"
        case .member(let base, let name): "\(base.notation).\(name)"
        case .subscripted(let base, let index): "\(base.notation)[\(index.notation)]"
        case .slice(let base, let from, let to):
            "\(base.notation)[\(from?.notation ?? ""):\(to?.notation ?? "")]"
        case .sequence(let from, let to): "(.. \(from.notation) \(to.notation))"
        case .array(let elements): "[\(elements.map(\.notation).joined(separator: " "))]"
        case .object(let entries):
            "{\(entries.map { "\($0.key.notation): \($0.value.notation)" }.joined(separator: ", "))}"
        case .not(let inner): "(! \(inner.notation))"
        case .negative(let inner): "(- \(inner.notation))"
        case .binary(let operation, let left, let right):
            "(\(operation.kind.rawValue)\(operation.ignoresNull ? "?" : "") \(left.notation) \(right.notation))"
        case .conditional(let condition, let first, let second):
            "(? \(condition.notation) \(first.notation) \(second.notation))"
        case .filter(let base, let filter):
            "(\(([filter.name, base.notation] + filter.arguments.map(\.notation)).joined(separator: " ")))"
        case .cast(let type, let inner): "(as-\(type.rawValue) \(inner.notation))"
        case .invalid: "INVALID"
        }
    }
}
