import Glibc
import Values

/// Roots, powers, logarithms, trigonometry. Results are decimals; one that is infinite or no number is an error.
enum MathFilters {
    static let definitions: [FilterDefinition] = [
        function("sqrt", { $0.squareRoot() }),
        function("exp", { exp($0) }),
        function("ln", { log($0) }),
        function("log10", { log10($0) }),
        function("sin", { sin($0) }),
        function("cos", { cos($0) }),
        function("tan", { tan($0) }),
        function("asin", { asin($0) }),
        function("acos", { acos($0) }),
        function("atan", { atan($0) }),
        function("sinh", { sinh($0) }),
        function("cosh", { cosh($0) }),
        function("tanh", { tanh($0) }),
        function("asinh", { asinh($0) }),
        function("acosh", { acosh($0) }),
        function("atanh", { atanh($0) }),
        function("deg2rad", { $0 / 180 * Double.pi }),
        function("rad2deg", { $0 / Double.pi * 180 }),
        .plain("log", arguments: 0...1) { input, arguments, _ in
            let value = try input.number(for: "log").decimal
            guard arguments.count == 1 else { return try Arithmetic.finite(log(value), "log") }
            return try logarithm(value, base: arguments[0].number(for: "log").decimal)
        },
        .plain("pow", arguments: 1...1) { input, arguments, _ in
            try power(input.number(for: "pow"), arguments[0].number(for: "pow"))
        },
    ]

    /// Powers of integers with an exponent of 0 or more are integers.
    static func power(_ base: Number, _ exponent: Number) throws -> Value {
        guard case .integer(let base) = base, case .integer(var exponent) = exponent, exponent >= 0 else {
            return try Arithmetic.finite(pow(base.decimal, exponent.decimal), "pow")
        }
        var square = base
        var result: Int64 = 1
        while exponent > 0 {
            if exponent & 1 == 1 {
                let (product, overflow) = result.multipliedReportingOverflow(by: square)
                guard !overflow else { throw StackError.overflow("pow") }
                result = product
            }
            exponent >>= 1
            guard exponent > 0 else { break }
            let (next, overflow) = square.multipliedReportingOverflow(by: square)
            guard !overflow else { throw StackError.overflow("pow") }
            square = next
        }
        return .integer(result)
    }

    static func logarithm(_ value: Double, base: Double) throws -> Value {
        guard base > 0, base != 1 else { throw StackError.mistake("log needs a base above 0 that is not 1") }
        let result =
            switch base {
            case 2: log2(value)
            case 10: log10(value)
            default: log(value) / log(base)
            }
        return try Arithmetic.finite(result, "log")
    }

    private static func function(
        _ name: String, _ body: @escaping @Sendable (Double) -> Double
    ) -> FilterDefinition {
        .plain(name) { input, _, _ in try Arithmetic.finite(body(input.number(for: name).decimal), name) }
    }
}
