package import Values

extension Value {
    /// The value as text, for `~`, `to_text`, `join` and object keys: null is empty, bools are `true` and `false`,
    /// decimals the shortest digits that give the same number back, arrays and objects JSON.
    package var text: Text {
        switch self {
        case .text(let text): text
        case .null: Text()
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): Integer.text(value)
        case .decimal(let value): Decimal.text(value)
        case .array, .object: JSON.text(self)
        }
    }

    /// Appends the value as text to a buffer.
    package func append(to buffer: inout [UInt8]) {
        switch self {
        case .text(let text): text.append(to: &buffer)
        case .null: break
        case .boolean(let value): buffer.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): Integer.append(value, to: &buffer)
        case .decimal(let value): Decimal.append(value, to: &buffer)
        case .array, .object: JSON.append(self, to: &buffer)
        }
    }

    /// `to_int`, `!int`: the number that a text begins with, else 0; decimals lose their fraction.
    ///
    /// - Throws: `StackError` for arrays, objects, and decimals out of range.
    package func toInteger() throws -> Int64 {
        switch try leadingNumber(for: "to_int") {
        case .integer(let value): return value
        case .decimal(let value):
            guard let integer = Int64(wholePartOf: value) else { throw StackError.overflow("to_int") }
            return integer
        }
    }

    /// `to_decimal`, `!decimal`: the number that a text begins with, else 0.
    ///
    /// - Throws: `StackError` for arrays and objects.
    package func toDecimal() throws -> Double {
        try leadingNumber(for: "to_decimal").decimal
    }

    /// `to_bool`, `!bool`: truth, save that the texts `false`, `no` and `off` in any letter case and those of zero are
    /// false.
    package func toBoolean() -> Bool {
        guard case .text(let text) = self else { return isTruthy }
        if let number = NumericText.number(text) { return number.decimal != 0 }
        guard text.byteCount <= 5 else { return true }
        return !["", "false", "no", "off"].contains(text.string.lowercased())
    }

    private func leadingNumber(for user: String) throws -> Number {
        switch self {
        case .text(let text): return NumericText(text)?.number ?? .integer(0)
        case .array, .object: throw StackError.wrongType(user, expected: "text, a number or a bool", got: self)
        default: return try number(for: user)
        }
    }
}
