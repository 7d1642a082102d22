import Values

/// Filters that ask for or change a value's type, or choose by it.
enum TypeFilters {
    static let definitions: [FilterDefinition] = [
        .plain("is_null", "null") { input, _, _ in .boolean(input == .null) },
        .plain("is_empty", "empty") { input, _, _ in .boolean(input.isEmpty) },
        .plain("is_object") { input, _, _ in if case .object = input { true } else { false } },
        .plain("is_array") { input, _, _ in if case .array = input { true } else { false } },
        .plain("is_int") { input, _, _ in if case .integer = input { true } else { false } },
        .plain("is_decimal") { input, _, _ in if case .decimal = input { true } else { false } },
        .plain("is_bool") { input, _, _ in if case .boolean = input { true } else { false } },
        .plain("is_text") { input, _, _ in if case .text = input { true } else { false } },
        .plain("is_uuid") { input, _, _ in if case .text(let text) = input { .boolean(text.isUUID) } else { false } },
        .plain("to_text") { input, _, context in
            if case .text = input { return input }
            return try context.result(input.text)
        },
        .plain("to_int") { input, _, _ in .integer(try input.toInteger()) },
        .plain("to_decimal") { input, _, _ in .decimal(try input.toDecimal()) },
        .plain("to_bool") { input, _, _ in .boolean(input.toBoolean()) },
        .plain("not") { input, _, _ in .boolean(input.isEmpty) },
        .plain("first_notnull", arguments: 1...Int.max) { input, arguments, _ in
            first(input, arguments) { $0 != .null }
        },
        .plain("first_notempty", arguments: 1...Int.max) { input, arguments, _ in first(input, arguments, \.isTruthy) },
        .plain("to_expr", isPure: false) { input, _, context in
            guard let host = context.host else { throw StackError.mistake("to_expr works in a stack only") }
            return try host.evaluate(input.textOperand("to_expr"))
        },
        .plain("uuid", "uuid4", isPure: false) { _, _, context in
            .text(randomUUID(using: &context.random))
        },
        .plain("create_uid", "uid", isPure: false) { _, _, context in
            .integer(Int64.random(in: 1...Int64.max, using: &context.random))
        },
    ]

    /// The first that passes; of none the last.
    private static func first(
        _ input: Value, _ arguments: borrowing FilterArguments, _ passes: (Value) -> Bool
    ) -> Value {
        if passes(input) { return input }
        for index in 0..<arguments.count where passes(arguments[index]) { return arguments[index] }
        return arguments[arguments.count - 1]
    }

    /// A random UUID, version 4 of RFC 9562.
    static func randomUUID(using random: inout any RandomNumberGenerator) -> Text {
        let high = random.next() & ~0xF000 | 0x4000
        let low = random.next() & ~(0b11 << 62) | (0b10 << 62)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for index in 0..<32 {
            if [8, 12, 16, 20].contains(index) { bytes.append(UInt8(ascii: "-")) }
            let word = index < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - index % 16 * 4)) & 0x0F
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return Text(bytes: bytes)
    }
}
