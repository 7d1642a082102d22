extension UInt8 {
    /// From `0` to `9`.
    @inline(__always)
    var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    /// From `A` to `Z`.
    @inline(__always)
    var isASCIIUppercase: Bool { self &- UInt8(ascii: "A") < 26 }

    /// From `a` to `z`.
    @inline(__always)
    var isASCIILowercase: Bool { self &- UInt8(ascii: "a") < 26 }

    /// Not the second to fourth byte of a character in UTF-8.
    @inline(__always)
    var beginsCharacter: Bool { self & 0xC0 != 0x80 }
}
