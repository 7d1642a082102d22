import Values

/// Lines, columns and what ends them.
extension YAMLParser {
    var startOfLine: Int {
        var start = index
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return start
    }

    /// Of the first character of a line, where the parser stands.
    var column: Int { index - startOfLine }

    /// Nothing but white space and a comment is left in the line.
    var isAtEndOfLine: Bool {
        guard index < bytes.count else { return true }
        switch bytes[index] {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
        case UInt8(ascii: "#"): return index == 0 || Self.isSpace(bytes[index - 1]) || bytes[index - 1] == 0x0A
        default: return false
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    mutating func skipSpaces() {
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    }

    mutating func skipLine() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        if index < bytes.count { index += 1 }
    }

    /// Goes over empty lines and comments to the first character of the next line with content.
    mutating func skipToContent() throws {
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            let indentation = index
            skipSpaces()
            guard isAtEndOfLine else {
                guard index == indentation else {
                    // Behind something on the same line a tab is only a space.
                    if start > 0, bytes[start - 1] != UInt8(ascii: "\n") { return }
                    throw mistake("a tab may not indent a line")
                }
                return
            }
            skipLine()
        }
    }

    /// `---` or `...` at the beginning of a line.
    func isMarker(_ marker: String) -> Bool {
        let end = index + 3
        guard end <= bytes.count, bytes[index..<end].elementsEqual(marker.utf8) else { return false }
        guard index == 0 || bytes[index - 1] == UInt8(ascii: "\n") else { return false }
        return end == bytes.count || bytes[end] <= 0x20
    }

    /// The character, and white space or the end of the line behind it.
    func isEntryMark(_ mark: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == mark else { return false }
        return index + 1 == bytes.count || bytes[index + 1] <= 0x20
    }

    func mistake(_ text: String) -> StackError {
        let line = bytes[..<min(index, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
        return StackError.mistake("yaml_decode: line \(line): \(text)")
    }

    func refusal(_ what: String) -> StackError {
        mistake("\(what) is not supported")
    }
}
