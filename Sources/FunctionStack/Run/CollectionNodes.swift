import Values

/// `[a, b]`
final class ArrayNode: ExpressionNode {
    let items: [any ExpressionNode]

    init(_ items: [any ExpressionNode]) { self.items = items }

    func evaluate(_ machine: inout Machine) throws -> Value {
        try machine.charge(entries: items.count)
        var values: [Value] = []
        values.reserveCapacity(items.count)
        for item in items { values.append(try item.evaluate(&machine)) }
        return .array(values)
    }
}

/// `{a: b}`
final class ObjectNode: ExpressionNode {
    enum Key: Sendable {
        case constant(Text)
        case computed(any ExpressionNode)
    }

    let entries: [(key: Key, value: any ExpressionNode)]

    init(_ entries: [(key: Key, value: any ExpressionNode)]) { self.entries = entries }

    func evaluate(_ machine: inout Machine) throws -> Value {
        try machine.charge(entries: entries.count)
        var object = Object(capacity: entries.count)
        for entry in entries {
            let key =
                switch entry.key {
                case .constant(let text): text
                case .computed(let node): try node.evaluate(&machine).text
                }
            object[key] = try entry.value.evaluate(&machine)
        }
        return .object(object)
    }
}

/// `(from..to)`, both ends included.
final class SequenceNode: ExpressionNode {
    let from: any ExpressionNode
    let to: any ExpressionNode

    init(from: any ExpressionNode, to: any ExpressionNode) {
        self.from = from
        self.to = to
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let (first, last) = try bounds(&machine)
        let isRising = first <= last
        let (distance, overflow) = (isRising ? last : first).subtractingReportingOverflow(isRising ? first : last)
        guard !overflow, distance < .max / 64 else { throw StackError.overflow("a range") }
        try machine.charge(entries: Int(distance) + 1)
        return .array(stride(from: first, through: last, by: isRising ? 1 : -1).map(Value.integer))
    }

    func bounds(_ machine: inout Machine) throws -> (first: Int64, last: Int64) {
        let first = try from.evaluate(&machine).integer(for: "a range")
        return (first, try to.evaluate(&machine).integer(for: "a range"))
    }
}
