/// What the documentation says of a statement.
package struct StatementSummary: Sendable {
    /// An attribute of a statement.
    package struct Attribute: Sendable {
        package let name: String
        package let isRequired: Bool
        /// What a literal has to be, in words; empty if anything goes.
        package let kind: String
    }

    /// `db.query`
    package let name: String
    /// What follows the name, as in ` "name"`.
    package let subject: String
    package let attributes: [Attribute]
    package let blocks: [String]

    /// What stands before the last dot of the name, or nothing.
    package var family: String { name.split(separator: ".").dropLast().joined(separator: ".") }

    /// All statements that run, by name.
    package static let all = StatementTable.standard.definitions.map(StatementSummary.init)
        .sorted { $0.name < $1.name }

    /// The statements, and the families of them, that are refused when a workspace is loaded.
    package static let refused = StatementTable.refusals

    /// What holds for all of them.
    package static let remark: String = {
        let common = AttributeShape.common.map { "`\($0.name)`" }.joined(separator: ", ")
        return "An attribute with `?` may be left out. Every statement also takes \(common)."
    }()
}

extension StatementSummary {
    init(_ definition: StatementDefinition) {
        self.init(
            name: definition.name, subject: definition.subject.words,
            attributes: definition.attributes.map {
                Attribute(name: $0.name, isRequired: $0.isRequired, kind: $0.literal.words)
            },
            blocks: definition.blocks)
    }
}

extension StatementDefinition.Subject {
    fileprivate var words: String {
        switch self {
        case .none: ""
        case .name: " \"name\""
        case .optionalName: " [\"name\"]"
        case .target: " $variable"
        case .parenthesised: " (…)"
        case .value: " (…)"
        }
    }
}

extension AttributeShape.Literal {
    fileprivate var words: String {
        switch self {
        case .any: ""
        case .text: "text"
        case .boolean: "true or false"
        case .number: "number"
        case .object: "object"
        case .objectOrText: "object, or its JSON as text"
        case .list: "list"
        case .oneOf(let names), .known(let names): "one of " + names.joined(separator: " ")
        }
    }
}
