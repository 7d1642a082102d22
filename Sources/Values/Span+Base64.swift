extension Span<UInt8> {
    /// Whether there is nothing but the characters of base 64 (RFC 4648, section 4) and line feeds; sixteen bytes are looked at
    /// at a time.
    package var isBase64InLines: Bool {
        var index = 0
        while count - index >= 16 {
            guard Self.isBase64InLines(sixteen(at: index)) else { return false }
            index += 16
        }
        var rest = SIMD16(repeating: UInt8(ascii: "\n"))
        for position in index..<count { rest[position - index] = self[position] }
        return Self.isBase64InLines(rest)
    }

    @inline(__always)
    private static func isBase64InLines(_ bytes: SIMD16<UInt8>) -> Bool {
        let letters = (bytes | SIMD16(repeating: 0x20)) &- SIMD16(repeating: UInt8(ascii: "a"))
        // `/` stands right before the digits.
        let digits = bytes &- SIMD16(repeating: UInt8(ascii: "/"))
        // The type of each mask is written out: without it the compiler takes operators that are loops.
        let isLetter: SIMDMask<SIMD16<Int8>> = letters .< SIMD16(repeating: 26)
        let isDigit: SIMDMask<SIMD16<Int8>> = digits .< SIMD16(repeating: 11)
        let isPlus: SIMDMask<SIMD16<Int8>> = bytes .== SIMD16(repeating: UInt8(ascii: "+"))
        let isEquals: SIMDMask<SIMD16<Int8>> = bytes .== SIMD16(repeating: UInt8(ascii: "="))
        let isBreak: SIMDMask<SIMD16<Int8>> = bytes .== SIMD16(repeating: UInt8(ascii: "\n"))
        let isFine: SIMDMask<SIMD16<Int8>> = isLetter .| isDigit .| isPlus .| isEquals .| isBreak
        return ByteHits(isFine).isFull
    }
}
