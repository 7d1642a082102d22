import Values
import XanoScript

/// `text.append`, `text.contains`…: what the filters of these names do.
enum TextStatements {
    static let definitions =
        ["contains", "icontains", "starts_with", "istarts_with", "ends_with", "iends_with"].map { test($0) }
        + ["trim", "ltrim", "rtrim"].map { change($0) } + [append, prepend]

    private static func test(_ filter: String) -> StatementDefinition {
        StatementDefinition("text." + filter, subject: .value, attributes: [.required("value")]) { use in
            guard let node = use.filter(filter, of: use.subject, [use.node("value")]) else { return nil }
            return ResultStatement(resultSlot: use.resultSlot) { try node.evaluate(&$0) }
        }
    }

    /// Without characters of its own it takes away white space.
    private static func change(_ filter: String) -> StatementDefinition {
        StatementDefinition("text." + filter, subject: .target, attributes: [.optional("value")]) { use in
            let value = use.node("value")
            guard let target = use.target,
                let plain = use.filter(filter, of: ReadNode(target), []),
                let special = use.filter(filter, of: ReadNode(target), [value])
            else { return nil }
            return ResultStatement(resultSlot: nil) { machine in
                let hasCharacters = try !value.evaluate(&machine).text.isEmpty
                try target.assign(try (hasCharacters ? special : plain).evaluate(&machine), &machine)
                return .null
            }
        }
    }

    private static let append = StatementDefinition(
        "text.append", subject: .target, attributes: [.required("value")]
    ) { use in
        let value = use.node("value")
        guard let target = use.target else { return nil }
        return ResultStatement(resultSlot: nil) { machine in
            let added = try value.evaluate(&machine).text
            try machine.charge(bytes: added.byteCount)
            try target.update(&machine) { place in
                var whole = Value.null
                swap(&whole, &place)
                var text = whole.text
                whole = .null
                text.append(added)
                place = .text(text)
            }
            return .null
        }
    }

    private static let prepend = StatementDefinition(
        "text.prepend", subject: .target, attributes: [.required("value")]
    ) { use in
        let value = use.node("value")
        guard let target = use.target else { return nil }
        let node = ConcatenationNode([value, ReadNode(target)])
        return ResultStatement(resultSlot: nil) { machine in
            try target.assign(try node.evaluate(&machine), &machine)
            return .null
        }
    }
}

/// What is where something will be assigned.
final class ReadNode: ExpressionNode {
    let target: Assignment

    init(_ target: Assignment) { self.target = target }

    func evaluate(_ machine: inout Machine) throws -> Value { try target.read(&machine) }
}

extension StatementUse {
    /// A filter of the language applied to a node.
    func filter(
        _ name: String, of base: any ExpressionNode, _ arguments: [any ExpressionNode]
    ) -> (any ExpressionNode)? {
        guard case .plain(let implementation)? = lowering.names.filters[name]?.implementation else {
            report(.unsupported, "\(statement.name) needs the filter \(name), which is not supported")
            return nil
        }
        return FilterNode(base, arguments, implementation)
    }
}
