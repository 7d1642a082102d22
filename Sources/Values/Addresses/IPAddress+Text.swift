// In the usual spelling of either family, and in no other: what some programs take for an address and others for
// another one (`010.0.0.1`, `10.1`, a zone) is none.
extension IPAddress {
    /// Four decimal numbers without leading zeros, or groups of base 16 as RFC 4291 section 2.2 has them.
    package init?(_ text: Span<UInt8>) {
        var isV6 = false
        for index in text.indices where text[index] == UInt8(ascii: ":") { isV6 = true }
        if isV6 {
            guard let number = Self.groups(text) else { return nil }
            self.init(v6: number)
        } else {
            guard let number = Self.fourNumbers(text, from: 0) else { return nil }
            self.init(v4: number)
        }
    }

    package init?(_ text: some StringProtocol) {
        self.init(Array(text.utf8).span)
    }

    /// `192.0.2.1`, up to the end of the text.
    private static func fourNumbers(_ text: Span<UInt8>, from start: Int) -> UInt32? {
        var (address, part): (UInt32, UInt32) = (0, 0)
        var (digits, dots) = (0, 0)
        for index in start..<text.count {
            switch text[index] {
            case UInt8(ascii: "."):
                guard digits > 0, dots < 3 else { return nil }
                address = address << 8 | part
                (part, digits, dots) = (0, 0, dots + 1)
            case let byte where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
                guard digits == 0 || part > 0 else { return nil }
                part = part * 10 + UInt32(byte - UInt8(ascii: "0"))
                guard part <= 255 else { return nil }
                digits += 1
            default: return nil
            }
        }
        return digits > 0 && dots == 3 ? address << 8 | part : nil
    }

    /// `2001:db8::1`, `::ffff:192.0.2.1`
    private static func groups(_ text: Span<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        var address: UInt128 = 0
        var (count, index) = (0, 0)
        // Where :: stands for as many zeros as are wanting.
        var gap: Int?
        if text.count >= 2, text[0] == colon, text[1] == colon { (gap, index) = (0, 2) }
        while index < text.count {
            let start = index
            var group: UInt32 = 0
            while index < text.count, let digit = Self.hexadecimal(text[index]) {
                guard index - start < 4 else { return nil }
                group = group << 4 | digit
                index += 1
            }
            guard index > start else { return nil }
            if index < text.count, text[index] == UInt8(ascii: ".") {
                guard count <= 6, let four = fourNumbers(text, from: start) else { return nil }
                (address, count, index) = (address << 32 | UInt128(four), count + 2, text.count)
                break
            }
            guard count < 8 else { return nil }
            (address, count) = (address << 16 | UInt128(group), count + 1)
            guard index < text.count else { break }
            guard text[index] == colon, index + 1 < text.count else { return nil }
            index += 1
            guard text[index] == colon else { continue }
            guard gap == nil else { return nil }
            (gap, index) = (count, index + 1)
        }
        guard let gap else { return count == 8 ? address : nil }
        guard count < 8 else { return nil }
        let behind = UInt128(16 * (count - gap))
        return (address >> behind) << UInt128(16 * (8 - gap)) | address & ((1 << behind) - 1)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// As RFC 5952 recommends: small letters, the first longest run of zeros as `::`.
    package var description: String {
        func dotted(_ number: UInt32) -> String {
            (0..<4).map { String(number >> UInt32(24 - 8 * $0) & 0xff) }.joined(separator: ".")
        }
        if isV4 { return dotted(UInt32(truncatingIfNeeded: number)) }
        if let mapped { return "::ffff:\(mapped)" }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: number >> UInt128(112 - 16 * $0)) }
        var (longest, start) = (0..<0, 0)
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start > max(longest.count, 1) { longest = start..<index }
            start = index + 1
        }
        func text(_ range: Range<Int>) -> String { groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        return longest.isEmpty ? text(0..<8) : text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<8)
    }
}
