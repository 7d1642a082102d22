import Values

/// A number's decimal digits, for rounding and printing to a count of places.
///
/// A decimal is taken at its shortest digits, the ones a person sees: 1.005 rounds to 1.01 as in PHP's `round` and
/// `number_format`, though the binary number is a little less; or exactly, as in PHP's `sprintf`.
struct DecimalDigits {
    var isNegative: Bool
    /// From 0 to 9, without leading zeros; empty for zero.
    private var digits: [UInt8]
    /// How many of them stand before the point; negative for zeros behind it.
    private var point: Int

    init(_ number: Number) {
        switch number {
        case .integer(let value):
            isNegative = value < 0
            digits = value == 0 ? [] : String(value.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
            point = digits.count
        case .decimal(let value):
            isNegative = value.sign == .minus
            let shortest = Decimal.shortestDigits(value.magnitude)
            digits = value == 0 ? [] : shortest.digits.map { $0 - UInt8(ascii: "0") }
            point = value == 0 ? 0 : shortest.point
        }
    }

    /// - Parameter digits: without zeros at the beginning; those at the end are dropped
    init(digits: [UInt8], point: Int, isNegative: Bool) {
        self.digits = digits
        self.point = point
        self.isNegative = isNegative
        while self.digits.last == 0 { self.digits.removeLast() }
    }

    var isZero: Bool { digits.isEmpty }

    /// Rounds to so many places behind the point; negative ones are before it. A half goes away from zero, or to the
    /// even digit.
    mutating func round(places: Int, halfToEven: Bool = false) {
        let (kept, overflow) = point.addingReportingOverflow(places)
        guard !overflow, kept < digits.count else { return }
        guard kept >= 0 else {
            digits = []
            point = 0
            return
        }
        let isHalf = digits[kept] == 5 && digits.count == kept + 1
        let roundsUp = isHalf && halfToEven ? kept > 0 && digits[kept - 1] & 1 == 1 : digits[kept] >= 5
        digits.removeLast(digits.count - kept)
        if roundsUp {
            var index = kept - 1
            while index >= 0, digits[index] == 9 {
                digits[index] = 0
                index -= 1
            }
            if index >= 0 {
                digits[index] += 1
            } else {
                digits.insert(1, at: 0)
                point += 1
            }
        }
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { point = 0 }
    }

    /// The number again; an integer if `isInteger` and 64 bits hold it.
    func number(isInteger: Bool) -> Number {
        var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        text.append(contentsOf: digits.map { $0 + UInt8(ascii: "0") })
        if digits.isEmpty { text.append(UInt8(ascii: "0")) }
        if isInteger, point >= digits.count, point < 20 {
            text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
            if let integer = Integer.parse(text.span) { return .integer(integer) }
            text.removeLast(point - digits.count)
        }
        text.append(contentsOf: "e\(point - digits.count)".utf8)
        return .decimal(Decimal.parse(text.span) ?? 0)
    }

    /// The digits before the point, at least one, as ASCII.
    var wholePart: [UInt8] {
        guard point > 0 else { return [UInt8(ascii: "0")] }
        return (0..<point).map { digit(at: $0) }
    }

    /// So many digits behind the point, as ASCII.
    func fraction(places: Int) -> [UInt8] {
        (0..<max(places, 0)).map { digit(at: point + $0) }
    }

    /// One digit before the point and so many behind it, as ASCII, and the power of ten that goes with them.
    func scientific(places: Int) -> (digits: [UInt8], exponent: Int) {
        guard !isZero else { return (Array(repeating: UInt8(ascii: "0"), count: places + 1), 0) }
        var rounded = self
        rounded.round(places: places + 1 - point, halfToEven: true)
        return ((0...places).map { rounded.digit(at: $0) }, rounded.point - 1)
    }

    private func digit(at index: Int) -> UInt8 {
        (digits.indices.contains(index) ? digits[index] : 0) + UInt8(ascii: "0")
    }
}
