import Values

/// The arithmetic operators as filters, and what takes numbers together.
enum ArithmeticFilters {
    static let definitions: [FilterDefinition] = [
        .plain("add", arguments: 1...1) { input, arguments, _ in try Arithmetic.add(input, arguments[0]) },
        .plain("subtract", "sub", arguments: 1...1) { input, arguments, _ in
            try Arithmetic.subtract(input, arguments[0])
        },
        .plain("multiply", "mul", arguments: 1...1) { input, arguments, _ in
            try Arithmetic.multiply(input, arguments[0])
        },
        .plain("divide", "div", arguments: 1...1) { input, arguments, _ in try Arithmetic.divide(input, arguments[0]) },
        .plain("modulus", "mod", arguments: 1...1) { input, arguments, _ in
            try Arithmetic.remainder(input, arguments[0])
        },
        .plain("bitwise_and", arguments: 1...1) { input, arguments, _ in
            try Arithmetic.bitwiseAnd(input, arguments[0])
        },
        .plain("bitwise_or", arguments: 1...1) { input, arguments, _ in try Arithmetic.bitwiseOr(input, arguments[0]) },
        .plain("bitwise_xor", arguments: 1...1) { input, arguments, _ in
            try Arithmetic.bitwiseXor(input, arguments[0])
        },
        .plain("bitwise_not") { input, _, _ in .integer(~(try input.integer(for: "bitwise_not"))) },
        .plain("odd") { input, _, _ in .boolean(try input.integer(for: "odd") & 1 == 1) },
        .plain("even") { input, _, _ in .boolean(try input.integer(for: "even") & 1 == 0) },
        .plain("abs") { input, _, _ in try absolute(input) },
        .plain("min", "num_min", arguments: 0...1) { input, arguments, context in
            let values = arguments.count == 0 ? try items(input, "min", context) : [input, arguments[0]]
            return try extreme(values, .less, "min")
        },
        .plain("max", "num_max", arguments: 0...1) { input, arguments, context in
            let values = arguments.count == 0 ? try items(input, "max", context) : [input, arguments[0]]
            return try extreme(values, .greater, "max")
        },
        .plain("array_min") { input, _, context in
            try extreme(items(input, "array_min", context), .less, "array_min")
        },
        .plain("array_max") { input, _, context in
            try extreme(items(input, "array_max", context), .greater, "array_max")
        },
        .plain("sum") { input, _, context in try sum(items(input, "sum", context)) },
        .plain("product") { input, _, context in try product(items(input, "product", context)) },
        .plain("avg") { input, _, context in try average(items(input, "avg", context)) },
    ]

    /// 0 for no numbers.
    static func sum(_ items: [Value]) throws -> Value {
        try items.reduce(.integer(0)) { try Arithmetic.add($0, $1) }
    }

    /// 1 for no numbers.
    static func product(_ items: [Value]) throws -> Value {
        try items.reduce(.integer(1)) { try Arithmetic.multiply($0, $1) }
    }

    /// Null for no numbers.
    static func average(_ items: [Value]) throws -> Value {
        guard !items.isEmpty else { return .null }
        return try Arithmetic.divide(sum(items), .integer(Int64(items.count)))
    }

    /// The least or the greatest of numbers; the first of equal ones, null for none.
    static func extreme(_ items: [Value], _ wanted: Ordering, _ user: String) throws -> Value {
        var best: Number?
        for item in items {
            let number = try item.number(for: user)
            if let known = best, Number.compare(number, known) != wanted { continue }
            best = number
        }
        return best?.value ?? .null
    }

    private static func absolute(_ input: Value) throws -> Value {
        switch try input.number(for: "abs") {
        case .decimal(let value): return .decimal(value.magnitude)
        case .integer(let value):
            guard let magnitude = Int64(exactly: value.magnitude) else { throw StackError.overflow("abs") }
            return .integer(magnitude)
        }
    }

    private static func items(_ input: Value, _ filter: String, _ context: FilterContext) throws -> [Value] {
        let items = try input.elements(filter)
        try context.budget.charge(steps: items.count)
        return items
    }
}
