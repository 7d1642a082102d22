import Values

/// UUIDs as text: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 (RFC 9562, section 4).
enum UUIDText {
    /// A random one, of version 4.
    ///
    /// - Parameter bytes: 16 unpredictable bytes
    static func random(_ bytes: [UInt8]) -> Text {
        var digits: [UInt8] = []
        digits.reserveCapacity(36)
        for (index, byte) in bytes.prefix(16).enumerated() {
            if [4, 6, 8, 10].contains(index) { digits.append(UInt8(ascii: "-")) }
            let byte = index == 6 ? byte & 0x0f | 0x40 : index == 8 ? byte & 0x3f | 0x80 : byte
            digits.append(digit(byte >> 4))
            digits.append(digit(byte & 0x0f))
        }
        return Text(bytes: digits)
    }

    /// The text in small letters, or nil if it is no UUID.
    static func normalized(_ text: Text) -> Text? {
        guard text.byteCount == 36 else { return nil }
        let lowered = Text(text.string.asciiLowercased)
        let fits = lowered.bytes.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == UInt8(ascii: "-") : (48...57).contains(byte) || (97...102).contains(byte)
        }
        return fits ? lowered : nil
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 48 + value : 87 + value
    }
}
