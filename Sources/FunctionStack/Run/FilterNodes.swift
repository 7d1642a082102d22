import Values

/// `base|name:argument`
final class FilterNode: ExpressionNode {
    let base: any ExpressionNode
    let arguments: [any ExpressionNode]
    let implementation: FilterDefinition.Plain
    /// The filter gives its input back with a change: unless the input is moved to it, it copies it first.
    let copiesInput: Bool

    init(
        _ base: any ExpressionNode, _ arguments: [any ExpressionNode], copiesInput: Bool = false,
        _ implementation: @escaping FilterDefinition.Plain
    ) {
        self.base = base
        self.arguments = arguments
        self.copiesInput = copiesInput && !(base is TakingSlotNode)
        self.implementation = implementation
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        // Arguments first: the base may be moved out of its variable.
        let arguments = try FilterArguments(arguments, &machine)
        let input = try base.evaluate(&machine)
        if copiesInput { try machine.charge(entries: input.entryCount) }
        return try machine.checked(implementation(consume input, arguments, machine.run.filters))
    }
}

extension Value {
    /// How many elements or members it has itself.
    var entryCount: Int {
        switch self {
        case .array(let items): items.count
        case .object(let object): object.count
        default: 0
        }
    }
}

/// `base|map:expression`: the expression sees the element as `$$`, its index, the whole and what was accumulated.
final class ElementFilterNode: ExpressionNode {
    /// The variables of the expression.
    struct Slots: Sendable {
        var element: Int
        var index: Int
        var parent: Int
        var result: Int
    }

    let base: any ExpressionNode
    let expression: any ExpressionNode
    let slots: Slots
    /// Whether the expression names `$parent`.
    let needsParent: Bool
    let arguments: [any ExpressionNode]
    let implementation: FilterDefinition.Element

    init(
        _ base: any ExpressionNode, _ expression: any ExpressionNode, _ slots: Slots, needsParent: Bool,
        _ arguments: [any ExpressionNode], _ implementation: @escaping FilterDefinition.Element
    ) {
        self.base = base
        self.expression = expression
        self.slots = slots
        self.needsParent = needsParent
        self.arguments = arguments
        self.implementation = implementation
    }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let arguments = try FilterArguments(arguments, &machine)
        let input = try base.evaluate(&machine)
        if needsParent { machine.set(slots.parent, input) }
        let run = machine.run
        let result = try implementation(
            input,
            { element, accumulated, index in
                try machine.count()
                machine.set(slots.element, element)
                machine.set(slots.index, .integer(Int64(index)))
                machine.set(slots.result, consume accumulated)
                return try expression.evaluate(&machine)
            },
            arguments, run.filters)
        machine.set(slots.element, .null)
        machine.set(slots.result, .null)
        if needsParent { machine.set(slots.parent, .null) }
        return try machine.checked(result)
    }
}

extension FilterArguments {
    init(_ nodes: [any ExpressionNode], _ machine: inout Machine) throws {
        switch nodes.count {
        case 0: self.init()
        case 1: self.init(try nodes[0].evaluate(&machine))
        case 2:
            let first = try nodes[0].evaluate(&machine)
            self.init(first, try nodes[1].evaluate(&machine))
        case 3:
            let first = try nodes[0].evaluate(&machine)
            let second = try nodes[1].evaluate(&machine)
            self.init(first, second, try nodes[2].evaluate(&machine))
        default:
            self.init(try nodes.map { try $0.evaluate(&machine) })
        }
    }
}
