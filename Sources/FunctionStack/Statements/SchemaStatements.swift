import Values
import XanoScript

/// `schema.parse` and its kin: a value judged by a schema that is known when the stack runs.
enum SchemaStatements {
    static let definitions = [
        parse("schema.parse") { $0 },
        parse("schema.parse.attribute") { $0 },
        parse("schema.parse.object") { properties($0) },
        parse("schema.parse.immutable") { properties($0) },
        parse("schema.parse.array") { with("array", $0) },
        parse("schema.parse.enum") { with("enum", $0) },
        parse("schema.parse.constant") { $0 },
    ]

    private static func parse(_ name: String, _ whole: @escaping @Sendable (Object) -> Object) -> StatementDefinition {
        StatementDefinition(name, attributes: [.required("data"), .required("schema")]) { use in
            let data = use.node("data")
            let schema = use.node("schema")
            if name == "schema.parse.immutable", let result = use.statement.result {
                use.lowering.immutable.insert(result)
            }
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let data = try data.evaluate(&machine)
                let schema = ValueSchema(whole(try ValueSchema(schema.evaluate(&machine), for: name).rules))
                return try machine.checked(try schema.parse(data, at: "data", &machine) ?? .null)
            }
        }
    }

    /// The schema of an object may be only its properties.
    private static func properties(_ rules: Object) -> Object {
        if case .text? = rules["type"], case .object? = rules["properties"] { return rules }
        return ["type": "object", "required": true, "properties": .object(rules)]
    }

    private static func with(_ type: Text, _ rules: Object) -> Object {
        var rules = rules
        rules["type"] = .text(type)
        return rules
    }
}

/// A change of a variable that `schema.parse.immutable` made.
final class ImmutableStatement: StatementNode {
    let name: String

    init(_ name: String) { self.name = name }

    func execute(_ machine: inout Machine) throws -> Flow {
        throw StackError.mistake("$\(name) can't be changed: schema.parse.immutable made it")
    }
}

extension Statement {
    /// The variable that the statement changes, wholly or in part.
    var changedVariable: String? {
        guard case .target(var expression)? = subject else { return nil }
        while true {
            switch expression.kind {
            case .variable(let name): return name
            case .member(let base, _), .subscripted(let base, _), .slice(let base, _, _): expression = base
            default: return nil
            }
        }
    }
}
