import Values

/// The comparison operators as filters.
enum ComparisonFilters {
    static let definitions: [FilterDefinition] = [
        .plain("equals", "eq", arguments: 1...1) { input, arguments, _ in
            .boolean(input.looselyEquals(arguments[0]))
        },
        .plain("not_equals", "ne", arguments: 1...1) { input, arguments, _ in
            .boolean(!input.looselyEquals(arguments[0]))
        },
        ordering("greater_than", "gt", [.greater]),
        ordering("greater_than_or_equal", "gte", [.greater, .equal]),
        ordering("less_than", "lt", [.less]),
        ordering("less_than_or_equal", "lte", [.less, .equal]),
        .plain("in", arguments: 1...1) { input, arguments, context in
            try isMember(input, arguments[0], context)
        },
    ]

    private static func ordering(_ name: String, _ alias: String, _ accepted: [Ordering]) -> FilterDefinition {
        .plain(name, alias, arguments: 1...1) { input, arguments, _ in
            .boolean(accepted.contains(input.compareLoosely(arguments[0])))
        }
    }

    /// Either side may be the array: the documentation has `[1,2,3]|in:3`, older stacks have `3|in:[1,2,3]`.
    private static func isMember(_ left: Value, _ right: Value, _ context: FilterContext) throws -> Value {
        switch (left, right) {
        case (.array(let items), _), (_, .array(let items)):
            let wanted = if case .array = left { right } else { left }
            return .boolean(try contains(items, wanted, context))
        case (.object(let object), _):
            return .boolean(try contains(object.values, right, context))
        default:
            throw StackError.wrongType("in", expected: "an array", got: left)
        }
    }

    /// Whether an element equals a value, loosely.
    static func contains(_ items: [Value], _ wanted: Value, _ context: FilterContext) throws -> Bool {
        try context.budget.charge(steps: items.count)
        return try items.contains { item in
            try context.tick()
            return item.looselyEquals(wanted)
        }
    }
}
