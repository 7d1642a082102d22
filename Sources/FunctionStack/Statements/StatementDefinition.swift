import Values
import XanoScript

/// A statement of the language: what may stand in it, and what it becomes.
struct StatementDefinition: Sendable {
    /// What stands between the name and the brace.
    enum Subject: Sendable {
        case none
        /// A table, a function.
        case name
        case optionalName
        /// A variable, perhaps with a path.
        case target
        case parenthesised
        /// `array.map ($list)` and `array.map $list`
        case value
    }

    let name: String
    let subject: Subject
    let attributes: [AttributeShape]
    /// Blocks that may stand in it; `each`, `case`, `try`…
    let blocks: [String]
    /// Those of them without which it does nothing.
    var requiredBlocks: [String] {
        switch name {
        case "conditional": ["if"]
        case "group", "db.transaction", "util.post_process": ["stack"]
        default: []
        }
    }
    /// Xano takes any attribute with it and makes no use of them.
    var passesOverAttributes: Bool { name == "security.create_uuid" }
    let lower: @Sendable (StatementUse) -> (any StatementNode)?

    init(
        _ name: String, subject: Subject = .none, attributes: [AttributeShape] = [], blocks: [String] = [],
        lower: @escaping @Sendable (StatementUse) -> (any StatementNode)?
    ) {
        self.name = name
        self.subject = subject
        self.attributes = attributes
        self.blocks = blocks
        self.lower = lower
    }
}

/// An attribute that a statement takes.
struct AttributeShape: Sendable {
    /// What a literal has to be; a computed value is looked at when it is there.
    enum Literal: Sendable {
        case any, text, boolean, number, object, list
        /// An object, perhaps as JSON text.
        case objectOrText
        case oneOf([String])
        /// Any text; these mean something.
        case known([String])
    }

    let name: String
    let isRequired: Bool
    let literal: Literal

    static func required(_ name: String, _ literal: Literal = .any) -> AttributeShape {
        AttributeShape(name: name, isRequired: true, literal: literal)
    }

    static func optional(_ name: String, _ literal: Literal = .any) -> AttributeShape {
        AttributeShape(name: name, isRequired: false, literal: literal)
    }

    /// What every statement takes.
    static let common = [
        AttributeShape.optional("description", .text), .optional("disabled", .boolean), .optional("mock", .object),
    ]
}

extension AttributeShape.Literal {
    /// What was expected instead of this literal, or nil if it may stand here.
    func objection(to expression: Expression) -> String? {
        let kind = expression.kind
        switch (self, kind) {
        case (.any, _): return nil
        case (.text, .boolean), (.text, .object), (.text, .array), (.known, .boolean), (.known, .object), (.known, .array):
            return "text"
        case (.boolean, .integer), (.boolean, .decimal), (.boolean, .text), (.boolean, .object), (.boolean, .array),
            (.boolean, .word):
            return "true or false"
        case (.number, .text(let text)): return text.isEmpty || Double(text) != nil ? nil : "a number"
        case (.number, .boolean), (.number, .object), (.number, .array): return "a number"
        case (.object, .text), (.object, .integer), (.object, .decimal), (.object, .boolean): return "an object"
        case (.objectOrText, .integer), (.objectOrText, .decimal), (.objectOrText, .boolean), (.objectOrText, .array):
            return "an object"
        case (.list, .text), (.list, .integer), (.list, .decimal), (.list, .boolean), (.list, .object): return "a list"
        case (.oneOf(let names), .text(let name)), (.oneOf(let names), .word(let name)):
            return names.contains(name) ? nil : "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
        case (.oneOf(let names), .integer), (.oneOf(let names), .boolean), (.oneOf(let names), .object),
            (.oneOf(let names), .array):
            return "one of " + names.map { "\"\($0)\"" }.joined(separator: ", ")
        default: return nil
        }
    }
}
