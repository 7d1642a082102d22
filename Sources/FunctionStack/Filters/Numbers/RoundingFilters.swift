import Values

/// Rounding, and numbers laid out for people.
enum RoundingFilters {
    static let definitions: [FilterDefinition] = [
        .plain("floor") { input, _, _ in whole(try input.number(for: "floor"), .down) },
        .plain("ceil") { input, _, _ in whole(try input.number(for: "ceil"), .up) },
        .plain("round", arguments: 0...1) { input, arguments, _ in
            let places = arguments.count == 0 ? 0 : try arguments[0].index(for: "round")
            return round(try input.number(for: "round"), places: places).value
        },
        .plain("number_format", arguments: 0...3) { input, arguments, context in
            let places = arguments.count > 0 ? try arguments[0].index(for: "number_format") : 0
            let point = arguments.count > 1 ? try arguments[1].textOperand("number_format") : "."
            let separator = arguments.count > 2 ? try arguments[2].textOperand("number_format") : ","
            try context.budget.charge(bytes: max(places, 0))
            let number = try input.number(for: "number_format")
            return try context.result(format(number, places: places, point: point, separator: separator))
        },
    ]

    /// Half away from zero. Whole results are integers where 64 bits hold them.
    static func round(_ number: Number, places: Int) -> Number {
        if case .integer = number, places >= 0 { return number }
        var digits = DecimalDigits(number)
        digits.round(places: places)
        if digits.isZero { digits.isNegative = false }
        return digits.number(isInteger: places <= 0)
    }

    /// `-1,234.50`
    static func format(_ number: Number, places: Int, point: Text, separator: Text) -> Text {
        var digits = DecimalDigits(number)
        digits.round(places: places)
        let whole = digits.wholePart
        var buffer: [UInt8] = []
        if digits.isNegative, !digits.isZero { buffer.append(UInt8(ascii: "-")) }
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { separator.append(to: &buffer) }
            buffer.append(digit)
        }
        if places > 0 {
            point.append(to: &buffer)
            buffer.append(contentsOf: digits.fraction(places: places))
        }
        return Text(bytes: buffer)
    }

    private static func whole(_ number: Number, _ rule: FloatingPointRoundingRule) -> Value {
        guard case .decimal(let decimal) = number else { return number.value }
        let rounded = decimal.rounded(rule)
        return Int64(exactly: rounded).map { .integer($0) } ?? .decimal(rounded)
    }
}
