package import Values

extension Value {
    /// The value as an operand of arithmetic: numbers, bools as 0 and 1, null as 0, and text that is a number as a
    /// whole.
    ///
    /// - Parameter user: the filter or operator that messages name
    /// - Throws: `StackError` for anything else.
    package func number(for user: @autoclosure () -> String) throws -> Number {
        switch self {
        case .integer(let value): return .integer(value)
        case .decimal(let value): return .decimal(value)
        case .boolean(let value): return .integer(value ? 1 : 0)
        case .null: return .integer(0)
        case .text(let text):
            guard let number = NumericText.number(text) else {
                throw StackError.mistake("Not numeric: \(user()) expects a number, and this text is none")
            }
            return number
        case .array, .object:
            throw StackError.wrongType(user(), expected: "a number", got: self)
        }
    }

    /// The value as an operand that must be whole: decimals lose their fraction.
    ///
    /// - Throws: `StackError` for what is no number, or out of the range of 64 bits.
    package func integer(for user: @autoclosure () -> String) throws -> Int64 {
        if case .integer(let value) = self { return value }
        switch try number(for: user()) {
        case .integer(let value): return value
        case .decimal(let value):
            guard let integer = Int64(wholePartOf: value) else { throw StackError.overflow(user()) }
            return integer
        }
    }

    /// The value as a count or a position.
    ///
    /// - Throws: `StackError` as `integer(for:)`.
    package func index(for user: @autoclosure () -> String) throws -> Int {
        Int(try integer(for: user()))
    }
}

extension Int64 {
    /// The decimal without its fraction, or nil if 64 bits do not hold it.
    package init?(wholePartOf decimal: Double) {
        guard decimal > -0x1p63 - 1, decimal < 0x1p63 else { return nil }
        self = Int64(decimal)
    }
}
