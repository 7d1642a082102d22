extension Span<UInt8> {
    /// The next quote, backslash or control character from `start` on, or the end.
    @inline(__always)
    func endOfPlainJSON(from start: Int) -> Int {
        var index = start
        while count - index >= 8 {
            let hits = Self.special(word(at: index).littleEndian)
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            let byte = self[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return index }
            index += 1
        }
        return index
    }

    /// The high bit of each byte that is a quote, a backslash or a control character. Above the first
    /// one found other bits may be set as well.
    @inline(__always)
    private static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5c)
        let isQuote = (quote &- ones) & ~quote
        let isBackslash = (backslash &- ones) & ~backslash
        let isControl = (word &- ones &* 0x20) & ~word
        return (isQuote | isBackslash | isControl) & high
    }
}
