/// One statement of a stack, in the shape that all of them share:
/// `name subject { attribute = value … block { … } … } as $result`.
package struct Statement: Sendable {
    /// `db.add`, `conditional`, `var.update`
    package var name: String
    package var nameRange: SourceRange
    /// What stands between the name and the brace.
    package var subject: Subject?
    /// Those in the braces, and those before them: `verb` of `api.call "x" verb=GET`, `if` of `array.find $x if (…)`.
    package var attributes: [Attribute]
    package var blocks: [Block]
    /// The variable after `as`, without the dollar sign.
    package var result: String?
    /// `as $x|get:"id"`: what the variable becomes once the statement has assigned it.
    package var filteredResult: Expression?
    /// Switched off by `!` before it or by `disabled = true` inside. It still has to parse.
    package var isDisabled: Bool
    /// Syntax errors were found in it: what it seems to lack may be there.
    package var isDamaged = false
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
        /// `foreach ($list)`, `precondition ($a == 1)`. Also `array.find $list|reverse if (…)`: a filtered variable.
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

/// A block inside a statement or a construct: `stack { … }`, `each as $item { … }`, `if (…) { … }`,
/// `case (…) { … } break`, `try { … }`, `mock "name" { value = … }`, `input { … }`, `schedule { … }`.
package struct Block: Sendable {
    package var name: String
    package var nameRange: SourceRange
    package var subject: Statement.Subject?
    /// The variable after `as`.
    package var variable: String?
    package var attributes: [Attribute]
    /// Of `stack`, `each`, `if`, `elseif`, `else`, `case`, `default`, `try`, `catch`, `finally`, `test`.
    package var statements: [Statement]
    /// Blocks inside it, such as the `stack` of a `mock`.
    package var blocks: [Block]
    /// Of `input`, `schema` and `output`.
    package var columns: [Column]
    /// `break` after a `case`.
    package var endsWithBreak: Bool
    package var range: SourceRange

    package init(
        name: String, nameRange: SourceRange, subject: Statement.Subject? = nil, variable: String? = nil,
        attributes: [Attribute] = [], statements: [Statement] = [], blocks: [Block] = [], columns: [Column] = [],
        endsWithBreak: Bool = false, range: SourceRange
    ) {
        self.name = name
        self.nameRange = nameRange
        self.subject = subject
        self.variable = variable
        self.attributes = attributes
        self.statements = statements
        self.blocks = blocks
        self.columns = columns
        self.endsWithBreak = endsWithBreak
        self.range = range
    }

    package subscript(attribute name: String) -> Attribute? {
        attributes.first { $0.name == name }
    }

    package subscript(block name: String) -> Block? {
        blocks.first { $0.name == name }
    }
}
