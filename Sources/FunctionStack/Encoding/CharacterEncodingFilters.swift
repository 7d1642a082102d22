import Values

/// Conversions between encodings of characters.
enum CharacterEncodingFilters {
    static let definitions: [FilterDefinition] = [
        .plain("list_encodings") { _, _, _ in
            .array(CharacterEncoding.allCases.map { .text($0.rawValue) })
        },
        // Plain ASCII is UTF-8 too, and that is what a caller wants to know.
        .plain("detect_encoding") { input, _, _ in
            let encoding = CharacterEncoding.detect(try input.textOperand("detect_encoding"))
            return .text((encoding == .ascii ? .utf8 : encoding).rawValue)
        },
        .plain("to_utf8", arguments: 0...1) { input, arguments, context in
            let source = try encoding(arguments[0], otherwise: .latin1, "to_utf8")
            return try convert(input.textOperand("to_utf8"), from: source, to: .utf8, context)
        },
        .plain("from_utf8", arguments: 0...1) { input, arguments, context in
            let target = try encoding(arguments[0], otherwise: .latin1, "from_utf8")
            return try convert(input.textOperand("from_utf8"), from: .utf8, to: target, context)
        },
        // As PHP's mb_convert_encoding: the target first.
        .plain("convert_encoding", arguments: 1...2) { input, arguments, context in
            try convert(input.textOperand("convert_encoding"), arguments[1], arguments[0], "convert_encoding", context)
        },
    ]

    /// From one encoding to another, both by their names.
    static func convert(
        _ text: Text, _ source: Value, _ target: Value, _ filter: String, _ context: FilterContext
    ) throws -> Value {
        let target = try encoding(target, otherwise: .utf8, filter)
        return try convert(text, from: encoding(source, otherwise: .utf8, filter), to: target, context)
    }

    private static func convert(
        _ text: Text, from source: CharacterEncoding, to target: CharacterEncoding, _ context: FilterContext
    ) throws -> Value {
        try context.budget.charge(bytes: text.byteCount * 4)
        return .text(Text(bytes: target.encode(source.decode(text.bytes))))
    }

    private static func encoding(
        _ value: Value, otherwise: CharacterEncoding, _ filter: String
    ) throws -> CharacterEncoding {
        guard value != .null else { return otherwise }
        let name = try value.textOperand(filter).string
        guard let encoding = CharacterEncoding(named: name) else {
            let known = CharacterEncoding.allCases.map(\.rawValue).joined(separator: ", ")
            throw StackError.mistake("\(filter) does not know the encoding \(name); known are \(known)")
        }
        return encoding
    }
}
