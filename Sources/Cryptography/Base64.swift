/// Base 64 (RFC 4648 sections 4 and 5).
package enum Base64: Sendable {
    /// `+` and `/`, padded.
    case standard
    /// `-` and `_`; padded when encoded only if asked for.
    case urlSafe

    /// What a decoder expects at the end of text whose bytes do not fill the last group.
    package enum Padding: Sendable {
        case required
        case forbidden
        case optional
    }

    /// What a decoder makes of the bits past the last byte.
    package enum TrailingBits: Sendable {
        /// They are zero, as every encoder writes them.
        case zero
        case ignored
    }

    package func encode(_ bytes: Span<UInt8>, padded: Bool = true) -> String {
        let whole = bytes.count / 3
        let rest = bytes.count % 3
        let length = whole * 4 + (rest == 0 ? 0 : padded ? 4 : rest + 1)
        return unsafe String(unsafeUninitializedCapacity: length) { target in
            for group in 0..<whole {
                let first = bytes[group * 3]
                let second = bytes[group * 3 + 1]
                let third = bytes[group * 3 + 2]
                unsafe target[group * 4] = digit(first >> 2)
                unsafe target[group * 4 + 1] = digit((first & 3) << 4 | second >> 4)
                unsafe target[group * 4 + 2] = digit((second & 15) << 2 | third >> 6)
                unsafe target[group * 4 + 3] = digit(third & 63)
            }
            guard rest > 0 else { return length }
            let first = bytes[whole * 3]
            let second = rest == 2 ? bytes[whole * 3 + 1] : 0
            let pad = UInt8(ascii: "=")
            let last = [
                digit(first >> 2), digit((first & 3) << 4 | second >> 4), rest == 2 ? digit((second & 15) << 2) : pad,
                pad,
            ]
            for index in whole * 4..<length { unsafe target[index] = last[index - whole * 4] }
            return length
        }
    }

    package func encode(_ bytes: [UInt8], padded: Bool = true) -> String { encode(bytes.span, padded: padded) }

    /// The bytes of canonical text, or nil: no white space, no other alphabet, bits past the last byte zero.
    ///
    /// So each sequence of bytes has one form only (two where padding is optional), and a signature that was
    /// re-encoded is seen to be another text.
    package func decode(
        _ text: Span<UInt8>, padding: Padding = .required, trailingBits: TrailingBits = .zero
    ) -> [UInt8]? {
        var length = text.count
        while length > 0, text.count - length < 2, text[length - 1] == UInt8(ascii: "=") { length -= 1 }
        let padded = text.count - length
        let rest = length % 4
        guard rest != 1, Self.accepts(padding, padded, rest: rest) else { return nil }
        let values = self == .standard ? Self.standardValues : Self.urlSafeValues
        var isText = true
        var last: UInt32 = 0
        let bytes = [UInt8](capacity: length / 4 * 3 + 2) { output in
            var index = 0
            while isText, length - index >= 4 {
                var group: UInt32 = 0
                var flags: UInt8 = 0
                for offset in 0..<4 {
                    let value = values[Int(text[index + offset])]
                    group = group << 6 | UInt32(value & 63)
                    flags |= value
                }
                isText = flags < 64
                output.append(UInt8(truncatingIfNeeded: group >> 16))
                output.append(UInt8(truncatingIfNeeded: group >> 8))
                output.append(UInt8(truncatingIfNeeded: group))
                index += 4
            }
            guard isText, rest > 0 else { return }
            for offset in index..<length {
                let value = values[Int(text[offset])]
                isText = isText && value < 64
                last = last << 6 | UInt32(value & 63)
            }
            // Two characters hold one byte and four bits, three hold two bytes and two bits.
            if rest == 3 { output.append(UInt8(truncatingIfNeeded: last >> 10)) }
            output.append(UInt8(truncatingIfNeeded: last >> (rest == 3 ? 2 : 4)))
            last &= rest == 3 ? 3 : 15
        }
        guard isText, trailingBits == .ignored || last == 0 else { return nil }
        return bytes
    }

    package func decode(
        _ text: String, padding: Padding = .required, trailingBits: TrailingBits = .zero
    ) -> [UInt8]? {
        decode(text.utf8Span.span, padding: padding, trailingBits: trailingBits)
    }

    private static func accepts(_ padding: Padding, _ padded: Int, rest: Int) -> Bool {
        let full = rest == 0 ? 0 : 4 - rest
        return switch padding {
        case .required: padded == full
        case .forbidden: padded == 0
        case .optional: padded == full || padded == 0
        }
    }

    private func digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: self == .standard ? UInt8(ascii: "+") : UInt8(ascii: "-")
        default: self == .standard ? UInt8(ascii: "/") : UInt8(ascii: "_")
        }
    }

    /// What each character stands for, 255 for those that stand for nothing. A table takes a quarter of the time of comparisons:
    /// a signature of RSA has 344 characters.
    private static let standardValues = values(Base64.standard)
    private static let urlSafeValues = values(Base64.urlSafe)

    private static func values(_ alphabet: Base64) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for value in 0..<64 { values[Int(alphabet.digit(UInt8(value)))] = UInt8(value) }
        return values
    }
}
