/// One pass over the bytes of a document, by recursive descent.
struct JSONParser {
    /// What is thrown inside: small, so that the paths without an error stay fast.
    struct Failure: Error {
        var kind: JSONError.Kind
        var offset: Int

        init(_ kind: JSONError.Kind, _ offset: Int) {
            self.kind = kind
            self.offset = offset
        }
    }

    private let maximumDepth: Int
    var position = 0
    /// Where texts with escapes are put together.
    var scratch: [UInt8] = []

    init(maximumDepth: Int) {
        self.maximumDepth = maximumDepth
    }

    mutating func parseDocument(_ bytes: Span<UInt8>) throws(Failure) -> Value {
        if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf {
            throw Failure(.byteOrderMark, 0)
        }
        skipSpace(bytes)
        guard position < bytes.count else { throw Failure(.empty, position) }
        let value = try parseValue(bytes, depth: 0)
        skipSpace(bytes)
        guard position == bytes.count else { throw Failure(.trailingBytes, position) }
        return value
    }

    /// Begins at the first byte of a value.
    mutating func parseValue(_ bytes: Span<UInt8>, depth: Int) throws(Failure) -> Value {
        guard position < bytes.count else { throw Failure(.unexpectedEnd, position) }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            position += 1
            return .text(try parseText(bytes))
        case UInt8(ascii: "{"):
            return try parseObject(bytes, depth: depth + 1)
        case UInt8(ascii: "["):
            return try parseArray(bytes, depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try parseNumber(bytes)
        case UInt8(ascii: "t"):
            try expect("true", bytes)
            return .boolean(true)
        case UInt8(ascii: "f"):
            try expect("false", bytes)
            return .boolean(false)
        case UInt8(ascii: "n"):
            try expect("null", bytes)
            return .null
        case let byte:
            throw Failure(.unexpectedByte(byte), position)
        }
    }

    private mutating func parseArray(_ bytes: Span<UInt8>, depth: Int) throws(Failure) -> Value {
        guard depth <= maximumDepth else { throw Failure(.tooDeep(maximumDepth), position) }
        position += 1
        var elements: [Value] = []
        if try peek(bytes) == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try parseValue(bytes, depth: depth))
            switch try peek(bytes) {
            case UInt8(ascii: ","):
                position += 1
                skipSpace(bytes)
            case UInt8(ascii: "]"):
                position += 1
                return .array(elements)
            default:
                throw Failure(.expectedCommaOrEnd, position)
            }
        }
    }

    private mutating func parseObject(_ bytes: Span<UInt8>, depth: Int) throws(Failure) -> Value {
        guard depth <= maximumDepth else { throw Failure(.tooDeep(maximumDepth), position) }
        position += 1
        if try peek(bytes) == UInt8(ascii: "}") {
            position += 1
            return .object(Object())
        }
        var object = Object(capacity: 8)
        // A bit for each kind of key that came: only a key whose bit is set can be a repeated one.
        var seen: UInt64 = 0
        while true {
            guard try peek(bytes) == UInt8(ascii: "\"") else { throw Failure(.expectedKey, position) }
            position += 1
            let start = position
            let key = try parseText(bytes)
            let kind = Self.kind(bytes, start..<position - 1, of: key)
            guard try peek(bytes) == UInt8(ascii: ":") else { throw Failure(.expectedColon, position) }
            position += 1
            skipSpace(bytes)
            let value = try parseValue(bytes, depth: depth)
            if seen & kind == 0 { object.append(newKey: key, value) } else { object.set(key, value) }
            seen |= kind
            switch try peek(bytes) {
            case UInt8(ascii: ","):
                position += 1
            case UInt8(ascii: "}"):
                position += 1
                return .object(object)
            default:
                throw Failure(.expectedCommaOrEnd, position)
            }
        }
    }

    /// One of 64 bits, by a key's length and its outer bytes. All of them for a key that was written with escapes: it
    /// may be any other's repetition.
    @inline(__always)
    private static func kind(_ bytes: Span<UInt8>, _ range: Range<Int>, of key: Text) -> UInt64 {
        guard range.count == key.byteCount else { return .max }
        guard !range.isEmpty else { return 1 }
        let first = Int(bytes[range.lowerBound]), last = Int(bytes[range.upperBound - 1])
        return 1 << UInt64((range.count &* 7 ^ first ^ last &* 5) & 63)
    }

    /// The next byte that is no space, which stays unread.
    @inline(__always)
    mutating func peek(_ bytes: Span<UInt8>) throws(Failure) -> UInt8 {
        skipSpace(bytes)
        guard position < bytes.count else { throw Failure(.unexpectedEnd, position) }
        return bytes[position]
    }

    @inline(__always)
    mutating func skipSpace(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func expect(_ word: StaticString, _ bytes: Span<UInt8>) throws(Failure) {
        let start = position
        for scalar in word.description.utf8 {
            guard position < bytes.count else { throw Failure(.unexpectedEnd, position) }
            guard bytes[position] == scalar else { throw Failure(.unexpectedByte(bytes[start]), start) }
            position += 1
        }
    }
}
