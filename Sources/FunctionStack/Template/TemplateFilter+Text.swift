import Values

extension TemplateFilter {
    static let textFilters: [TemplateFilter] = [
        changing("upper") { $0.uppercased() },
        changing("lower") { $0.lowercased() },
        changing("title") { $0.lowercased().capitalized() },
        changing("capitalize") { text in
            let lower = text.lowercased()
            var first = lower.characters(0..<1).uppercased()
            first.append(lower.characters(1..<max(1, lower.characterCount)))
            return first
        },
        changing("nl2br") { TemplateEscaping.html($0).replacing("\n", with: "<br />\n") }.safe(),
        changing("raw") { $0 }.safe(),
        TemplateFilter("striptags", ["allowable_tags"]) { input, arguments, context in
            guard arguments[0] == .null else { throw StackError.mistake("striptags cannot keep some tags") }
            return try context.result(TemplateText.text(input).withoutTags())
        },
        TemplateFilter("trim", ["character_mask", "side"]) { input, arguments, context in
            let sides: Text.Sides =
                switch arguments.text(1, otherwise: "both").string {
                case "left": .left
                case "right": .right
                default: [.left, .right]
                }
            let mask = arguments[0] == .null ? nil : TemplateText.text(arguments[0])
            if mask?.isEmpty == true { return .text(TemplateText.text(input)) }
            return try context.result(TemplateText.text(input).trimmed(sides, of: mask))
        },
        TemplateFilter("spaceless") { input, _, context in
            try context.result(TemplateText.text(input).trimmed().withoutSpaceBetweenTags)
        }.safe(),
        TemplateFilter("convert_encoding", ["to", "from"]) { input, arguments, context in
            try CharacterEncodingFilters.convert(
                TemplateText.text(input), arguments[1], arguments[0], "convert_encoding", context)
        },
        TemplateFilter("escape", ["strategy"]) { input, arguments, context in
            try context.result(
                TemplateEscaping.escape(TemplateText.text(input), strategy: arguments.text(0, otherwise: "html")))
        }.safe(),
        TemplateFilter("replace", ["from", "to"]) { input, arguments, context in
            try context.result(replace(TemplateText.text(input), arguments, context))
        },
        TemplateFilter("split", ["delimiter", "limit"]) { input, arguments, context in
            try split(TemplateText.text(input), arguments, context)
        },
        TemplateFilter("url_encode") { input, _, context in
            guard case .object(let object) = input else {
                return try context.result(PercentEncoding.uri.encode(TemplateText.text(input)))
            }
            var result: [UInt8] = []
            for (key, value) in object {
                if !result.isEmpty { result.append(UInt8(ascii: "&")) }
                PercentEncoding.uri.encode(key).append(to: &result)
                result.append(UInt8(ascii: "="))
                PercentEncoding.uri.encode(TemplateText.text(value)).append(to: &result)
            }
            return try context.result(Text(bytes: result))
        },
        TemplateFilter("format") { input, arguments, context in
            .text(try TextFormat.format(TemplateText.text(input), FilterArguments(arguments.values), context))
        }.variadic(),
        TemplateFilter("json_encode", ["options"]) { input, arguments, context in
            // PHP's flags: 64 slashes and 256 Unicode as they are (both always), 128 pretty.
            let flags = arguments[0] == .null ? 0 : try arguments[0].integer(for: "json_encode")
            return try context.json(input, layout: JSON.Layout(isPretty: flags & 128 != 0))
        },
        TemplateFilter("date", ["format", "timezone"]) { input, arguments, context in
            let zone = try Zone.named(arguments[1], for: "date")
            let format = arguments.text(0, otherwise: "F j, Y H:i")
            return try context.result(DateFormat.text(time(input, zone, context), format: format, zone: zone))
        },
        TemplateFilter("date_modify", ["modifier"]) { input, arguments, context in
            let change = TemplateText.text(arguments[0])
            guard let moved = DatePhrase(change)?.milliseconds(now: try time(input, .utc, context), zone: .utc) else {
                throw StackError.mistake("date_modify does not understand \(TimeFilters.shown(change))")
            }
            return .integer(moved)
        },
    ]

