/// The words of one of nginx's files, as nginx reads them: quotes and escapes undone, comments left out.
struct NginxLexer {
    enum Token: Equatable {
        case word(String)
        case opening, closing, semicolon
    }

    private let file: String
    private var rest: ArraySlice<UInt8>
    private(set) var line = 1

    init(_ text: ArraySlice<UInt8>, file: String) {
        rest = text
        self.file = file
    }

    var place: ConfigurationPlace { ConfigurationPlace(file: file, line: line) }

    /// nil at the end of the file.
    mutating func next() throws(ConfigurationError) -> Token? {
        skipSpace()
        guard let byte = rest.first else { return nil }
        switch byte {
        case UInt8(ascii: "{"): return take(.opening)
        case UInt8(ascii: "}"): return take(.closing)
        case UInt8(ascii: ";"): return take(.semicolon)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .word(try quoted(byte))
        default: return .word(bare())
        }
    }

    /// Passes over what stands between braces in another language, the closing one included.
    mutating func skipForeignBlock() throws(ConfigurationError) {
        let start = place
        var depth = 1
        while let byte = advance() {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return }
        }
        throw ConfigurationError(place: start, problem: "a block that begins here is never closed")
    }

    private mutating func take(_ token: Token) -> Token {
        rest.removeFirst()
        return token
    }

    @discardableResult
    private mutating func advance() -> UInt8? {
        guard let byte = rest.popFirst() else { return nil }
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    private mutating func skipSpace() {
        while let byte = rest.first {
            if byte == UInt8(ascii: "#") {
                while let byte = rest.first, byte != UInt8(ascii: "\n") { rest.removeFirst() }
            } else if Self.isSpace(byte) {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func bare() -> String {
        var bytes: [UInt8] = []
        while let byte = rest.first, !Self.isSpace(byte), byte != UInt8(ascii: ";") {
            // `${name}` is a part of a word, any other brace ends it.
            if byte == UInt8(ascii: "{"), bytes.last != UInt8(ascii: "$") { break }
            advance()
            bytes += byte == UInt8(ascii: "\\") ? escaped() : [byte]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func quoted(_ mark: UInt8) throws(ConfigurationError) -> String {
        let start = place
        advance()
        var bytes: [UInt8] = []
        while let byte = advance() {
            if byte == mark { return String(decoding: bytes, as: UTF8.self) }
            bytes += byte == UInt8(ascii: "\\") ? escaped() : [byte]
        }
        throw ConfigurationError(place: start, problem: "a quote that begins here is never closed")
    }

    /// What a backslash and the byte behind it stand for.
    private mutating func escaped() -> [UInt8] {
        guard let byte = advance() else { return [UInt8(ascii: "\\")] }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "n"): return [0x0A]
        default: return [UInt8(ascii: "\\"), byte]
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
