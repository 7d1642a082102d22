import Values

/// YAML into values, as far as configuration and messages use it: one document of block and flow collections, plain,
/// quoted and block scalars of the core schema (YAML 1.2).
///
/// Anchors, aliases, tags and keys that are collections are refused: a few lines of aliases can stand for gigabytes.
/// Of a repeated key the last value counts.
struct YAMLParser {
    let bytes: [UInt8]
    var index = 0
    private var depth = 0

    /// - Throws: `StackError` with the line, for what is no YAML and for what is refused.
    static func parse(_ text: Text) throws -> Value {
        var parser = YAMLParser(bytes: text.bytes)
        return try parser.parseDocument()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func parseDocument() throws -> Value {
        try skipToContent()
        while index < bytes.count, bytes[index] == UInt8(ascii: "%") {
            skipLine()
            try skipToContent()
        }
        var isInline = false
        if isMarker("---") {
            index += 3
            skipSpaces()
            isInline = !isAtEndOfLine
            if !isInline { skipLine() }
        }
        let value = isInline ? try parseInline(column: index - startOfLine, parent: -1) : try parseBlock(parent: -1)
        try skipToContent()
        if isMarker("...") {
            skipLine()
            try skipToContent()
        }
        guard index == bytes.count else {
            throw isMarker("---") ? refusal("a second document") : mistake("expected the end of the document")
        }
        return value
    }

    /// The value in the lines that are indented further than their parent, null if there are none.
    mutating func parseBlock(parent: Int) throws -> Value {
        try skipToContent()
        guard index < bytes.count, column > parent, !isMarker("---"), !isMarker("...") else { return .null }
        return try parseInline(column: column, parent: parent)
    }

    /// The value that begins where the parser stands, in a column of its line; something stands there.
    mutating func parseInline(column: Int, parent: Int) throws -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Value.maximumDepth else { throw mistake("nested too deeply") }
        if isEntryMark(UInt8(ascii: "-")) { return try parseSequence(column: column) }
        if isEntryMark(UInt8(ascii: "?")) { throw refusal("a key that is a collection") }
        if endOfKey() != nil { return try parseMapping(column: column) }
        return try parseScalar(parent: parent)
    }

    private mutating func parseSequence(column: Int) throws -> Value {
        var items: [Value] = []
        repeat {
            index += 1
            skipSpaces()
            if isAtEndOfLine {
                items.append(try parseBlock(parent: column))
            } else {
                items.append(try parseInline(column: index - startOfLine, parent: column))
            }
        } while try isNextEntry(column: column) && isEntryMark(UInt8(ascii: "-"))
        return .array(items)
    }

    private mutating func parseMapping(column: Int) throws -> Value {
        var object = Object()
        repeat {
            guard let end = endOfKey() else {
                // A list may stand in the column of the key that it belongs to; then the mapping goes on behind it.
                throw mistake("expected a key and a colon")
            }
            let key = try parseKey(upTo: end)
            index = end + 1
            skipSpaces()
            object[key] = isAtEndOfLine ? try parseMember(column: column) : try parseScalar(parent: column)
        } while try isNextEntry(column: column)
        return .object(object)
    }

    /// The value below a key: indented further, or a list in the same column.
    private mutating func parseMember(column: Int) throws -> Value {
        try skipToContent()
        if index < bytes.count, self.column == column, isEntryMark(UInt8(ascii: "-")) {
            return try parseSequence(column: column)
        }
        return try parseBlock(parent: column)
    }

    /// Goes to the next line with content; whether it belongs to the collection in that column.
    private mutating func isNextEntry(column: Int) throws -> Bool {
        try skipToContent()
        guard index < bytes.count, !isMarker("---"), !isMarker("...") else { return false }
        guard self.column <= column else { throw mistake("indented further than the line it belongs to") }
        return self.column == column
    }
}
