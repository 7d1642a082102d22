import Values

/// `includes`, `like` and `ilike` over text.
enum TextPattern {
    /// Whether the text holds the other, whatever the case of letters.
    static func includes(_ text: Text, _ part: Text) -> Bool {
        Text(text.string.lowercased()).contains(Text(part.string.lowercased()))
    }

    /// SQL's `LIKE` as PostgreSQL has it: `%` stands for any characters, `_` for one, `\` takes the meaning from the
    /// character after it.
    static func like(_ text: Text, _ pattern: Text, ignoresCase: Bool) throws -> Bool {
        try parts(characters(pattern, ignoresCase)).matches(characters(text, ignoresCase))
    }

    private static func characters(_ text: Text, _ ignoresCase: Bool) -> [Unicode.Scalar] {
        Array((ignoresCase ? text.string.lowercased() : text.string).unicodeScalars)
    }

    private enum Part: WildcardPart {
        case any
        case one
        case literal(Unicode.Scalar)

        var isAny: Bool {
            if case .any = self { true } else { false }
        }

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .any: false
            case .one: true
            case .literal(let own): own == scalar
            }
        }
    }

    private static func parts(_ pattern: [Unicode.Scalar]) -> [Part] {
        var parts: [Part] = []
        var isEscaped = false
        for scalar in pattern {
            switch scalar {
            case _ where isEscaped:
                parts.append(.literal(scalar))
                isEscaped = false
            case "\\": isEscaped = true
            case "%": parts.append(.any)
            case "_": parts.append(.one)
            default: parts.append(.literal(scalar))
            }
        }
        return parts
    }
}
