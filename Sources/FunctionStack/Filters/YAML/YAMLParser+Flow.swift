import Values

/// `[a, b]` and `{a: 1}`, over as many lines as they like.
extension YAMLParser {
    mutating func parseFlow(depth: Int) throws -> Value {
        guard depth <= Value.maximumDepth else { throw mistake("nested too deeply") }
        try skipFlowSpace()
        guard index < bytes.count else { throw mistake("a bracket is not closed") }
        switch bytes[index] {
        case UInt8(ascii: "["): return try parseFlowSequence(depth: depth)
        case UInt8(ascii: "{"): return try parseFlowMapping(depth: depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try parseQuoted().map { .text($0) } ?? .null
        default:
            try refuseSpecial()
            return Self.resolve(flowWord())
        }
    }

    private mutating func parseFlowSequence(depth: Int) throws -> Value {
        index += 1
        var items: [Value] = []
        while try !skip(UInt8(ascii: "]")) {
            items.append(try parseFlow(depth: depth + 1))
            try expectSeparator(UInt8(ascii: "]"))
        }
        return .array(items)
    }

    private mutating func parseFlowMapping(depth: Int) throws -> Value {
        index += 1
        var object = Object()
        while try !skip(UInt8(ascii: "}")) {
            guard index < bytes.count else { throw mistake("a bracket is not closed") }
            try refuseSpecial()
            guard bytes[index] != UInt8(ascii: "["), bytes[index] != UInt8(ascii: "{") else {
                throw refusal("a key that is a collection")
            }
            let key = try parseQuoted() ?? Text(bytes: flowWord())
            var value = Value.null
            if try skip(UInt8(ascii: ":")) {
                try skipFlowSpace()
                let isEmpty = index < bytes.count && ",}".utf8.contains(bytes[index])
                if !isEmpty { value = try parseFlow(depth: depth + 1) }
            }
            object[key] = value
            try expectSeparator(UInt8(ascii: "}"))
        }
        return .object(object)
    }

    /// A comma, or the bracket that is left to the caller.
    private mutating func expectSeparator(_ end: UInt8) throws {
        if try skip(UInt8(ascii: ",")) { return }
        guard index < bytes.count else { throw mistake("a bracket is not closed") }
        guard bytes[index] == end else { throw mistake("expected a comma or a bracket") }
    }

    private mutating func skip(_ byte: UInt8) throws -> Bool {
        try skipFlowSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipFlowSpace() throws {
        while index < bytes.count {
            if bytes[index] <= 0x20 {
                index += 1
            } else if isAtEndOfLine {
                skipLine()
            } else {
                return
            }
        }
    }

    /// A plain word up to a separator, without the white space around it.
    private mutating func flowWord() -> [UInt8] {
        let start = index
        while index < bytes.count, !",[]{}\n".utf8.contains(bytes[index]) {
            if isColon(index) || isSeparatingColon { break }
            if isAtEndOfLine { break }
            index += 1
        }
        return Self.trimmed(bytes[start..<index]).bytes
    }

    /// `{a:}` and `{a:,b}`
    private var isSeparatingColon: Bool {
        bytes[index] == UInt8(ascii: ":") && index + 1 < bytes.count && ",[]{}".utf8.contains(bytes[index + 1])
    }
}
