import Values

/// Filters that read and change members by path, and make objects.
enum ObjectFilters {
    static let definitions: [FilterDefinition] = [
        .plain("get", arguments: 1...2) { input, arguments, _ in
            // A key that is missing itself names nothing.
            if case .null = arguments[0] { return arguments[1] }
            return try input.value(at: ValuePath(arguments[0], "get")) ?? arguments[1]
        },
        .plain("has", arguments: 1...1) { input, arguments, _ in
            if case .null = arguments[0] { return false }
            return .boolean(input.value(at: try ValuePath(arguments[0], "has")) != nil)
        },
        .plain("set", arguments: 2...2) { input, arguments, context in
            try set(consume input, arguments[0], arguments[1], "set", context)
        },
        .plain("set_conditional", arguments: 3...3) { input, arguments, context in
            guard arguments[2].isTruthy else { return input }
            return try set(consume input, arguments[0], arguments[1], "set_conditional", context)
        },
        .plain("set_ifnotempty", arguments: 2...2) { input, arguments, context in
            guard arguments[1].isTruthy else { return input }
            return try set(consume input, arguments[0], arguments[1], "set_ifnotempty", context)
        },
        .plain("set_ifnotnull", arguments: 2...2) { input, arguments, context in
            guard arguments[1] != .null else { return input }
            return try set(consume input, arguments[0], arguments[1], "set_ifnotnull", context)
        },
        .plain("unset", arguments: 1...1) { input, arguments, _ in
            var value = consume input
            if case .null = arguments[0] { return value }
            value.remove(at: try ValuePath(arguments[0], "unset"))
            return value
        },
        .plain("keys", "array_keys") { input, _, context in try keys(input, context) },
        .plain("values", "array_values") { input, _, context in try context.result(input.elements("values")) },
        .plain("entries", "array_entries") { input, _, context in try entries(input, context) },
        .plain("pick", arguments: 1...1) { input, arguments, context in
            let wanted = try names(arguments[0], "pick", context)
            return .object(Object(try object(input, "pick").filter { wanted.contains($0.key) }))
        },
        .plain("unpick", arguments: 1...1) { input, arguments, context in
            let unwanted = try names(arguments[0], "unpick", context)
            return .object(Object(try object(input, "unpick").filter { !unwanted.contains($0.key) }))
        },
        .plain("create_object", arguments: 1...1) { input, arguments, context in
            try create(keys: input, values: arguments[0], context)
        },
        .plain("create_object_from_entries") { input, _, context in try create(entries: input, context) },
        .plain("fill_keys", "array_fill_keys", arguments: 1...1) { input, arguments, context in
            try fillKeys(input, arguments[0], context)
        },
        .plain("fill", "array_fill", arguments: 2...2) { input, arguments, context in
            try fill(input, arguments[0], arguments[1], context)
        },
    ]

    /// Sets a value at a path, in place if nobody else holds the input; null becomes an object.
    static func set(
        _ input: consuming Value, _ path: Value, _ new: Value, _ user: String, _ context: FilterContext
    ) throws -> Value {
        let path = try ValuePath(path, user)
        try context.admit(new, levels: path.depth)
        try context.budget.charge(bytes: path.whole.byteCount + MemoryLayout<Value>.stride)
        var value = consume input
        try value.update(at: path, user, context.budget) { $0 = new }
        return value
    }

    /// The keys of an object, the indexes of an array.
    static func keys(_ input: Value, _ context: FilterContext) throws -> Value {
        if case .object(let object) = input { return try context.result(object.keys.map { .text($0) }) }
        return try context.result(input.elements("keys").indices.map { .integer(Int64($0)) })
    }

    /// `{key, value}` for each entry.
    static func entries(_ input: Value, _ context: FilterContext) throws -> Value {
        let values = try input.elements("entries")
        try context.chargeElements(values.count * 4)
        let keys = if case .object(let object) = input { object.keys.map { Value.text($0) } } else { [Value]() }
        return .array(
            try values.enumerated().map { index, value in
                try context.admit(value, levels: 2)
                return ["key": keys.isEmpty ? .integer(Int64(index)) : keys[index], "value": value]
            })
    }

    private static func create(keys: Value, values: Value, _ context: FilterContext) throws -> Value {
        let keys = try keys.elements("create_object")
        let values = try values.elements("create_object")
        guard keys.count == values.count else {
            throw StackError.mistake(
                "create_object expects as many values as keys, not \(values.count) for \(keys.count)")
        }
        try context.chargeElements(keys.count * 2)
        var object = Object(capacity: keys.count)
        for (key, value) in zip(keys, values) { object[try key.textOperand("create_object")] = value }
        return .object(object)
    }

    private static func create(entries: Value, _ context: FilterContext) throws -> Value {
        let filter = "create_object_from_entries"
        let entries = try entries.elements(filter)
        try context.chargeElements(entries.count * 2)
        var object = Object(capacity: entries.count)
        for entry in entries {
            guard case .object(let pair) = entry, let key = pair["key"] else {
                throw StackError.mistake("\(filter) expects an array of objects with key and value")
            }
            object[try key.textOperand(filter)] = pair["value"] ?? .null
        }
        return .object(object)
    }

    /// `value|fill_keys:[keys]`, or `[keys]|fill_keys:{key: value}`.
    private static func fillKeys(_ input: Value, _ argument: Value, _ context: FilterContext) throws -> Value {
        let filter = "fill_keys"
        var result = Object()
        switch argument {
        case .array(let keys):
            try context.chargeElements(keys.count * 2)
            try context.admit(input)
            for key in keys { result[try key.textOperand(filter)] = input }
        case .object(let values):
            let keys = try input.elements(filter)
            try context.chargeElements(keys.count * 2)
            for key in keys {
                let key = try key.textOperand(filter)
                result[key] = values[key] ?? .null
            }
        default: throw StackError.wrongType(filter, expected: "an array of keys", got: argument)
        }
        return .object(result)
    }

    /// `value|fill:start:count`; without an input also `|fill:count:value`. A start other than 0 gives an object
    /// whose keys are the indexes, as JSON has no arrays with holes.
    private static func fill(
        _ input: Value, _ first: Value, _ second: Value, _ context: FilterContext
    ) throws -> Value {
        var value = input
        var start: Int64 = 0
        var count = second
        if input == .null, first != .integer(0) {
            value = second
            count = first
        } else {
            start = try first.integer(for: "fill")
        }
        let size = try count.index(for: "fill")
        guard size >= 0 else { throw StackError.mistake("fill expects a count of 0 or more, not \(size)") }
        try context.chargeElements(size)
        try context.admit(value)
        guard start != 0 else { return .array(Array(repeating: value, count: size)) }
        guard !start.addingReportingOverflow(Int64(size)).overflow else { throw StackError.overflow("fill") }
        var object = Object(capacity: size)
        for index in 0..<size { object[Integer.text(start + Int64(index))] = value }
        return .object(object)
    }

    private static func object(_ input: Value, _ filter: String) throws -> Object {
        switch input {
        case .object(let object): return object
        case .null: return Object()
        default: throw StackError.wrongType(filter, expected: "an object", got: input)
        }
    }

    private static func names(_ list: Value, _ filter: String, _ context: FilterContext) throws -> Set<Text> {
        let list = if case .text = list { [list] } else { try list.elements(filter) }
        try context.budget.charge(steps: list.count)
        return Set(try list.map { try $0.textOperand(filter) })
    }
}
