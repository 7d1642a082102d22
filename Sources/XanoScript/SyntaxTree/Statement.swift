/// One statement of a stack, in the shape that all of them share:
/// `name subject { attribute = value … block { … } … } as $result`.
package struct Statement: Sendable {
    /// `db.add`, `conditional`, `var.update`
    package var name: String
    package var nameRange: SourceRange
    /// What stands between the name and the brace.
    package var subject: Subject?
    package var attributes: [Attribute]
    package var blocks: [Block]
    /// The variable after `as`, without the dollar sign.
    package var result: String?
    /// Switched off by `!` before it or by `disabled = true` inside. It still has to parse.
    package var isDisabled: Bool
    package var range: SourceRange

    package init(
        name: String, nameRange: SourceRange, subject: Subject? = nil, attributes: [Attribute] = [],
        blocks: [Block] = [], result: String? = nil, isDisabled: Bool = false, range: SourceRange
    ) {
        self.name = name
        self.nameRange = nameRange
        self.subject = subject
        self.attributes = attributes
        self.blocks = blocks
        self.result = result
        self.isDisabled = isDisabled
        self.range = range
    }

    package enum Subject: Sendable {
        /// `db.add "user"`, `function.run a/b`
        case name(String, SourceRange)
        /// `var $x`, `var.update $x.path[$i]`: a variable, perhaps with a path.
        case target(Expression)
        /// `foreach ($list)`, `precondition ($a == 1)`
        case parenthesised(Expression)
    }

    package subscript(attribute name: String) -> Attribute? {
        attributes.first { $0.name == name }
    }

    package subscript(block name: String) -> Block? {
        blocks.first { $0.name == name }
    }
}

/// `name = value`, in statements and constructs.
package struct Attribute: Sendable {
    package var name: String
    package var nameRange: SourceRange
    package var value: Expression

    package init(name: String, nameRange: SourceRange, value: Expression) {
        self.name = name
        self.nameRange = nameRange
        self.value = value
    }
}

/// A block inside a statement: `stack { … }`, `each as $item { … }`, `if (…) { … }`, `case (…) { … } break`,
/// `try { … }`, `mock "name" { value = … }`.
package struct Block: Sendable {
    package var name: String
    package var nameRange: SourceRange
    package var subject: Statement.Subject?
    /// The variable after `as`.
    package var variable: String?
    package var attributes: [Attribute]
    package var statements: [Statement]
    /// `break` after a `case`.
    package var endsWithBreak: Bool
    package var range: SourceRange

    package init(
        name: String, nameRange: SourceRange, subject: Statement.Subject? = nil, variable: String? = nil,
        attributes: [Attribute] = [], statements: [Statement] = [], endsWithBreak: Bool = false, range: SourceRange
    ) {
        self.name = name
        self.nameRange = nameRange
        self.subject = subject
        self.variable = variable
        self.attributes = attributes
        self.statements = statements
        self.endsWithBreak = endsWithBreak
        self.range = range
    }
}
