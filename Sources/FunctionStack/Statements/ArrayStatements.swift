import Values
import XanoScript

/// `array.push` and the other statements on lists.
enum ArrayStatements {
    static let definitions = changes + conditions + derivations

    // MARK: In place

    private static let changes = [
        change("array.push") { items, value in items.append(value) },
        change("array.unshift") { items, value in items.insert(value, at: 0) },
        change("array.merge") { items, value in
            switch value {
            case .array(let others): items.append(contentsOf: others)
            case .null: break
            default: items.append(value)
            }
        },
        removal("array.pop") { $0.popLast() },
        removal("array.shift") { $0.isEmpty ? nil : $0.removeFirst() },
    ]

    private static func change(
        _ name: String, _ change: @escaping @Sendable (inout [Value], Value) -> Void
    ) -> StatementDefinition {
        let isMerge = name == "array.merge"
        return StatementDefinition(name, subject: .target, attributes: [.required("value")]) { use in
            let value = use.node("value")
            guard let target = use.target else { return nil }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let value = try value.evaluate(&machine)
                try machine.charge(entries: 1 + (isMerge ? value.entryCount : 0))
                try target.update(&machine) { try $0.updateList(name) { change(&$0, value) } }
                return .null
            }
        }
    }

    private static func removal(
        _ name: String, _ remove: @escaping @Sendable (inout [Value]) -> Value?
    ) -> StatementDefinition {
        StatementDefinition(name, subject: .target) { use in
            guard let target = use.target else { return nil }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                try target.update(&machine) { try $0.updateList(name) { remove(&$0) ?? .null } }
            }
        }
    }

    // MARK: With a condition

    private static let conditions = [
        condition("array.find", "find"), condition("array.find_index", "findIndex"),
        condition("array.has", "some"), condition("array.every", "every"), condition("array.filter", "filter"),
        condition("array.filter_count", "filter") { .integer(Int64($0.count)) },
        StatementDefinition("array.partition", subject: .value, attributes: [.required("if")], lower: partition),
    ]

    /// `array.find $list if ($this > 1) as $x`: what the filter of that name does.
    private static func condition(
        _ name: String, _ filter: String, _ finish: (@Sendable ([Value]) -> Value)? = nil
    ) -> StatementDefinition {
        StatementDefinition(name, subject: .value, attributes: [.required("if")]) { use in
            guard let node = elementFilter(use, filter, expression: use["if"]) else { return nil }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let value = try node.evaluate(&machine)
                guard let finish, case .array(let items) = value else { return value }
                return finish(items)
            }
        }
    }

    private static func partition(_ use: StatementUse) -> (any StatementNode)? {
        guard let condition = use["if"] else { return nil }
        let list = use.subject
        let (slots, _, test) = use.lowering.lowerElementExpression { use.lowering.lower(condition) }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            var halves: (yes: [Value], no: [Value]) = ([], [])
            for (index, item) in try list.evaluate(&machine).list(for: "array.partition").enumerated() {
                try machine.count()
                machine.set(slots.element, item)
                machine.set(slots.index, .integer(Int64(index)))
                if try test.condition(&machine) { halves.yes.append(item) } else { halves.no.append(item) }
            }
            try machine.charge(entries: halves.yes.count + halves.no.count)
            return ["true": .array(halves.yes), "false": .array(halves.no)]
        }
    }

    // MARK: With an expression

    private static let derivations = [
        StatementDefinition("array.map", subject: .value, attributes: [.required("by")]) { use in
            guard let node = elementFilter(use, "map", expression: use["by"]) else { return nil }
            return ResultStatement(resultSlot: use.resultSlot) { try node.evaluate(&$0) }
        },
        StatementDefinition("array.group_by", subject: .value, attributes: [.required("by")], lower: groupBy),
        combination("array.union") { left, right, key in
            var seen: Set<Text> = []
            let union = try (left + right).filter { seen.insert(try key($0)).inserted }
            // As the documentation shows it.
            return union.allSatisfy(\.isNumber) ? union.sorted { $0.compareLoosely($1) == .less } : union
        },
        combination("array.difference") { left, right, key in
            let others = Set(try right.map(key))
            return try left.filter { !others.contains(try key($0)) }
        },
        combination("array.intersection") { left, right, key in
            let others = Set(try right.map(key))
            return try left.filter { others.contains(try key($0)) }
        },
    ]

    private static func groupBy(_ use: StatementUse) -> (any StatementNode)? {
        let list = use.subject
        guard let by = use["by"] else { return nil }
        let (slots, _, key) = use.lowering.lowerElementExpression { use.lowering.lower(by) }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let items = try list.evaluate(&machine).list(for: "array.group_by")
            try machine.charge(entries: items.count)
            var order: [Text] = []
            var groups: [Text: [Value]] = [:]
            for item in items {
                try machine.count()
                machine.set(slots.element, item)
                let name = try key.evaluate(&machine).text
                if groups[name] == nil { order.append(name) }
                groups[name, default: []].append(item)
            }
            return .object(Object(order.map { (key: $0, value: .array(groups[$0] ?? [])) }))
        }
    }

    /// `array.union ($list) { value = $others by = $this }`
    private static func combination(
        _ name: String,
        _ combine: @escaping @Sendable ([Value], [Value], (Value) throws -> Text) throws -> [Value]
    ) -> StatementDefinition {
        StatementDefinition(name, subject: .value, attributes: [.required("value"), .optional("by")]) { use in
            let list = use.subject
            let value = use.node("value")
            let (slots, _, key) = use.lowering.lowerElementExpression { use["by"].map { use.lowering.lower($0) } }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let left = try list.evaluate(&machine).list(for: name)
                let right = try value.evaluate(&machine).list(for: name)
                try machine.charge(entries: left.count + right.count)
                return .array(
                    try combine(left, right) { item in
                        try machine.count()
                        guard let key else { return item.identity }
                        machine.set(slots.element, item)
                        return try key.evaluate(&machine).identity
                    })
            }
        }
    }

    private static func elementFilter(
        _ use: StatementUse, _ name: String, expression: Expression?
    ) -> (any ExpressionNode)? {
        guard let expression else { return nil }
        guard case .element(let implementation)? = use.lowering.names.filters[name]?.implementation else {
            use.report(.unsupported, "\(use.statement.name) needs the filter \(name), which is not supported")
            return nil
        }
        let list = use.subject
        let (slots, needsParent, node) = use.lowering.lowerElementExpression { use.lowering.lower(expression) }
        return ElementFilterNode(list, node, slots, needsParent: needsParent, [], implementation)
    }
}

extension Value {
    /// The elements of an array; null has none.
    func list(for user: String) throws -> [Value] {
        switch self {
        case .array(let items): return items
        case .null: return []
        default: throw StackError.wrongType(user, expected: "an array", got: self)
        }
    }

    /// Changes an array in place; null becomes an empty one first.
    mutating func updateList<Result>(_ user: String, _ body: (inout [Value]) throws -> Result) throws -> Result {
        if case .null = self { self = .array([]) }
        guard let result = try updateArray(body) else {
            throw StackError.wrongType(user, expected: "an array", got: self)
        }
        return result
    }

    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .decimal: true
        default: false
        }
    }

    /// The same for values that are the same, however they are kept.
    fileprivate var identity: Text {
        switch self {
        case .text(let text): Text("t" + text.string)
        case .null: "n"
        case .boolean(let value): value ? "y" : "f"
        case .integer, .decimal: Text("i" + text.string)
        case .array, .object: Text("j" + text.string)
        }
    }
}
