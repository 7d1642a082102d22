import Values

/// Texts in quotes and in blocks.
extension YAMLParser {
    /// A text in single or double quotes, nil if none begins here. It may go over several lines: one line end is a
    /// space, more are one less.
    mutating func parseQuoted() throws -> Text? {
        guard index < bytes.count else { return nil }
        let quote = bytes[index]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case quote:
                guard quote == UInt8(ascii: "'"), index < bytes.count, bytes[index] == quote else {
                    return Text(bytes: text)
                }
                text.append(quote)
                index += 1
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): try parseEscape(into: &text)
            case UInt8(ascii: "\n"): fold(into: &text)
            case UInt8(ascii: "\r"): break
            default: text.append(byte)
            }
        }
        throw mistake("a quote is not closed")
    }

    private mutating func fold(into text: inout [UInt8]) {
        while let last = text.last, Self.isSpace(last) { text.removeLast() }
        var breaks = 1
        skipSpaces()
        while index < bytes.count, Self.isLineEnd(bytes[index]) {
            if bytes[index] == UInt8(ascii: "\n") { breaks += 1 }
            index += 1
            skipSpaces()
        }
        text.append(contentsOf: breaks == 1 ? [0x20] : Array(repeating: 0x0A, count: breaks - 1))
    }

    private static let escapes: [UInt8: String] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{07}", UInt8(ascii: "b"): "\u{08}", UInt8(ascii: "t"): "\t",
        UInt8(ascii: "\t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{0B}", UInt8(ascii: "f"): "\u{0C}",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"",
        UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]

    private mutating func parseEscape(into text: inout [UInt8]) throws {
        guard index < bytes.count else { throw mistake("a quote is not closed") }
        let letter = bytes[index]
        index += 1
        if let plain = Self.escapes[letter] {
            text.append(contentsOf: plain.utf8)
        } else if letter == UInt8(ascii: "\n") {
            skipSpaces()
        } else if let length = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][letter] {
            let digits = String(decoding: bytes[index..<min(index + length, bytes.count)], as: UTF8.self)
            guard digits.utf8.count == length, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
            else { throw mistake("expected \(length) digits of a character's number") }
            text.append(contentsOf: String(scalar).utf8)
            index += length
        } else {
            throw mistake("there is no such escape in quotes")
        }
    }

    /// `|` keeps the line ends, `>` makes spaces of single ones; then `-` drops the last line end, `+` keeps all.
    mutating func parseBlockScalar(parent: Int) throws -> Text {
        let isFolded = bytes[index] == UInt8(ascii: ">")
        index += 1
        var chomping: UInt8?
        var indentation: Int?
        while index < bytes.count, bytes[index] > 0x20 {
            switch bytes[index] {
            case UInt8(ascii: "-"), UInt8(ascii: "+"): chomping = bytes[index]
            case UInt8(ascii: "1")...UInt8(ascii: "9"):
                indentation = max(parent, 0) + Int(bytes[index] - UInt8(ascii: "0"))
            default: throw mistake("expected -, + or a digit behind | or >")
            }
            index += 1
        }
        skipSpaces()
        guard isAtEndOfLine else { throw mistake("expected the end of the line") }
        skipLine()
        let lines = blockLines(parent: parent, indentation: indentation)
        return Self.joined(lines, isFolded: isFolded, chomping: chomping)
    }

    /// The lines of a block without their indentation, which is that of the first one with content.
    private mutating func blockLines(parent: Int, indentation: Int?) -> [ArraySlice<UInt8>] {
        var indentation = indentation
        var lines: [ArraySlice<UInt8>] = []
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index] == 0x20, index - start < indentation ?? Int.max { index += 1 }
            let width = index - start
            let isBlank = index == bytes.count || Self.isLineEnd(bytes[index])
            if !isBlank {
                guard width > parent, width >= indentation ?? 0 else {
                    index = start
                    break
                }
                indentation = indentation ?? width
            }
            let content = index
            skipLine()
            var end = index
            while end > content, Self.isLineEnd(bytes[end - 1]) { end -= 1 }
            lines.append(bytes[content..<end])
        }
        return lines
    }

    private static func joined(_ lines: [ArraySlice<UInt8>], isFolded: Bool, chomping: UInt8?) -> Text {
        let content = (lines.lastIndex { !$0.isEmpty }).map { $0 + 1 } ?? 0
        var text: [UInt8] = []
        var breaks = 0
        for (number, line) in lines[..<content].enumerated() {
            if line.isEmpty, number > 0 || isFolded {
                breaks += 1
                continue
            }
            if number > 0 {
                let isIndented = line.first.map { isSpace($0) } ?? false
                let count = isFolded && !isIndented ? breaks : breaks + 1
                text.append(contentsOf: count == 0 ? [0x20] : Array(repeating: 0x0A, count: count))
            }
            text.append(contentsOf: line)
            breaks = 0
        }
        let ends = chomping == UInt8(ascii: "-") ? 0 : chomping == UInt8(ascii: "+") ? lines.count - content + 1 : 1
        if content > 0 || chomping == UInt8(ascii: "+") { text.append(contentsOf: Array(repeating: 0x0A, count: ends)) }
        return Text(bytes: text)
    }
}