    /// The time that a value is, in milliseconds. Timestamps of the language are in milliseconds, those of Twig in seconds:
    /// numbers below a hundred thousand million are taken for seconds (up to the year 5138).
    static func time(_ value: Value, _ zone: Zone, _ context: FilterContext) throws -> Int64 {
        if value == .null { return context.clock() }
        let time = try TimeFilters.time(value, "date", context, zone)
        if case .text(let text) = value, Integer.parse(text) == nil { return time }
        return -100_000_000_000...100_000_000_000 ~= time ? time * 1_000 : time
    }

    private static func changing(_ name: String, _ change: @escaping @Sendable (Text) -> Text) -> TemplateFilter {
        TemplateFilter(name) { input, _, context in try context.result(change(TemplateText.text(input))) }
    }

    /// `replace({'a': 'b'})`, longer keys first; `replace('a', 'b')` as well.
    private static func replace(_ text: Text, _ arguments: TemplateArguments, _ context: FilterContext) throws -> Text {
        guard case .object(let pairs) = arguments[0] else {
            guard case .array = arguments[0] else {
                return text.replacing(TemplateText.text(arguments[0]), with: TemplateText.text(arguments[1]))
            }
            return text
        }
        let sorted = pairs.filter { !$0.key.isEmpty }.sorted { $0.key.byteCount > $1.key.byteCount }
        try context.budget.charge(steps: text.byteCount / 16 * max(1, sorted.count))
        let bytes = text.bytes
        var result: [UInt8] = []
        var index = 0
        let needles = sorted.map { (bytes: $0.key.bytes, value: TemplateText.text($0.value)) }
        while index < bytes.count {
            if let found = needles.first(where: { bytes[index...].starts(with: $0.bytes) }) {
                found.value.append(to: &result)
                index += found.bytes.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return Text(bytes: result)
    }

    /// An empty delimiter cuts after each `limit` characters, another at most into `limit` pieces.
    private static func split(_ text: Text, _ arguments: TemplateArguments, _ context: FilterContext) throws -> Value {
        let limit = arguments[1] == .null ? Int.max : try arguments[1].index(for: "split")
        let delimiter = TemplateText.text(arguments[0])
        try context.chargeElements(text.byteCount)
        guard !delimiter.isEmpty else {
            let size = limit == .max ? 1 : max(1, limit)
            let characters = text.splitIntoCharacters()
            return .array(
                stride(from: 0, to: characters.count, by: size).map { start in
                    .text(characters[start..<min(start + size, characters.count)].reduce(into: Text()) { $0.append($1) })
                })
        }
        var pieces = text.split(separator: delimiter)
        if limit < 0 {
            pieces.removeLast(limit > -pieces.count ? -limit : pieces.count)
        } else if pieces.count > max(1, limit) {
            let kept = max(1, limit) - 1
            var rest = pieces[kept]
            for piece in pieces[(kept + 1)...] {
                rest.append(delimiter)
                rest.append(piece)
            }
            pieces = pieces[..<kept] + [rest]
        }
        return .array(pieces.map { .text($0) })
    }
}

extension Text {
    /// Without white space that has a tag before and a tag behind it.
    fileprivate var withoutSpaceBetweenTags: Text {
        var result: [UInt8] = []
        let bytes = bytes
        var index = 0
        while index < bytes.count {
            result.append(bytes[index])
            index += 1
            guard result.last == UInt8(ascii: ">") else { continue }
            let space = bytes[index...].prefix(while: \.isTemplateSpace)
            if space.endIndex < bytes.count, bytes[space.endIndex] == UInt8(ascii: "<") { index = space.endIndex }
        }
        return Text(bytes: result)
    }
}
