extension JSON {
    /// The value of a member of the outermost object, where it stands near the beginning or near the end: senders put what says
    /// when they sent an event before the event itself, or behind it. Of a repeated key the one found first counts. nil if there is
    /// none, or the document is malformed where it is read; what is not read is not checked.
    ///
    /// - Parameter beginning: how many bytes are read from the front, before the document is read from its end.
    package static func value(of name: Text, nearEndsOf bytes: Span<UInt8>, beginning: Int = 512) -> Value? {
        var parser = JSONParser(maximumDepth: Value.maximumDepth)
        let front = bytes.extracting(first: beginning)
        // A value that ends where the front does may go on behind it.
        if let value = try? parser.find([name], in: front), parser.position < front.count { return value }
        var end = JSONEnd(bytes)
        return end.value(of: name, bytes)
    }
}

/// Reads the members of an object from its end.
private struct JSONEnd {
    /// Behind what is still to be read.
    private var end: Int

    init(_ bytes: Span<UInt8>) { end = bytes.count }

    mutating func value(of name: Text, _ bytes: Span<UInt8>) -> Value? {
        guard last(bytes) == UInt8(ascii: "}") else { return nil }
        end -= 1
        while last(bytes) != nil {
            let valueEnd = end
            guard passValue(bytes) else { return nil }
            let value = end..<valueEnd
            guard last(bytes) == UInt8(ascii: ":") else { return nil }
            end -= 1
            guard last(bytes) == UInt8(ascii: "\"") else { return nil }
            let keyEnd = end
            guard passText(bytes) else { return nil }
            if Self.isText(name, bytes.extracting(end..<keyEnd)) { return try? JSON.parse(bytes.extracting(value)) }
            guard last(bytes) == UInt8(ascii: ",") else { return nil }
            end -= 1
        }
        return nil
    }

    /// The byte before `end`, once white space is passed.
    private mutating func last(_ bytes: Span<UInt8>) -> UInt8? {
        while end > 0 {
            switch bytes[end - 1] {
            case 0x20, 0x09, 0x0a, 0x0d: end -= 1
            case let byte: return byte
            }
        }
        return nil
    }

    /// Goes to the beginning of the value that ends here.
    private mutating func passValue(_ bytes: Span<UInt8>) -> Bool {
        switch bytes[end - 1] {
        case UInt8(ascii: "\""): return passText(bytes)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): return passContainer(bytes)
        default:
            let valueEnd = end
            while end > 0, Self.isPlain(bytes[end - 1]) { end -= 1 }
            return end < valueEnd
        }
    }

    private mutating func passContainer(_ bytes: Span<UInt8>) -> Bool {
        var depth = 0
        while end > 0 {
            switch bytes[end - 1] {
            case UInt8(ascii: "\""):
                guard passText(bytes) else { return false }
                continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth -= 1
            default: break
            }
            end -= 1
            if depth == 0 { return true }
        }
        return false
    }

    /// Goes to the opening quote of the text whose closing one stands before `end`. A quote inside has an odd number of
    /// backslashes before it.
    private mutating func passText(_ bytes: Span<UInt8>) -> Bool {
        end -= 1
        while end > 0 {
            end -= 1
            guard bytes[end] == UInt8(ascii: "\"") else { continue }
            var start = end
            while start > 0, bytes[start - 1] == UInt8(ascii: "\\") { start -= 1 }
            if (end - start).isMultiple(of: 2) { return true }
            end = start
        }
        return false
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "\""), 0...0x20: false
        default: true
        }
    }

    /// Whether a text, with its quotes, is a name.
    private static func isText(_ name: Text, _ text: Span<UInt8>) -> Bool {
        let contents = text.extracting(1..<text.count - 1)
        if contents.firstIndex(of: UInt8(ascii: "\\")) != nil { return (try? JSON.parse(text)) == .text(name) }
        return contents.count == name.byteCount && name.withBytes { $0.hasSameBytes(as: contents) }
    }
}
