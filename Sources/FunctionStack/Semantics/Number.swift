package import Values

/// An operand or a result of arithmetic.
package enum Number: Sendable, Equatable {
    case integer(Int64)
    case decimal(Double)

    /// The number as a decimal; integers past 2^53 are rounded.
    package var decimal: Double {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value): value
        }
    }

    /// The number as a value of the language.
    package var value: Value {
        switch self {
        case .integer(let value): .integer(value)
        case .decimal(let value): .decimal(value)
        }
    }

    /// Orders by the exact values; a decimal is never rounded to compare it with an integer, nor the other way.
    package static func compare(_ left: Number, _ right: Number) -> Ordering {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): Ordering(left, right)
        case (.decimal(let left), .decimal(let right)): Ordering(left, right)
        case (.integer(let left), .decimal(let right)): compare(left, right)
        case (.decimal(let left), .integer(let right)): compare(right, left).reversed
        }
    }

    private static func compare(_ left: Int64, _ right: Double) -> Ordering {
        if right.isNaN { return .incomparable }
        if right >= 0x1p63 { return .less }
        if right < -0x1p63 { return .greater }
        let whole = right.rounded(.towardZero)
        let order = Ordering(left, Int64(whole))
        return order == .equal ? Ordering(whole, right) : order
    }
}

/// How two values stand to each other.
package enum Ordering: Sendable, Equatable {
    case less, equal, greater
    /// Neither less, nor equal, nor greater.
    case incomparable

    init<Operand: Comparable>(_ left: Operand, _ right: Operand) {
        self = left < right ? .less : left == right ? .equal : left > right ? .greater : .incomparable
    }

    /// The same with the sides exchanged.
    package var reversed: Ordering {
        switch self {
        case .less: .greater
        case .greater: .less
        case .equal, .incomparable: self
        }
    }
}
