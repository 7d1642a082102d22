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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length / 4 * 3 + 2)
        var bits: UInt32 = 0
        var count = 0
        for index in 0..<length {
            guard let value = value(text[index]) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        guard trailingBits == .ignored || bits & (1 << UInt32(count) - 1) == 0 else { return nil }
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

    private func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): self == .standard ? 62 : nil
        case UInt8(ascii: "/"): self == .standard ? 63 : nil
        case UInt8(ascii: "-"): self == .urlSafe ? 62 : nil
        case UInt8(ascii: "_"): self == .urlSafe ? 63 : nil
        default: nil
        }
    }
}
