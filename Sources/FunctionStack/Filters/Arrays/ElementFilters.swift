import Values

/// Filters that run an expression for each element.
///
/// Objects are walked by their values; `filter` keeps their keys. Each element is a step of the run.
enum ElementFilters {
    static let definitions: [FilterDefinition] = [
        .element("map") { input, expression, _, context in try map(input, "map", context, expression) },
        .element("filter") { input, expression, _, context in try filter(input, "filter", context, expression) },
        .element("some") { input, expression, _, context in
            .boolean(try firstIndex(input, "some", context, expression) != nil)
        },
        .element("every") { input, expression, _, context in
            .boolean(try firstIndex(input, "every", context, where: false, expression) == nil)
        },
        .element("find") { input, expression, _, context in
            guard let index = try firstIndex(input, "find", context, expression) else { return .null }
            return try input.elements("find")[index]
        },
        .element("findIndex", "find_index") { input, expression, _, context in
            .integer(Int64(try firstIndex(input, "findIndex", context, expression) ?? -1))
        },
        .element("reduce", arguments: 1...2) { input, expression, arguments, context in
            try reduce(input, from: arguments[0], context, expression)
        },
        .element("transform") { input, expression, _, _ in try expression(input, .null, 0) },
    ]

    /// The results for all elements.
    static func map(
        _ input: Value, _ user: String, _ context: FilterContext, _ expression: FilterDefinition.ElementExpression
    ) throws -> Value {
        let items = try input.elements(user)
        try context.chargeElements(items.count)
        var results: [Value] = []
        results.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            let result = try expression(item, .null, index)
            try context.admit(result)
            results.append(result)
        }
        return .array(results)
    }

    /// The elements for which the expression is true.
    static func filter(
        _ input: Value, _ user: String, _ context: FilterContext, _ expression: FilterDefinition.ElementExpression
    ) throws -> Value {
        if case .object(let object) = input {
            try context.chargeElements(object.count)
            return .object(
                Object(try object.enumerated().filter { try expression($1.value, .null, $0).isTruthy }.map(\.element)))
        }
        let items = try input.elements(user, remedy: user == "filter" ? "split text first, |split:\"\"" : nil)
        try context.chargeElements(items.count)
        var kept: [Value] = []
        for (index, item) in items.enumerated() where try expression(item, .null, index).isTruthy { kept.append(item) }
        return .array(kept)
    }

    /// The index of the first element for which the expression is true, or false.
    static func firstIndex(
        _ input: Value, _ user: String, _ context: FilterContext, where wanted: Bool = true,
        _ expression: FilterDefinition.ElementExpression
    ) throws -> Int? {
        let items = try input.elements(user)
        for (index, item) in items.enumerated() {
            try context.budget.charge(steps: 1)
            if try expression(item, .null, index).isTruthy == wanted { return index }
        }
        return nil
    }

    /// What the expression makes of each element and of what it made so far.
    static func reduce(
        _ input: Value, from initial: Value, _ context: FilterContext,
        _ expression: FilterDefinition.ElementExpression
    ) throws -> Value {
        let items = try input.elements("reduce")
        var accumulated = initial
        for (index, item) in items.enumerated() {
            try context.budget.charge(steps: 1)
            accumulated = try expression(item, consume accumulated, index)
        }
        return accumulated
    }
}
