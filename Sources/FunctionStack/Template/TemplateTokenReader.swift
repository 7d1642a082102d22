import Values

/// Reads the tokens of expressions.
struct TemplateTokenReader {
    private let bytes: [UInt8]
    private(set) var index: Int
    private(set) var line: Int

    init(bytes: [UInt8], index: Int, line: Int) {
        self.bytes = bytes
        self.index = index
        self.line = line
    }

    var isAtEnd: Bool { index >= bytes.count }

    mutating func skipSpace() {
        while index < bytes.count, bytes[index].isTemplateSpace {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            index += 1
        }
    }

    mutating func next() throws -> TemplateToken {
        let start = line
        let byte = bytes[index]
        if let symbol = symbol() { return TemplateToken(kind: .symbol(symbol), line: start) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return TemplateToken(kind: .text(try text(quote: byte)), line: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return TemplateToken(kind: .number(try number()), line: start)
        case UInt8(ascii: "$"):
            index += 1
            let word = word()
            guard !word.isEmpty else { throw TemplateError.make(start, "a variable's name must follow the $") }
            return TemplateToken(kind: .name(Text(contentsOf: word)), line: start, hasDollar: true)
        default:
            let word = word()
            guard !word.isEmpty else {
                throw TemplateError.make(start, "unexpected character \(Text(bytes: [byte]).string)")
            }
            return TemplateToken(kind: .name(Text(contentsOf: word)), line: start)
        }
    }

    private mutating func word() -> ArraySlice<UInt8> {
        let word = bytes[index...].prefix {
            $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 >= 0x80
        }
        index += word.count
        return word
    }

    // The longest first.
    private static let signs = [
        "===", "!==", "<=>", "...", "=>", "==", "!=", "<=", ">=", "**", "//", "..", "??", "?:", "&&", "||", "+", "-", "~", "*",
        "/", "%", "<", ">", "=", "!", "?", ":", "|", ".", ",", "(", ")", "[", "]", "{", "}",
    ].map { Array($0.utf8) }

    private static let words = [
        "b-and", "b-xor", "b-or", "starts with", "ends with", "not in", "is not", "and", "or", "xor", "not", "in", "is", "matches",
    ].map { Array($0.utf8) }

    private mutating func symbol() -> String? {
        let rest = bytes[index...]
        if rest.first?.isASCIILetter == true { return wordSymbol(rest) }
        guard let sign = Self.signs.first(where: { rest.starts(with: $0) }) else { return nil }
        index += sign.count
        return String(decoding: sign, as: UTF8.self)
    }

    /// Operators that are words; between two words of one may be any white space.
    private mutating func wordSymbol(_ rest: ArraySlice<UInt8>) -> String? {
        for word in Self.words {
            var left = rest
            var matches = true
            for byte in word where matches {
                if byte == 0x20 {
                    let space = left.prefix(while: \.isTemplateSpace)
                    matches = !space.isEmpty
                    left = left.dropFirst(space.count)
                } else {
                    matches = left.popFirst() == byte
                }
            }
            let isWhole = left.first.map { !$0.isASCIIAlphanumeric && $0 != UInt8(ascii: "_") && $0 < 0x80 } ?? true
            guard matches, isWhole else { continue }
            line += rest[..<left.startIndex].count { $0 == UInt8(ascii: "\n") }
            index = left.startIndex
            return String(decoding: word, as: UTF8.self)
        }
        return nil
    }

    private mutating func number() throws -> Value {
        let start = index
        while index < bytes.count, bytes[index].isDigit || bytes[index] == UInt8(ascii: "_") { index += 1 }
        var isDecimal = false
        // `1..5` is a range.
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), bytes[index + 1].isDigit {
            isDecimal = true
            index += 1
            while index < bytes.count, bytes[index].isDigit { index += 1 }
        }
        let exponent = exponentLength
        isDecimal = isDecimal || exponent > 0
        index += exponent
        let text = Text(bytes: bytes[start..<index].filter { $0 != UInt8(ascii: "_") })
        if !isDecimal, let integer = Integer.parse(text) { return .integer(integer) }
        guard let decimal = text.withBytes({ Decimal.parse($0) }), decimal.isFinite else {
            throw TemplateError.make(line, "the number \(text) is too large")
        }
        return .decimal(decimal)
    }

    /// The length of `e-7`, `E+12`, `e3` if that stands here.
    private var exponentLength: Int {
        var rest = bytes[index...]
        guard let letter = rest.popFirst(), letter | 0x20 == UInt8(ascii: "e") else { return 0 }
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
        let digits = rest.prefix(while: \.isDigit)
        let isWhole = digits.endIndex >= bytes.count || !(bytes[digits.endIndex].isASCIIAlphanumeric || bytes[digits.endIndex] == 0x5f)
        return digits.isEmpty || !isWhole ? 0 : digits.endIndex - index
    }

    private mutating func text(quote: UInt8) throws -> Text {
        let opening = line
        var result: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote { return Text(bytes: result) }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "#"), quote == UInt8(ascii: "\""), index < bytes.count, bytes[index] == 0x7b {
                throw TemplateError.make(line, "#{…} inside of a text is not supported; join texts with ~")
            }
            guard byte == UInt8(ascii: "\\"), index < bytes.count else {
                result.append(byte)
                continue
            }
            switch bytes[index] {
            case UInt8(ascii: "n"): result.append(0x0a)
            case UInt8(ascii: "r"): result.append(0x0d)
            case UInt8(ascii: "t"): result.append(0x09)
            // Patterns are full of backslashes before letters: those stay.
            case let letter where letter.isASCIIAlphanumeric: result += [byte, letter]
            case let other: result.append(other)
            }
            index += 1
        }
        throw TemplateError.make(opening, "this text has no closing quote")
    }
}
