package import Values

/// A number at the beginning of a text, by PHP's grammar: white space, a sign, digits with at most one point, an
/// exponent.
package struct NumericText: Sendable {
    /// The number that the text begins with.
    package let number: Number
    /// Nothing but white space follows the number: the text as a whole is numeric.
    package let isWhole: Bool
    /// Written with an exponent and nothing but zeros before it, as digests may be by chance (`0e462097431906509019`).
    package let isZeroWithExponent: Bool
    /// An integer that 64 bits do not hold, so that the decimal is only near it.
    package let isOverflown: Bool

    /// Reads the number that the text begins with; nil if there is none, or none that a decimal can hold.
    package init?(_ text: Text) {
        guard let parsed = text.withBytes({ Self.parse($0) }) else { return nil }
        self = parsed
    }

    /// The number that the text is as a whole, or nil.
    package static func number(_ text: Text) -> Number? {
        guard let parsed = NumericText(text), parsed.isWhole else { return nil }
        return parsed.number
    }

    private init(number: Number, isWhole: Bool, isZeroWithExponent: Bool, isOverflown: Bool) {
        self.number = number
        self.isWhole = isWhole
        self.isZeroWithExponent = isZeroWithExponent
        self.isOverflown = isOverflown
    }

    private static func parse(_ bytes: Span<UInt8>) -> NumericText? {
        var index = 0
        skipSpace(bytes, &index)
        let start = index
        let isNegative = skipSign(bytes, &index)
        let digits = skipDigits(bytes, &index)
        var fraction = 0
        let hasPoint = skip(UInt8(ascii: "."), bytes, &index)
        if hasPoint { fraction = skipDigits(bytes, &index) }
        guard digits + fraction > 0 else { return nil }
        let hasExponent = skipExponent(bytes, &index)
        let end = index
        skipSpace(bytes, &index)
        let isWhole = index == bytes.count

        var isOverflown = false
        if !hasPoint, !hasExponent {
            if let integer = integer(bytes.extracting((end - digits)..<end), isNegative: isNegative) {
                return NumericText(
                    number: .integer(integer), isWhole: isWhole, isZeroWithExponent: false, isOverflown: false)
            }
            isOverflown = true
        }
        guard let decimal = Decimal.parse(bytes.extracting(start..<end)), decimal.isFinite else { return nil }
        return NumericText(
            number: .decimal(decimal), isWhole: isWhole, isZeroWithExponent: hasExponent && decimal == 0,
            isOverflown: isOverflown)
    }

    private static func integer(_ digits: Span<UInt8>, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for index in digits.indices {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(digits[index] & 0x0F)
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return value
    }

    private static func skip(_ byte: UInt8, _ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private static func skipSpace(_ bytes: Span<UInt8>, _ index: inout Int) {
        while index < bytes.count, bytes[index] == 0x20 || (bytes[index] >= 0x09 && bytes[index] <= 0x0D) {
            index += 1
        }
    }

    /// - Returns: whether it is a minus.
    private static func skipSign(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        if skip(UInt8(ascii: "-"), bytes, &index) { return true }
        _ = skip(UInt8(ascii: "+"), bytes, &index)
        return false
    }

    /// - Returns: their number.
    private static func skipDigits(_ bytes: Span<UInt8>, _ index: inout Int) -> Int {
        let start = index
        while index < bytes.count, bytes[index].isASCIIDigit { index += 1 }
        return index - start
    }

    /// An `e` without digits after it is no exponent and stays.
    private static func skipExponent(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        guard skip(UInt8(ascii: "e"), bytes, &index) || skip(UInt8(ascii: "E"), bytes, &index) else { return false }
        _ = skipSign(bytes, &index)
        guard skipDigits(bytes, &index) > 0 else {
            index = start
            return false
        }
        return true
    }
}
