/// Cuts the bytes of a file into tokens, one at a time, so that the parser can read what has rules of its own
/// (names with slashes, filters of inputs) straight from the bytes and go on behind it.
struct Lexer {
    let bytes: [UInt8]
    private(set) var offset: Int
    let end: Int
    /// A quotation mark that is never closed makes the rest of the file one text. It is looked for only once,
    /// or a file full of them would take quadratic time.
    private var hasUnclosedDouble = false
    private var hasUnclosedSingle = false

    init(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.end = end ?? bytes.count
        offset = start
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if start == 0, bytes.starts(with: mark) { offset = min(mark.count, self.end) }
    }

    /// Goes on reading at another place.
    mutating func move(to offset: Int) {
        self.offset = min(max(offset, 0), end)
    }

    func byte(at index: Int) -> UInt8? {
        index < end ? bytes[index] : nil
    }

    mutating func next() -> Token {
        let before = offset
        let followsLineEnd = skipSpace()
        let start = offset
        var token = Token(
            kind: .endOfFile, start: start, end: start, followsLineEnd: followsLineEnd, followsSpace: start > before)
        guard start < end else { return token }
        token.kind = scan(bytes[start])
        token.end = offset
        return token
    }

    /// Skips spaces, line ends and comments; true if a line ended.
    private mutating func skipSpace() -> Bool {
        var lineEnded = false
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                lineEnded = true
                offset += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                offset += 1
            case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "/"):
                while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
            default:
                return lineEnded
            }
        }
        return lineEnded
    }

    private mutating func scan(_ first: UInt8) -> Token.Kind {
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return scanText(quote: first)
        case UInt8(ascii: "`"):
            return scanBacktick()
        case UInt8(ascii: "$"):
            return scanVariable()
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return scanNumber()
        default:
            let length = Self.wordLength(bytes, at: offset, end: end, isFirst: true)
            if length > 0 {
                scanWord()
                return .word
            }
            return scanPunctuation(first)
        }
    }

    private mutating func scanWord() {
        while offset < end {
            let length = Self.wordLength(bytes, at: offset, end: end, isFirst: false)
            if length == 0 { return }
            offset += length
        }
    }

    /// How many bytes here are one character of a name; 0 if none.
    static func wordLength(_ bytes: [UInt8], at index: Int, end: Int, isFirst: Bool) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            return 1
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return isFirst ? 0 : 1
        case 0x80...:
            guard let (scalar, length) = scalar(bytes, at: index, end: end) else { return 0 }
            return scalar.properties.isAlphabetic ? length : 0
        default:
            return 0
        }
    }

    /// The character beyond ASCII that begins here, if the bytes are UTF-8.
    static func scalar(_ bytes: [UInt8], at index: Int, end: Int) -> (Unicode.Scalar, length: Int)? {
        var decoder = UTF8()
        var input = bytes[index..<min(index + 4, end)].makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&input) else { return nil }
        return (scalar, UTF8.width(scalar))
    }

    private mutating func scanVariable() -> Token.Kind {
        offset += 1
        guard let next = byte(at: offset) else { return .unknown }
        if next == UInt8(ascii: "$") {
            offset += 1
            return .element
        }
        guard Self.wordLength(bytes, at: offset, end: end, isFirst: true) > 0 else { return .unknown }
        scanWord()
        return .variable
    }

    private mutating func scanBacktick() -> Token.Kind {
        if byte(at: offset + 1) == UInt8(ascii: "`"), byte(at: offset + 2) == UInt8(ascii: "`") {
            offset += 3
            return .tripleBacktick
        }
        offset += 1
        return .backtick
    }

    private mutating func scanText(quote: UInt8) -> Token.Kind {
        if byte(at: offset + 1) == quote, byte(at: offset + 2) == quote {
            return scanMultilineText(quote: quote)
        }
        let isDouble = quote == UInt8(ascii: "\"")
        let stopsAtLine = isDouble ? hasUnclosedDouble : hasUnclosedSingle
        let start = offset
        offset += 1
        while offset < end {
            switch bytes[offset] {
            case quote:
                offset += 1
                return .text
            case UInt8(ascii: "\\"):
                offset = min(offset + 2, end)
            case UInt8(ascii: "\n") where stopsAtLine:
                return .unterminatedText
            default:
                offset += 1
            }
        }
        if isDouble { hasUnclosedDouble = true } else { hasUnclosedSingle = true }
        offset = start + 1
        while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        return .unterminatedText
    }

    private mutating func scanMultilineText(quote: UInt8) -> Token.Kind {
        offset += 3
        while offset + 2 < end {
            if bytes[offset] == quote, bytes[offset + 1] == quote, bytes[offset + 2] == quote {
                offset += 3
                return .multilineText
            }
            offset += 1
        }
        // Unlike a single quotation mark these are never there by chance: the rest is the text.
        offset = end
        return .unterminatedText
    }
}
