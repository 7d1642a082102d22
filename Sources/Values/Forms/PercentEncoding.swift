/// Percent-encoding of bytes, in the forms that the web uses.
package enum PercentEncoding: Sendable {
    /// RFC 3986: all but letters, digits and `-._~` is encoded.
    case uri
    /// `application/x-www-form-urlencoded`, as PHP's `urlencode` and browsers write it: a space is `+`, and all but
    /// letters, digits and `-._` is encoded.
    case form

    package func encode(_ text: Text) -> Text {
        text.withBytes { bytes in
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count + bytes.count / 2)
            for index in bytes.indices { append(bytes[index], to: &output) }
            return Text(bytes: output)
        }
    }

    /// The bytes that the text stands for. A `%` without two digits of base 16 behind it stays as it is; `+` is
    /// a space in a form only.
    package func decode(_ text: Text) -> Text {
        text.withBytes { decode($0) }
    }

    package func decode(_ bytes: Span<UInt8>) -> Text {
        guard needsDecoding(bytes) else { return Text(bytes) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), bytes.count - index > 2,
                let high = bytes[index + 1].hexadecimalDigit, let low = bytes[index + 2].hexadecimalDigit
            {
                output.append(high << 4 | low)
                index += 3
            } else {
                output.append(byte == UInt8(ascii: "+") && self == .form ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return Text(bytes: output)
    }

    private func needsDecoding(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices
        where bytes[index] == UInt8(ascii: "%") || (bytes[index] == UInt8(ascii: "+") && self == .form) {
            return true
        }
        return false
    }

    private func append(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            output.append(byte)
        case UInt8(ascii: "~") where self == .uri:
            output.append(byte)
        case UInt8(ascii: " ") where self == .form:
            output.append(UInt8(ascii: "+"))
        default:
            output.append(UInt8(ascii: "%"))
            output.append(Self.upperDigit(byte >> 4))
            output.append(Self.upperDigit(byte & 0xf))
        }
    }

    private static func upperDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
