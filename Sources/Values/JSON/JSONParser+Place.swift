extension JSON {
    /// The value at a place of a document, nil if there is none.
    ///
    /// Reads no further than it has to, and past what stands before it as fast as it can: an id that stands at a body's
    /// beginning costs nothing worth mentioning. So what is not looked at is not checked, and of a repeated key the first
    /// value counts: for documents only that come from who is trusted with them.
    package static func value(at place: JSONPointer, in bytes: Span<UInt8>) -> Value? {
        var parser = JSONParser(maximumDepth: Value.maximumDepth)
        return try? parser.find(place.tokens, in: bytes)
    }

    /// An object with these of its members only, the last one of those that are repeated; what is no object is read whole.
    /// What stands in other members is not checked.
    package static func parse(_ bytes: Span<UInt8>, members: [Text]) throws(JSONError) -> Value {
        var parser = JSONParser(maximumDepth: Value.maximumDepth)
        do throws(JSONParser.Failure) {
            return try parser.parseMembers(members, bytes)
        } catch {
            throw JSONError(error.kind, at: error.offset, in: bytes)
        }
    }

    /// Whether an array or an object without anything in it stands at a place; reads as little as `value(at:in:)`.
    package static func isEmpty(at place: JSONPointer, in bytes: Span<UInt8>) -> Bool {
        var parser = JSONParser(maximumDepth: Value.maximumDepth)
        return (try? parser.isEmpty(place.tokens, in: bytes)) ?? false
    }

    /// Whether there is a value at a place; reads as little as `value(at:in:)`.
    package static func hasValue(at place: JSONPointer, in bytes: Span<UInt8>) -> Bool {
        var parser = JSONParser(maximumDepth: Value.maximumDepth)
        return (try? parser.go(to: place.tokens, in: bytes)) ?? false
    }
}

extension JSONParser {
    mutating func find(_ tokens: [Text], in bytes: Span<UInt8>) throws(Failure) -> Value? {
        guard try go(to: tokens, in: bytes) else { return nil }
        return try parseValue(bytes, depth: tokens.count)
    }

    fileprivate mutating func isEmpty(_ tokens: [Text], in bytes: Span<UInt8>) throws(Failure) -> Bool {
        guard try go(to: tokens, in: bytes), position < bytes.count else { return false }
        let byte = bytes[position]
        guard byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") else { return false }
        position += 1
        return try peek(bytes) == (byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}"))
    }

    /// Goes to the first byte of a value; false if there is none.
    fileprivate mutating func go(to tokens: [Text], in bytes: Span<UInt8>) throws(Failure) -> Bool {
        skipSpace(bytes)
        for token in tokens {
            guard position < bytes.count else { throw Failure(.unexpectedEnd, position) }
            switch bytes[position] {
            case UInt8(ascii: "{"):
                guard try enterMember(token, bytes) else { return false }
            case UInt8(ascii: "["):
                guard let number = JSONPointer.position(token), try enterElement(number, bytes) else { return false }
            default:
                return false
            }
        }
        return true
    }

    /// Goes to the value of a member; false if the object has none of that name.
    private mutating func enterMember(_ name: Text, _ bytes: Span<UInt8>) throws(Failure) -> Bool {
        position += 1
        if try peek(bytes) == UInt8(ascii: "}") { return false }
        while true {
            guard try peek(bytes) == UInt8(ascii: "\"") else { throw Failure(.expectedKey, position) }
            let isIt = try readKey(name, bytes)
            guard try peek(bytes) == UInt8(ascii: ":") else { throw Failure(.expectedColon, position) }
            position += 1
            skipSpace(bytes)
            if isIt { return true }
            guard try skipElement(bytes, end: UInt8(ascii: "}")) else { return false }
        }
    }

    /// Goes to an element; false if the array has no more.
    private mutating func enterElement(_ number: Int, _ bytes: Span<UInt8>) throws(Failure) -> Bool {
        position += 1
        if try peek(bytes) == UInt8(ascii: "]") { return false }
        for _ in 0..<number {
            guard try skipElement(bytes, end: UInt8(ascii: "]")) else { return false }
            skipSpace(bytes)
        }
        return true
    }

