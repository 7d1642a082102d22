import Values

/// Whole numbers written in other bases. They are text on both sides, as large as 64 bits without sign.
enum NumberBaseFilters {
    static let definitions: [FilterDefinition] = [
        conversion("dechex", from: 10, to: 16),
        conversion("hexdec", from: 16, to: 10),
        conversion("decbin", from: 10, to: 2),
        conversion("bindec", from: 2, to: 10),
        conversion("decoct", from: 10, to: 8),
        conversion("octdec", from: 8, to: 10),
        .plain("base_convert", arguments: 2...2) { input, arguments, _ in
            let source = try arguments[0].integer(for: "base_convert")
            let target = try arguments[1].integer(for: "base_convert")
            guard 2...36 ~= source, 2...36 ~= target else {
                throw StackError.mistake("base_convert takes bases from 2 to 36")
            }
            return try convert(input, "base_convert", from: Int(source), to: Int(target))
        },
    ]

    private static func conversion(_ name: String, from source: Int, to target: Int) -> FilterDefinition {
        .plain(name) { input, _, _ in try convert(input, name, from: source, to: target) }
    }

    private static func convert(_ input: Value, _ filter: String, from source: Int, to target: Int) throws -> Value {
        let digits = try input.textOperand(filter)
        guard let number = parse(digits, base: source) else {
            throw StackError.mistake("\(filter) expects a whole number of base \(source) that 64 bits hold")
        }
        return .text(String(number, radix: target))
    }

    /// A prefix as in `0xff` counts for nothing.
    private static func parse(_ text: Text, base: Int) -> UInt64? {
        guard let string = text.validString, string.utf8.first != UInt8(ascii: "+") else { return nil }
        let prefix = [2: "0b", 8: "0o", 16: "0x"][base]
        if let prefix, string.lowercased().hasPrefix(prefix) { return UInt64(string.dropFirst(2), radix: base) }
        if base == 10, string.utf8.first == UInt8(ascii: "-") {
            // A negative number is shown by its 64 bits.
            return Int64(string).map { UInt64(bitPattern: $0) }
        }
        return UInt64(string, radix: base)
    }
}
