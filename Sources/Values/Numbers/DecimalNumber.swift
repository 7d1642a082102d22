/// The digits of a number as they are read: up to nineteen of them, and a power of ten.
struct DecimalNumber {
    var isNegative = false
    /// Of ten.
    var exponent = 0
    private var magnitude: UInt64 = 0
    private var digits = 0

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    @inline(__always)
    mutating func append(_ digit: UInt8, isFraction: Bool) {
        // Nineteen digits fit for sure; a twentieth makes the number one for the slow way.
        if digits < 19 { magnitude = magnitude &* 10 &+ UInt64(digit) }
        if digits > 0 || digit > 0 { digits += 1 }
        if isFraction { exponent -= 1 }
    }

    /// The number, exactly, if it was written as an integer and fits.
    var integer: Int64? {
        guard digits <= 19, exponent == 0 else { return nil }
        if isNegative {
            return magnitude <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return Int64(exactly: magnitude)
    }

    /// The nearest decimal where one rounding gives it (Clinger's fast path): the digits and the power of ten are
    /// both exact. Nil where that is not so.
    var decimal: Double? {
        guard digits <= 15, -22...22 ~= exponent else { return nil }
        let value = Double(magnitude)
        let scaled = exponent < 0 ? value / Self.powers[-exponent] : value * Self.powers[exponent]
        return isNegative ? -scaled : scaled
    }
}
