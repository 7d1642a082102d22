import Values

/// Filters that change a text or cut it. Characters are Unicode scalars.
enum TextFilters {
    static let definitions: [FilterDefinition] = [
        changing("to_lower", "lower") { $0.lowercased() },
        changing("to_upper", "upper") { $0.uppercased() },
        changing("capitalize") { $0.capitalized() },
        changing("unaccent", "strip_accents") { $0.withoutAccents() },
        changing("strip_html", "strip_tags") { $0.withoutTags() },
        trimming("trim", [.left, .right]),
        trimming("ltrim", .left),
        trimming("rtrim", .right),
        .plain("strlen") { input, _, _ in
            .integer(Int64(try input.textOperand("strlen", remedy: "for arrays there is count").characterCount))
        },
        .plain("substr", arguments: 1...2) { input, arguments, context in
            let length = arguments.count > 1 && arguments[1] != .null ? try arguments[1].index(for: "substr") : nil
            let text = try input.textOperand("substr", remedy: "for arrays there is slice")
            return try context.result(substring(text, from: arguments[0].index(for: "substr"), length: length))
        },
        .plain("split", arguments: 1...1) { input, arguments, context in
            try split(input.textOperand("split"), separator: arguments[0].textOperand("split"), context)
        },
        .plain("replace", "string_replace", arguments: 2...2) { input, arguments, context in
            try replace(
                input.textOperand("replace"), arguments[0].textOperand("replace"),
                with: arguments[1].textOperand("replace"), context)
        },
        .plain("concat", arguments: 1...2) { input, arguments, context in
            let separator = try arguments[1].textOperand("concat")
            return try concatenate(consume input, [separator, arguments[0].textOperand("concat")], "concat", context)
        },
        padding("pad_start", atStart: true),
        padding("pad_end", atStart: false),
        .plain("sprintf", arguments: 0...Int.max) { input, arguments, context in
            .text(try TextFormat.format(input.textOperand("sprintf"), arguments, context))
        },
    ]

    /// - Parameters:
    ///   - start: from the end if it is negative
    ///   - length: to the end if it is nil; if it is negative, so many characters are left out at the end
    static func substring(_ text: Text, from start: Int, length: Int?) -> Text {
        text.characters(Bounds.slice(count: text.characterCount, offset: start, length: length))
    }

    /// The pieces between separators; with an empty separator the characters.
    static func split(_ text: Text, separator: Text, _ context: FilterContext) throws -> Value {
        if separator.isEmpty {
            try context.chargeElements(text.characterCount)
            return .array(text.splitIntoCharacters().map { .text($0) })
        }
        try context.chargeElements(text.count(of: separator) + 1)
        return .array(text.split(separator: separator).map { .text($0) })
    }

    /// Every occurrence replaced, from left to right; an empty text to look for replaces nothing.
    static func replace(
        _ text: Text, _ needle: Text, with replacement: Text, _ context: FilterContext
    ) throws -> Value {
        let growth = replacement.byteCount - needle.byteCount
        if growth > 0, !needle.isEmpty {
            let (bytes, overflow) = text.count(of: needle).multipliedReportingOverflow(by: growth)
            try context.budget.charge(bytes: overflow ? Int.max : bytes)
        }
        return try context.result(text.replacing(needle, with: replacement))
    }

    /// The `~` operator, and what appends to a text: in place if nobody else holds it.
    static func concatenate(
        _ input: consuming Value, _ others: [Text], _ user: String, _ context: FilterContext
    ) throws -> Value {
        let input = consume input
        var text = try input.textOperand(user)
        // Held here only, or appending would copy it.
        _ = consume input
        for other in others {
            try context.budget.charge(bytes: other.byteCount)
            text.append(other)
        }
        return .text(text)
    }

    private static func changing(
        _ name: String, _ aliases: String..., change: @escaping @Sendable (Text) -> Text
    ) -> FilterDefinition {
        FilterDefinition(
            name: name, aliases: aliases, arity: 0...0,
            implementation: .plain { input, _, context in try context.result(change(input.textOperand(name))) },
            isPure: true)
    }

    private static func trimming(_ name: String, _ sides: Text.Sides) -> FilterDefinition {
        .plain(name, arguments: 0...1) { input, arguments, context in
            let characters = arguments.count > 0 ? try arguments[0].textOperand(name) : nil
            return try context.result(input.textOperand(name).trimmed(sides, of: characters))
        }
    }

    private static func padding(_ name: String, atStart: Bool) -> FilterDefinition {
        .plain(name, arguments: 1...2) { input, arguments, context in
            let fill = arguments.count > 1 ? try arguments[1].textOperand(name) : " "
            return .text(
                try input.textOperand(name).padded(
                    toCharacters: max(0, arguments[0].index(for: name)), with: fill, atStart: atStart, context))
        }
    }
}

extension Text {
    /// How often another text occurs, without overlaps; an empty one never.
    func count(of needle: Text) -> Int {
        guard !needle.isEmpty else { return 0 }
        return withBytes { bytes in
            needle.withBytes { needle in
                var search = ByteSearch(needle)
                var count = 0
                var start = 0
                while let found = search.next(needle, in: bytes, from: start) {
                    count += 1
                    start = found + needle.count
                }
                return count
            }
        }
    }
}
