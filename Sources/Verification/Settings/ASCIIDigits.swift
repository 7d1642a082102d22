/// Numbers from outside: ASCII digits only, no sign, bounded in length.
enum ASCIIDigits {
    /// More digits than milliseconds since 1970 have until the year 33658, and fewer than could overflow.
    static let maximumCount = 15

    /// nil for no digits, more than `maximumCount`, or anything else.
    static func value(_ digits: some Sequence<UInt8>) -> Int64? {
        var value: Int64 = 0
        var count = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), count < maximumCount else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
            count += 1
        }
        return count == 0 ? nil : value
    }
}
