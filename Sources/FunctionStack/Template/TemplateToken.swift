import Values

/// A piece of what stands between the braces of a template.
struct TemplateToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Without the `$` that stack variables have.
        case name(Text)
        case number(Value)
        case text(Text)
        /// A sign or a word such as `and`, `starts with`.
        case symbol(String)
    }

    let kind: Kind
    /// From 1.
    let line: Int
    /// Whether a name was written with its `$`.
    var hasDollar = false
}

/// A piece of a template: text as it is, an output `{{ … }}`, or a tag `{% … %}`.
struct TemplatePiece: Sendable {
    enum Kind: Sendable {
        case text(Text)
        case output([TemplateToken])
        case tag(String, [TemplateToken])
    }

    let kind: Kind
    let line: Int
}
