/// Base 16 (RFC 4648 section 8).
package enum Hexadecimal {
    /// Lower-case digits, two a byte.
    package static func encode(_ bytes: Span<UInt8>) -> String {
        unsafe String(unsafeUninitializedCapacity: bytes.count * 2) { target in
            for index in bytes.indices {
                unsafe target.initializeElement(at: index * 2, to: digit(bytes[index] >> 4))
                unsafe target.initializeElement(at: index * 2 + 1, to: digit(bytes[index] & 15))
            }
            return bytes.count * 2
        }
    }

    package static func encode(_ bytes: [UInt8]) -> String { encode(bytes.span) }

    /// The bytes that digits of either letter case stand for; nil for an odd number of them or any other character.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var index = 0
        while index < text.count {
            guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
            index += 2
        }
        return bytes
    }

    package static func decode(_ text: String) -> [UInt8]? { decode(text.utf8Span.span) }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
