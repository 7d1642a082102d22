import Values

/// `includes`, `like` and `ilike` over text.
enum TextPattern {
    /// Whether the text holds the other, whatever the case of letters.
    static func includes(_ text: Text, _ part: Text) -> Bool {
        let text = folded(text)
        let part = folded(part)
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
    }

    /// SQL's `LIKE` as PostgreSQL has it: `%` stands for any characters, `_` for one, `\` takes the meaning from the
    /// character after it.
    static func like(_ text: Text, _ pattern: Text, ignoresCase: Bool) -> Bool {
        let text = ignoresCase ? folded(text) : Array(text.string.unicodeScalars)
        return matches(text, parts(ignoresCase ? folded(pattern) : Array(pattern.string.unicodeScalars)))
    }

    private static func folded(_ text: Text) -> [Unicode.Scalar] {
        Array(text.string.lowercased().unicodeScalars)
    }

    private enum Part {
        case any
        case one
        case literal(Unicode.Scalar)

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

    /// Goes back to the last `%` at most, so that the time is bounded by the product of both lengths.
    private static func matches(_ text: [Unicode.Scalar], _ parts: [Part]) -> Bool {
        var place = 0
        var part = 0
        var retry: (part: Int, place: Int)?
        while place < text.count {
            if part < parts.count, case .any = parts[part] {
                retry = (part + 1, place)
                part += 1
            } else if part < parts.count, parts[part].matches(text[place]) {
                part += 1
                place += 1
            } else if let (next, start) = retry {
                retry = (next, start + 1)
                part = next
                place = start + 1
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { if case .any = $0 { true } else { false } }
    }
}
