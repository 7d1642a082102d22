extension JSONParser {
    /// Begins behind the opening quote, ends behind the closing one.
    mutating func parseText(_ bytes: Span<UInt8>) throws(Failure) -> Text {
        let start = position
        let end = bytes.endOfPlainJSON(from: start)
        guard end < bytes.count else { throw Failure(.unexpectedEnd, bytes.count) }
        if bytes[end] == UInt8(ascii: "\"") {
            position = end + 1
            return try Self.text(bytes.extracting(start..<end), at: start)
        }
        return try parseEscapedText(bytes, from: start, plainEnd: end)
    }

    private mutating func parseEscapedText(
        _ bytes: Span<UInt8>, from start: Int, plainEnd: Int
    ) throws(Failure) -> Text {
        scratch.removeAll(keepingCapacity: true)
        var start = start
        var end = plainEnd
        let first = start
        while true {
            guard end < bytes.count else { throw Failure(.unexpectedEnd, bytes.count) }
            scratch.append(contentsOf: bytes, in: start..<end)
            position = end
            switch bytes[end] {
            case UInt8(ascii: "\""):
                position = end + 1
                return try Self.text(scratch.span, at: first)
            case UInt8(ascii: "\\"):
                try parseEscape(bytes)
            default:
                throw Failure(.controlCharacter, end)
            }
            start = position
            end = bytes.endOfPlainJSON(from: start)
        }
    }

    private static func text(_ bytes: Span<UInt8>, at offset: Int) throws(Failure) -> Text {
        do {
            return Text(String(copying: try UTF8Span(validating: bytes)))
        } catch {
            throw Failure(.malformedUTF8, offset)
        }
    }

    /// Begins at the backslash.
    private mutating func parseEscape(_ bytes: Span<UInt8>) throws(Failure) {
        guard position + 1 < bytes.count else { throw Failure(.unexpectedEnd, bytes.count) }
        let plain: UInt8
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = bytes[position + 1]
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0c
        case UInt8(ascii: "n"): plain = 0x0a
        case UInt8(ascii: "r"): plain = 0x0d
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"): return try parseUnicodeEscape(bytes)
        default: throw Failure(.malformedEscape, position)
        }
        scratch.append(plain)
        position += 2
    }

    private mutating func parseUnicodeEscape(_ bytes: Span<UInt8>) throws(Failure) {
        let start = position
        var code = try parseHex(bytes)
        if 0xd800...0xdbff ~= code {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw Failure(.loneSurrogate, start) }
            let low = try parseHex(bytes)
            guard 0xdc00...0xdfff ~= low else { throw Failure(.loneSurrogate, start) }
            code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = UnicodeScalar(code) else { throw Failure(.loneSurrogate, start) }
        scratch.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// The four digits of `\uXXXX`, from the backslash on.
    private mutating func parseHex(_ bytes: Span<UInt8>) throws(Failure) -> UInt32 {
        guard position + 6 <= bytes.count else { throw Failure(.malformedEscape, position) }
        var code: UInt32 = 0
        for index in position + 2..<position + 6 {
            guard let digit = bytes[index].hexadecimalDigit else { throw Failure(.malformedEscape, position) }
            code = code << 4 | UInt32(digit)
        }
        position += 6
        return code
    }
}

extension UInt8 {
    /// The value of an ASCII digit of base 16, in either letter case.
    package var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
