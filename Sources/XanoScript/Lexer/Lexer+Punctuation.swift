extension Lexer {
    mutating func scanPunctuation(_ first: UInt8) -> Token.Kind {
        let (kind, length) = punctuation(first, byte(at: offset + 1), byte(at: offset + 2))
        if kind == .unknown, first >= 0x80, let (_, width) = Self.scalar(bytes, at: offset, end: end) {
            move(to: offset + width)
        } else {
            move(to: offset + length)
        }
        return kind
    }

    private func punctuation(_ first: UInt8, _ second: UInt8?, _ third: UInt8?) -> (Token.Kind, Int) {
        switch first {
        case UInt8(ascii: "{"): return (.leftBrace, 1)
        case UInt8(ascii: "}"): return (.rightBrace, 1)
        case UInt8(ascii: "["): return (.leftBracket, 1)
        case UInt8(ascii: "]"): return (.rightBracket, 1)
        case UInt8(ascii: "("): return (.leftParenthesis, 1)
        case UInt8(ascii: ")"): return (.rightParenthesis, 1)
        case UInt8(ascii: ","): return (.comma, 1)
        case UInt8(ascii: ":"): return (.colon, 1)
        case UInt8(ascii: "+"): return (.plus, 1)
        case UInt8(ascii: "-"): return (.minus, 1)
        case UInt8(ascii: "*"): return (.times, 1)
        case UInt8(ascii: "/"): return (.divide, 1)
        case UInt8(ascii: "%"): return (.remainder, 1)
        case UInt8(ascii: "~"): return (.tilde, 1)
        case UInt8(ascii: "."): return second == first ? (.range, 2) : (.dot, 1)
        case UInt8(ascii: "|"): return second == first ? (.or, 2) : (.pipe, 1)
        case UInt8(ascii: "?"): return second == first ? (.coalesce, 2) : (.question, 1)
        case UInt8(ascii: "&"): return second == first ? (.and, 2) : (.unknown, 1)
        case UInt8(ascii: "@"): return second == UInt8(ascii: ">") ? (.jsonContains, 2) : (.at, 1)
        default: return comparison(first, second, third)
        }
    }

    private func comparison(_ first: UInt8, _ second: UInt8?, _ third: UInt8?) -> (Token.Kind, Int) {
        let equals = UInt8(ascii: "=")
        switch first {
        case equals:
            if second != equals { return (.assign, 1) }
            return third == equals ? (.identical, 3) : (.equal, 2)
        case UInt8(ascii: "!"):
            if second == UInt8(ascii: "~") { return (.notTilde, 2) }
            if second != equals { return (.exclamation, 1) }
            return third == equals ? (.notIdentical, 3) : (.notEqual, 2)
        case UInt8(ascii: "<"): return second == equals ? (.lessOrEqual, 2) : (.less, 1)
        case UInt8(ascii: ">"): return second == equals ? (.greaterOrEqual, 2) : (.greater, 1)
        default: return (.unknown, 1)
        }
    }

    /// Digits, a fraction, an exponent; or a moment as schedules give it.
    mutating func scanNumber() -> Token.Kind {
        if let length = timestampLength() {
            move(to: offset + length)
            return .timestamp
        }
        var index = endOfDigits(from: offset)
        var kind = Token.Kind.integer
        if byte(at: index) == UInt8(ascii: "."), isDigit(index + 1) {
            kind = .decimal
            index = endOfDigits(from: index + 1)
        }
        if byte(at: index).map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            let sign = byte(at: index + 1)
            let digits = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? index + 2 : index + 1
            if isDigit(digits) {
                kind = .decimal
                index = endOfDigits(from: digits)
            }
        }
        move(to: index)
        return kind
    }

    func isDigit(_ index: Int) -> Bool {
        guard let byte = byte(at: index) else { return false }
        return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    func endOfDigits(from start: Int) -> Int {
        var index = start
        while isDigit(index) { index += 1 }
        return index
    }

    private func timestampLength() -> Int? {
        let shape = Self.timestampShape
        // Most numbers are no moments: look at the first mark before the rest.
        guard offset + shape.count <= end, bytes[offset + 4] == UInt8(ascii: "-") else { return nil }
        for (index, expected) in shape.enumerated() {
            let found = bytes[offset + index]
            let fits =
                switch expected {
                case UInt8(ascii: "0"): isDigit(offset + index)
                case UInt8(ascii: "?"): found == UInt8(ascii: "+") || found == UInt8(ascii: "-")
                default: found == expected
                }
            if !fits { return nil }
        }
        return shape.count
    }

    private static let timestampShape = Array("0000-00-00 00:00:00?0000".utf8)
}
