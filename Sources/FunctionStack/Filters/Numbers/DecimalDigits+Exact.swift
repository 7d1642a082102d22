extension DecimalDigits {
    /// All digits of a decimal, those of the binary number itself: 1.005 has 1.00499999999999989….
    init(exactly value: Double) {
        guard value.isFinite, value != 0 else {
            self.init(digits: [], point: 0, isNegative: value.sign == .minus)
            return
        }
        var significand = value.significandBitPattern
        var exponent = 1 - 1_023 - Double.significandBitCount
        if value.isNormal {
            significand |= 1 << UInt64(Double.significandBitCount)
            exponent += Int(value.exponentBitPattern) - 1
        }
        let shift = min(significand.trailingZeroBitCount, max(0, -exponent))
        var number = LargeNumber(significand >> UInt64(shift))
        exponent += shift
        // A half is five tenths: m / 2^k is m * 5^k / 10^k.
        number.multiply(by: exponent < 0 ? 5 : 2, times: abs(exponent))
        let digits = number.decimalDigits
        self.init(digits: digits, point: digits.count + min(exponent, 0), isNegative: value.sign == .minus)
    }
}

/// A whole number of any size, in limbs of nine decimal digits, the lowest first.
private struct LargeNumber {
    private var limbs: [UInt64] = []

    private static let base: UInt64 = 1_000_000_000

    init(_ value: UInt64) {
        var rest = value
        while rest > 0 {
            limbs.append(rest % Self.base)
            rest /= Self.base
        }
    }

    mutating func multiply(by factor: UInt64, times count: Int) {
        let chunk = 12
        var power: UInt64 = 1
        for _ in 0..<chunk { power *= factor }
        for _ in 0..<(count / chunk) { multiply(by: power) }
        for _ in 0..<(count % chunk) { multiply(by: factor) }
    }

    private mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product % Self.base
            carry = product / Self.base
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// From 0 to 9, the highest first, without zeros at the beginning.
    var decimalDigits: [UInt8] {
        var digits: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while digits.last == 0 { digits.removeLast() }
        return digits.reversed()
    }
}
