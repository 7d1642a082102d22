package import Values

/// The arithmetic operators, and the filters and statements of the same names.
///
/// Integers are exact and an overflow is an error; with a decimal on either side the result is a decimal. A result
/// that is infinite or no number is an error too, since JSON has none.
package enum Arithmetic {
    /// `+`
    package static func add(_ left: Value, _ right: Value) throws -> Value {
        if case .integer(let left) = left, case .integer(let right) = right {
            return try checked(left.addingReportingOverflow(right), "an addition")
        }
        return try combine(left, right, "+", { $0.addingReportingOverflow($1) }, +)
    }

    /// `-`
    package static func subtract(_ left: Value, _ right: Value) throws -> Value {
        if case .integer(let left) = left, case .integer(let right) = right {
            return try checked(left.subtractingReportingOverflow(right), "a subtraction")
        }
        return try combine(left, right, "-", { $0.subtractingReportingOverflow($1) }, -)
    }

    /// `*`
    package static func multiply(_ left: Value, _ right: Value) throws -> Value {
        if case .integer(let left) = left, case .integer(let right) = right {
            return try checked(left.multipliedReportingOverflow(by: right), "a multiplication")
        }
        return try combine(left, right, "*", { $0.multipliedReportingOverflow(by: $1) }, *)
    }

    /// Two integers give an integer if it is exact, else a decimal.
    package static func divide(_ left: Value, _ right: Value) throws -> Value {
        let left = try left.number(for: "'/'")
        let right = try right.number(for: "'/'")
        guard right.decimal != 0 else { throw StackError.mistake("Division by zero") }
        if case .integer(let left) = left, case .integer(let right) = right {
            let (quotient, overflow) = left.exactQuotient(dividingBy: right)
            if overflow { throw StackError.overflow("a division") }
            if let quotient { return .integer(quotient) }
        }
        return try finite(left.decimal / right.decimal, "a division")
    }

    /// The remainder of the whole parts; it has the sign of the left side.
    package static func remainder(_ left: Value, _ right: Value) throws -> Value {
        let left = try left.integer(for: "'%'")
        let right = try right.integer(for: "'%'")
        guard right != 0 else { throw StackError.mistake("Division by zero") }
        return .integer(right == -1 ? 0 : left % right)
    }

    /// The sign turned round.
    package static func negate(_ value: Value) throws -> Value {
        try subtract(.integer(0), value)
    }

    /// The bits that both sides have, of 64.
    package static func bitwiseAnd(_ left: Value, _ right: Value) throws -> Value {
        .integer(try left.integer(for: "bitwise_and") & right.integer(for: "bitwise_and"))
    }

    /// The bits that either side has, of 64.
    package static func bitwiseOr(_ left: Value, _ right: Value) throws -> Value {
        .integer(try left.integer(for: "bitwise_or") | right.integer(for: "bitwise_or"))
    }

    /// The bits that one side has, of 64.
    package static func bitwiseXor(_ left: Value, _ right: Value) throws -> Value {
        .integer(try left.integer(for: "bitwise_xor") ^ right.integer(for: "bitwise_xor"))
    }

    /// - Throws: `StackError` if the decimal is infinite or no number.
    package static func finite(_ decimal: Double, _ user: @autoclosure () -> String) throws -> Value {
        guard decimal.isFinite else { throw StackError.overflow(user()) }
        return .decimal(decimal)
    }

    private static func checked(
        _ result: (partialValue: Int64, overflow: Bool), _ user: @autoclosure () -> String
    ) throws -> Value {
        guard !result.overflow else { throw StackError.overflow(user()) }
        return .integer(result.partialValue)
    }

    private static func combine(
        _ left: Value, _ right: Value, _ operation: String,
        _ integers: (Int64, Int64) -> (partialValue: Int64, overflow: Bool), _ decimals: (Double, Double) -> Double
    ) throws -> Value {
        let left = try left.number(for: "'\(operation)'")
        let right = try right.number(for: "'\(operation)'")
        if case .integer(let left) = left, case .integer(let right) = right {
            return try checked(integers(left, right), "'\(operation)'")
        }
        return try finite(decimals(left.decimal, right.decimal), "'\(operation)'")
    }
}

extension Int64 {
    /// The quotient, nil if it is not whole.
    fileprivate func exactQuotient(dividingBy divisor: Int64) -> (quotient: Int64?, overflow: Bool) {
        let (remainder, _) = remainderReportingOverflow(dividingBy: divisor)
        guard remainder == 0 else { return (nil, false) }
        let (quotient, overflow) = dividedReportingOverflow(by: divisor)
        return (quotient, overflow)
    }
}
