import Values
import XanoScript

extension RoutineLowering {
    /// A variable whose old value an assignment no longer needs.
    struct Taking {
        var name: String
        var isSafe: @Sendable (borrowing Value) -> Bool
    }

    /// - Parameter taking: the variable that may be moved out of its slot, if the expression begins with it
    func lower(_ expression: Expression, taking: Taking? = nil) -> any ExpressionNode {
        switch expression.kind {
        case .null, .invalid: return ConstantNode(.null)
        case .boolean(let value): return ConstantNode(.boolean(value))
        case .integer(let value): return ConstantNode(.integer(value))
        case .decimal(let value): return ConstantNode(.decimal(value))
        case .text(let value), .word(let value): return ConstantNode(.text(value))
        case .now: return ClockNode()
        case .variable(let name): return lowerVariable(name, expression.range, taking)
        case .root(let root): return lowerRoot(root, expression.range, taking)
        case .element: return lowerElement(expression.range)
        case .member(let base, let name): return lowerMapping(expression) ?? lowerMember(base, name)
        case .subscripted(let base, let index): return lowerMapping(expression) ?? lowerSubscript(base, index)
        case .slice(let base, let from, let to):
            return folded(SliceNode(lower(base), from: from.map { lower($0) }, to: to.map { lower($0) }), [base, from, to])
        case .sequence(let from, let to):
            return SequenceNode(from: lower(from), to: lower(to))
        case .array(let items): return lowerArray(items)
        case .object(let entries): return lowerObject(entries)
        case .not(let operand): return folded(NotNode(lower(operand)), [operand])
        case .negative(let operand): return folded(NegativeNode(lower(operand)), [operand])
        case .binary(let symbol, let left, let right): return lowerBinary(symbol, left, right, taking)
        case .conditional(let test, let first, let second):
            return lowerConditional(test, first, second)
        case .filter(let base, let filter): return lowerFilter(base, filter, taking)
        case .cast(let type, let operand): return lowerCast(type, operand, expression.range)
        }
    }

    private func lowerVariable(_ name: String, _ range: SourceRange, _ taking: Taking?) -> any ExpressionNode {
        let slot = read(name, range)
        if let taking, taking.name == name { return TakingSlotNode(slot, isSafe: taking.isSafe) }
        return SlotNode(slot)
    }

    private func lowerRoot(_ root: Root, _ range: SourceRange, _ taking: Taking?) -> any ExpressionNode {
        switch root {
        case .input:
            usesInput = true
            return SlotNode(Scope.input)
        case .env:
            facts.readsRequest = true
            return WholeEnvironmentNode()
        case .auth: return IdentityNode()
        case .this: return lowerElementVariable(root, range) { $0.element }
        case .index: return lowerElementVariable(root, range) { $0.index }
        case .result:
            if let taking, taking.name == Self.hiddenName(.result), let innermost = elements.last {
                return TakingSlotNode(innermost.result, isSafe: taking.isSafe)
            }
            return lowerElementVariable(root, range) { $0.result }
        case .parent:
            if !parentUses.isEmpty { parentUses[parentUses.count - 1] = true }
            return lowerElementVariable(root, range) { $0.parent }
        case .response where scope.assigned.contains(root.rawValue): return SlotNode(read(root.rawValue, range))
        case .output where scope.assigned.contains(root.rawValue): return SlotNode(read(root.rawValue, range))
        case .response, .error: return SlotNode(scope.slot(reading: Self.hiddenName(root)))
        case .db:
            report(.type, range, "$db stands for columns, which only a where, an eval or a join knows")
            return ConstantNode(.null)
        case .output:
            if let outputSlot { return SlotNode(outputSlot) }
            report(
                .name, range, "$output is the record of an addon, and there is none, so it is null", severity: .warning)
            return ConstantNode(.null)
        case .webflow, .toolset, .args:
            if scope.assigned.contains(root.rawValue) { return SlotNode(read(root.rawValue, range)) }
            report(.unsupported, range, "$\(root.rawValue) belongs to agents and tools, which are not supported")
            return ConstantNode(.null)
        }
    }

    /// A name that no variable can have.
    static func hiddenName(_ root: Root) -> String { "$" + root.rawValue }

    /// Outside a filter's expression `$this`, `$index` and `$result` are variables like others.
    private func lowerElementVariable(
        _ root: Root, _ range: SourceRange, _ slot: (ElementFilterNode.Slots) -> Int
    ) -> any ExpressionNode {
        if let innermost = elements.last { return SlotNode(slot(innermost)) }
        return SlotNode(read(root.rawValue, range))
    }

    private func lowerElement(_ range: SourceRange) -> any ExpressionNode {
        guard let innermost = elements.last else {
            report(
                .type, range, "$$ is the element of a list, and no filter around it walks through one, so it is null",
                remedy: "use it in the expression of map, filter, find, some, every or reduce", severity: .warning)
            return ConstantNode(.null)
        }
        return SlotNode(innermost.element)
    }

