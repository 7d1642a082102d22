import Values

/// Keys and values that are no collections.
extension YAMLParser {
    /// Where the colon stands that makes the beginning of this line a key.
    func endOfKey() -> Int? {
        guard index < bytes.count else { return nil }
        let first = bytes[index]
        var position = index
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            position += 1
            while position < bytes.count, bytes[position] != first {
                guard bytes[position] != UInt8(ascii: "\n") else { return nil }
                position += first == UInt8(ascii: "\"") && bytes[position] == UInt8(ascii: "\\") ? 2 : 1
                // A single quote stands for itself when it is doubled.
                if first == UInt8(ascii: "'"), position + 1 < bytes.count, bytes[position] == first,
                    bytes[position + 1] == first
                {
                    position += 2
                }
            }
            position += 1
            while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
            return isColon(position) ? position : nil
        }
        guard first != UInt8(ascii: "["), first != UInt8(ascii: "{") else { return nil }
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            if isColon(position) { return position }
            if bytes[position] == UInt8(ascii: "#"), position > index, Self.isSpace(bytes[position - 1]) { return nil }
            position += 1
        }
        return nil
    }

    func isColon(_ position: Int) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { return false }
        return position + 1 == bytes.count || bytes[position + 1] <= 0x20
    }

    mutating func parseKey(upTo end: Int) throws -> Text {
        if let quoted = try parseQuoted() { return quoted }
        try refuseSpecial()
        return Self.trimmed(bytes[index..<end])
    }

    /// What stands behind a key or a dash.
    mutating func parseScalar(parent: Int) throws -> Value {
        try refuseSpecial()
        switch bytes[index] {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let value = try parseFlow(depth: 1)
            try expectEndOfLine()
            return value
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return .text(try parseBlockScalar(parent: parent))
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            guard let text = try parseQuoted() else { return .null }
            try expectEndOfLine()
            return .text(text)
        default:
            return try parsePlain(parent: parent)
        }
    }

    private mutating func expectEndOfLine() throws {
        skipSpaces()
        guard isAtEndOfLine else { throw mistake("expected the end of the line") }
    }

    func refuseSpecial() throws {
        guard index < bytes.count else { return }
        switch bytes[index] {
        case UInt8(ascii: "&"): throw refusal("an anchor (&)")
        case UInt8(ascii: "*"): throw refusal("an alias (*)")
        case UInt8(ascii: "!"): throw refusal("a tag (!)")
        case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: ","), UInt8(ascii: "]"),
            UInt8(ascii: "}"):
            throw mistake("a text that begins with \(Character(UnicodeScalar(bytes[index]))) must stand in quotes")
        default: return
        }
    }

    /// Lines that are indented further go on with the text: one line end is a space, more are one less.
    private mutating func parsePlain(parent: Int) throws -> Value {
        let first = try plainLine()
        var text = first
        var isOneLine = true
        while index < bytes.count {
            let end = index
            var breaks = 0
            while index < bytes.count, isAtEndOfLine, bytes[index] != UInt8(ascii: "#") {
                skipLine()
                breaks += 1
                skipSpaces()
            }
            guard breaks > 0, index < bytes.count, !isAtEndOfLine, column > parent, !isMarker("---"), !isMarker("...")
            else {
                index = end
                break
            }
            isOneLine = false
            text.append(contentsOf: breaks == 1 ? [0x20] : Array(repeating: 0x0A, count: breaks - 1))
            text.append(contentsOf: try plainLine())
        }
        return isOneLine ? Self.resolve(first) : .text(Text(bytes: text))
    }

    private mutating func plainLine() throws -> [UInt8] {
        let start = index
        while index < bytes.count, !Self.isLineEnd(bytes[index]) {
            if bytes[index] == UInt8(ascii: "#"), index > start, Self.isSpace(bytes[index - 1]) { break }
            guard !isColon(index) else { throw mistake("a text with a colon and a space must stand in quotes") }
            index += 1
        }
        return Self.trimmed(bytes[start..<index]).bytes
    }

    static func trimmed(_ slice: ArraySlice<UInt8>) -> Text {
        var slice = slice
        while let last = slice.last, isSpace(last) || last == 0x0D { slice.removeLast() }
        while let first = slice.first, isSpace(first) { slice.removeFirst() }
        return Text(contentsOf: slice)
    }

    /// The core schema: null, bools, integers also in base 8 and 16, decimals; anything else is text.
    static func resolve(_ bytes: [UInt8]) -> Value {
        let text = Text(bytes: bytes)
        switch text.string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        case let word:
            if word.hasPrefix("0x"), let number = Int64(word.dropFirst(2), radix: 16) { return .integer(number) }
            if word.hasPrefix("0o"), let number = Int64(word.dropFirst(2), radix: 8) { return .integer(number) }
            guard let first = bytes.first, first.isASCIIDigit || "+-.".utf8.contains(first) else { return .text(text) }
            return NumericText.number(text)?.value ?? .text(text)
        }
    }
}