    fileprivate mutating func parseMembers(_ names: [Text], _ bytes: Span<UInt8>) throws(Failure) -> Value {
        skipSpace(bytes)
        guard position < bytes.count, bytes[position] == UInt8(ascii: "{") else { return try parseDocument(bytes) }
        position += 1
        var object = Object()
        var isOver = try peek(bytes) == UInt8(ascii: "}")
        if isOver { position += 1 }
        while !isOver {
            guard try peek(bytes) == UInt8(ascii: "\"") else { throw Failure(.expectedKey, position) }
            let start = position
            var name: Text?
            for candidate in names where name == nil {
                position = start
                if try readKey(candidate, bytes) { name = candidate }
            }
            guard try peek(bytes) == UInt8(ascii: ":") else { throw Failure(.expectedColon, position) }
            position += 1
            skipSpace(bytes)
            if let name { object[name] = try parseValue(bytes, depth: 1) } else { try skipValue(bytes) }
            isOver = try !passComma(bytes, end: UInt8(ascii: "}"))
            if isOver { position += 1 }
        }
        skipSpace(bytes)
        guard position == bytes.count else { throw Failure(.trailingBytes, position) }
        return .object(object)
    }

    /// Reads a key, from its opening quote on.
    private mutating func readKey(_ name: Text, _ bytes: Span<UInt8>) throws(Failure) -> Bool {
        position += 1
        let start = position
        let end = bytes.endOfPlainJSON(from: start)
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return try parseText(bytes) == name }
        position = end + 1
        guard end - start == name.byteCount else { return false }
        return name.withBytes { $0.hasSameBytes(as: bytes.extracting(start..<end)) }
    }

    /// Goes past a value and the comma behind it; false if the end stands there.
    private mutating func skipElement(_ bytes: Span<UInt8>, end: UInt8) throws(Failure) -> Bool {
        try skipValue(bytes)
        return try passComma(bytes, end: end)
    }

    private mutating func skipValue(_ bytes: Span<UInt8>) throws(Failure) {
        guard position < bytes.count else { throw Failure(.unexpectedEnd, position) }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            position += 1
            try skipText(bytes)
        case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer(bytes)
        default: skipPlain(bytes)
        }
    }

    /// Goes past the comma behind a value; false if the end stands there.
    private mutating func passComma(_ bytes: Span<UInt8>, end: UInt8) throws(Failure) -> Bool {
        let next = try peek(bytes)
        guard next == UInt8(ascii: ",") else {
            guard next == end else { throw Failure(.expectedCommaOrEnd, position) }
            return false
        }
        position += 1
        return true
    }

    /// Goes past a number or a word.
    private mutating func skipPlain(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 0...0x20: return
            default: position += 1
            }
        }
    }

    /// Begins behind the opening quote, ends behind the closing one.
    private mutating func skipText(_ bytes: Span<UInt8>) throws(Failure) {
        while true {
            position = bytes.endOfPlainJSON(from: position)
            guard position < bytes.count else { throw Failure(.unexpectedEnd, bytes.count) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): position += 2
            default: throw Failure(.controlCharacter, position)
            }
        }
    }

    /// Goes past an object or an array, from its bracket on: of what is in it only texts and brackets are looked at.
    private mutating func skipContainer(_ bytes: Span<UInt8>) throws(Failure) {
        var depth = 0
        while true {
            position = bytes.endOfPlainContainer(from: position)
            guard position < bytes.count else { throw Failure(.unexpectedEnd, bytes.count) }
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): try skipText(bytes)
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            default:
                depth -= 1
                if depth == 0 { return }
            }
        }
    }
}

extension Span<UInt8> {
    /// The next quote or bracket from `start` on, or the end.
    @inline(__always)
    fileprivate func endOfPlainContainer(from start: Int) -> Int {
        var index = start
        while count - index >= 8 {
            let hits = Self.brackets(word(at: index).littleEndian)
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            let byte = self[index]
            if byte == UInt8(ascii: "\"") || byte | 0x20 == UInt8(ascii: "{") || byte | 0x20 == UInt8(ascii: "}") { return index }
            index += 1
        }
        return index
    }

    /// The high bit of each byte that is a quote or a bracket. Above the first one found other bits may be set as well.
    @inline(__always)
    private static func brackets(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        // Brackets are braces without one bit.
        let brace = word | (ones &* 0x20)
        let opening = brace ^ (ones &* 0x7b)
        let closing = brace ^ (ones &* 0x7d)
        let isQuote = (quote &- ones) & ~quote
        let isOpening = (opening &- ones) & ~opening
        let isClosing = (closing &- ones) & ~closing
        return (isQuote | isOpening | isClosing) & (ones &* 0x80)
    }
}
