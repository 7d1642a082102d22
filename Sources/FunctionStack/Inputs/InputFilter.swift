import Values

/// A filter of an input block: it changes or refuses a value before its type is checked.
enum InputFilter: Sendable {
    /// Changes text; anything else stays as it is.
    case change(@Sendable (Text) -> Text)
    /// Gives what is wrong with a value, or nil.
    case check(@Sendable (Value, Budget) throws -> String?)
    /// Gives what is wrong with the number of a list's elements, or nil.
    case checkCount(@Sendable (Int) -> String?)

    /// - Parameter place: the input's name, for messages
    func apply(_ value: Value, _ place: String, _ budget: Budget) throws -> Value {
        switch self {
        case .change(let change):
            guard case .text(let text) = value else { return value }
            return .text(change(text))
        case .check(let check):
            if let objection = try check(value, budget) { throw StackError.invalid(place, objection) }
            return value
        case .checkCount:
            return value
        }
    }

    func apply(count: Int, _ place: String) throws {
        guard case .checkCount(let check) = self, let objection = check(count) else { return }
        throw StackError.invalid(place, objection)
    }
}

/// Characters as the filters of input blocks tell them apart.
enum CharacterClass: String, Sendable, CaseIterable {
    case letters = "minAlpha", lowerCase = "minLowerAlpha", upperCase = "minUpperAlpha", digits = "minDigit"
    case symbols = "minSymbol"

    func contains(_ byte: UInt8) -> Bool {
        let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        return switch self {
        case .letters: isLower || isUpper
        case .lowerCase: isLower
        case .upperCase: isUpper
        case .digits: isDigit
        case .symbols: byte > 0x20 && byte < 0x7f && !isLower && !isUpper && !isDigit
        }
    }

    /// As messages name it.
    var adjective: String {
        switch self {
        case .letters: "alphabetic"
        case .lowerCase: "lowercase"
        case .upperCase: "uppercase"
        case .digits: "numeric"
        case .symbols: "special"
        }
    }
}