    private func lowerMember(_ base: Expression, _ name: String) -> any ExpressionNode {
        if case .root(.env) = base.kind {
            guard name.hasPrefix("$") else { return EnvironmentNode(Text(name)) }
            guard let known = SystemVariableNode.Name(rawValue: name) else {
                reportUnknown(
                    "system variable", name, base.range, among: SystemVariableNode.Name.allCases.map(\.rawValue))
                return ConstantNode(.null)
            }
            facts.readsRequest = true
            return SystemVariableNode(known)
        }
        // Exports have `$env.workspace.NAME` beside `$env.NAME`.
        if case .member(let root, "workspace") = base.kind, case .root(.env) = root.kind {
            return EnvironmentNode(Text(name))
        }
        let node = lower(base)
        if let variable = node as? SystemVariableNode, variable.name == .requestHeaders {
            return RequestHeaderNode(ConstantNode(.text(name)))
        }
        if let constant = node.constant { return ConstantNode(constant.member(Text(name))) }
        if let slot = node as? SlotNode { return SlotPathNode(slot.slot, [Text(name)]) }
        if let path = node as? SlotPathNode { return SlotPathNode(path.slot, path.names + [Text(name)]) }
        return MemberNode(node, Text(name))
    }

    private func lowerSubscript(_ base: Expression, _ index: Expression) -> any ExpressionNode {
        let node = lower(base)
        let index = lower(index)
        if let variable = node as? SystemVariableNode, variable.name == .requestHeaders {
            return RequestHeaderNode(index)
        }
        let result = SubscriptNode(node, index)
        return node.constant != nil && index.constant != nil ? evaluatedAtLoad(result) : result
    }

    private func lowerArray(_ items: [Expression]) -> any ExpressionNode {
        let nodes = items.map { lower($0) }
        let result = ArrayNode(nodes)
        return nodes.allSatisfy { $0.constant != nil } ? evaluatedAtLoad(result) : result
    }

    private func lowerObject(_ entries: [ObjectEntry]) -> any ExpressionNode {
        var isConstant = true
        let lowered = entries.map { entry -> (key: ObjectNode.Key, value: any ExpressionNode) in
            let key = lower(entry.key)
            let value = lower(entry.value)
            isConstant = isConstant && key.constant != nil && value.constant != nil
            return (key.constant.map { .constant($0.text) } ?? .computed(key), value)
        }
        let result = ObjectNode(lowered)
        return isConstant ? evaluatedAtLoad(result) : result
    }

    private func lowerConditional(_ test: Expression, _ first: Expression, _ second: Expression) -> any ExpressionNode {
        let test = lower(test)
        let first = lower(first)
        let second = lower(second)
        if let constant = test.constant { return constant.isTruthy ? first : second }
        return ConditionalNode(test, first, second)
    }

    // MARK: Constants

    /// The node's value instead of the node, if all it is made of are literals.
    func folded(_ node: any ExpressionNode, _ operands: [Expression?]) -> any ExpressionNode {
        operands.allSatisfy { $0.map(\.isLiteral) ?? true } ? evaluatedAtLoad(node) : node
    }

    /// The node's value instead of the node; the node itself if it is an error, which then happens when it runs.
    func evaluatedAtLoad(_ node: any ExpressionNode) -> any ExpressionNode {
        var machine = Machine(Run.atLoad())
        guard let value = try? machine.call(slots: 1, input: .null, { try node.evaluate(&$0) }) else { return node }
        return ConstantNode(value)
    }
}

extension Expression {
    /// Has the same value in every run.
    var isLiteral: Bool {
        switch kind {
        case .null, .boolean, .integer, .decimal, .text, .word: true
        case .array(let items): items.allSatisfy(\.isLiteral)
        case .object(let entries): entries.allSatisfy { $0.key.isLiteral && $0.value.isLiteral }
        case .not(let operand), .negative(let operand): operand.isLiteral
        case .binary(_, let left, let right): left.isLiteral && right.isLiteral
        default: false
        }
    }

    /// How often a variable is named, or a root by its hidden name.
    func uses(of name: String) -> Int {
        switch kind {
        case .root(let root): RoutineLowering.hiddenName(root) == name ? 1 : 0
        case .variable(let other): other == name ? 1 : 0
        case .member(let base, _), .not(let base), .negative(let base), .cast(_, let base): base.uses(of: name)
        case .subscripted(let base, let index): base.uses(of: name) + index.uses(of: name)
        case .slice(let base, let from, let to):
            base.uses(of: name) + (from?.uses(of: name) ?? 0) + (to?.uses(of: name) ?? 0)
        case .sequence(let left, let right), .binary(_, let left, let right):
            left.uses(of: name) + right.uses(of: name)
        case .array(let items): items.reduce(0) { $0 + $1.uses(of: name) }
        case .object(let entries): entries.reduce(0) { $0 + $1.key.uses(of: name) + $1.value.uses(of: name) }
        case .conditional(let test, let first, let second):
            test.uses(of: name) + first.uses(of: name) + second.uses(of: name)
        case .filter(let base, let filter):
            filter.arguments.reduce(base.uses(of: name)) { $0 + $1.uses(of: name) }
        default: 0
        }
    }
}
