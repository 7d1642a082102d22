/// JSON as RFC 8259 has it, strictly.
///
/// - The order of keys is kept; of a repeated key the last value counts, at the first one's place.
/// - Integers of 64 bits are exact; larger ones, fractions and exponents become decimals. `-0` is the decimal.
///   A number beyond the decimals is an error.
/// - Text is UTF-8 without surrogates and overlong forms; a byte order mark is an error.
/// - Arrays and objects are nested at most `maximumDepth` deep.
package enum JSON {
    /// Reads one value from the whole of `bytes`, which are not copied.
    package static func parse(
        _ bytes: Span<UInt8>, maximumDepth: Int = Value.maximumDepth
    ) throws(JSONError) -> Value {
        var parser = JSONParser(maximumDepth: min(maximumDepth, Value.maximumDepth))
        do throws(JSONParser.Failure) {
            return try parser.parseDocument(bytes)
        } catch {
            throw JSONError(error.kind, at: error.offset, in: bytes)
        }
    }

    package static func parse(
        _ bytes: [UInt8], maximumDepth: Int = Value.maximumDepth
    ) throws(JSONError) -> Value {
        try parse(bytes.span, maximumDepth: maximumDepth)
    }

    package static func parse(
        _ text: Text, maximumDepth: Int = Value.maximumDepth
    ) throws(JSONError) -> Value {
        try text.withBytes { bytes throws(JSONError) in
            try parse(bytes, maximumDepth: maximumDepth)
        }
    }
}

/// Why bytes are no JSON, and where.
package struct JSONError: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case empty
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case expectedKey
        case expectedColon
        case expectedCommaOrEnd
        case malformedNumber
        case numberTooLarge
        case malformedEscape
        case loneSurrogate
        case controlCharacter
        case malformedUTF8
        case byteOrderMark
        case tooDeep(Int)
        case trailingBytes
    }

    package let kind: Kind
    /// In bytes, from 0.
    package let offset: Int
    /// From 1.
    package let line: Int
    /// In bytes, from 1.
    package let column: Int

    init(_ kind: Kind, at offset: Int, in bytes: Span<UInt8>) {
        self.kind = kind
        self.offset = offset
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        self.line = line
        column = offset - lineStart + 1
    }

    /// One sentence, with the place.
    package var message: String {
        "\(reason) at line \(line), column \(column) (byte \(offset))"
    }

    private var reason: String {
        switch kind {
        case .empty: "The JSON is empty"
        case .unexpectedEnd: "The JSON ends too early"
        case .unexpectedByte(let byte): "A JSON value cannot begin with \(Self.name(of: byte))"
        case .expectedKey: "Expected a key in double quotes"
        case .expectedColon: "Expected a colon after the key"
        case .expectedCommaOrEnd: "Expected a comma, or the end of the array or object"
        case .malformedNumber: "Malformed number"
        case .numberTooLarge: "The number is larger than a decimal can be"
        case .malformedEscape: "Malformed escape in a text"
        case .loneSurrogate: "An escaped surrogate stands alone"
        case .controlCharacter: "A control character in a text must be escaped"
        case .malformedUTF8: "A text is not valid UTF-8"
        case .byteOrderMark: "JSON must not begin with a byte order mark"
        case .tooDeep(let depth): "Arrays and objects are nested more than \(depth) deep"
        case .trailingBytes: "Something follows the JSON value"
        }
    }

    private static func name(of byte: UInt8) -> String {
        (0x21...0x7e).contains(byte) ? "`\(Character(UnicodeScalar(byte)))`" : "byte \(byte)"
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String { message }
}
