extension JSONParser {
    /// Begins at the minus or the first digit.
    mutating func parseNumber(_ bytes: Span<UInt8>) throws(Failure) -> Value {
        let start = position
        var number = DecimalNumber()
        if bytes[position] == UInt8(ascii: "-") {
            number.isNegative = true
            position += 1
        }
        guard position < bytes.count else { throw Failure(.malformedNumber, start) }
        if bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            guard parseDigits(bytes, into: &number, isFraction: false) else { throw Failure(.malformedNumber, start) }
        }
        guard position < bytes.count else { return try integer(number, bytes, start) }
        // Digits behind a leading zero are an error of the caller's: no value may follow a value.
        var isInteger = true
        if bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard parseDigits(bytes, into: &number, isFraction: true) else { throw Failure(.malformedNumber, start) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            guard parseExponent(bytes, into: &number) else { throw Failure(.malformedNumber, start) }
        }
        return isInteger ? try integer(number, bytes, start) : try decimal(number, bytes, start)
    }

    /// False if there is no digit.
    @inline(__always)
    private mutating func parseDigits(
        _ bytes: Span<UInt8>, into number: inout DecimalNumber, isFraction: Bool
    ) -> Bool {
        let start = position
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            number.append(digit, isFraction: isFraction)
            position += 1
        }
        return position > start
    }

    private mutating func parseExponent(_ bytes: Span<UInt8>, into number: inout DecimalNumber) -> Bool {
        position += 1
        var isNegative = false
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            isNegative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        let start = position
        var exponent = 0
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            // No document has so many digits that more could matter.
            if exponent < 1_000_000_000_000 { exponent = exponent * 10 + Int(digit) }
            position += 1
        }
        number.exponent += isNegative ? -exponent : exponent
        return position > start
    }

    private func integer(_ number: DecimalNumber, _ bytes: Span<UInt8>, _ start: Int) throws(Failure) -> Value {
        if let integer = number.integer {
            return integer == 0 && number.isNegative ? .decimal(-0.0) : .integer(integer)
        }
        return try decimal(number, bytes, start)
    }

    private func decimal(_ number: DecimalNumber, _ bytes: Span<UInt8>, _ start: Int) throws(Failure) -> Value {
        let decimal = number.decimal ?? Decimal.parse(bytes.extracting(start..<position))
        guard let decimal, decimal.isFinite else { throw Failure(.numberTooLarge, start) }
        return .decimal(decimal)
    }
}
