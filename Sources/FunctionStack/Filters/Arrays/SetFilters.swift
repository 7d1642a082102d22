import Values

/// Filters that compare arrays by the values in them, in linear time. Numbers and their texts are the same value.
enum SetFilters {
    static let definitions: [FilterDefinition] = [
        .plain("unique", arguments: 0...1) { input, arguments, context in
            try unique(input, path: arguments[0], context)
        },
        .plain("diff", "array_diff", arguments: 1...1) { input, arguments, context in
            try select(input, arguments[0], "diff", keepsCommon: false, context)
        },
        .plain("intersect", "array_intersect", arguments: 1...1) { input, arguments, context in
            try select(input, arguments[0], "intersect", keepsCommon: true, context)
        },
        .plain("diff_assoc", "array_diff_assoc", arguments: 1...1) { input, arguments, context in
            try selectByKey(input, arguments[0], "diff_assoc", keepsCommon: false, context)
        },
        .plain("intersect_assoc", "array_intersect_assoc", arguments: 1...1) { input, arguments, context in
            try selectByKey(input, arguments[0], "intersect_assoc", keepsCommon: true, context)
        },
        .plain("remove", "array_remove", arguments: 1...1) { input, arguments, context in
            try remove(input, arguments[0], context)
        },
        .plain("index_by", arguments: 1...1) { input, arguments, context in
            let path = arguments[0].isEmpty ? nil : try ValuePath(arguments[0], "index_by")
            return try group(input.elements("index_by"), by: path, context)
        },
    ]

    /// The first of each equal values; with a path, of those that are equal there.
    static func unique(_ input: Value, path: Value = .null, _ context: FilterContext) throws -> Value {
        let path = path.isEmpty ? nil : try ValuePath(path, "unique")
        let items = try input.elements("unique")
        try context.chargeElements(items.count)
        var seen: Set<ComparisonKey> = []
        return .array(try items.filter { item in
            try context.tick()
            let compared = path.map { item.value(at: $0) ?? .null } ?? item
            return seen.insert(ComparisonKey(compared)).inserted
        })
    }

    /// An object of arrays: the elements under the text of what stands at a path in each.
    private static func group(_ items: [Value], by path: ValuePath?, _ context: FilterContext) throws -> Value {
        try context.chargeElements(items.count)
        var groups = Object()
        for item in items {
            try context.admit(item, levels: 2)
            let name = (path.map { item.value(at: $0) } ?? item)?.text ?? Text()
            if let position = groups.position(of: name) {
                groups.updateValue(at: position) { group in _ = group.updateArray { $0.append(item) } }
            } else {
                try context.budget.charge(bytes: name.byteCount + 2 * MemoryLayout<Value>.stride)
                groups[name] = .array([item])
            }
        }
        return .object(groups)
    }

    /// The elements that are, or are not, among others.
    private static func select(
        _ input: Value, _ other: Value, _ filter: String, keepsCommon: Bool, _ context: FilterContext
    ) throws -> Value {
        let others = try other.elements(filter)
        let items = try input.elements(filter)
        try context.chargeElements(items.count + others.count)
        let known = Set(
            try others.map { other in
                try context.tick()
                return ComparisonKey(other)
            })
        func isKept(_ item: Value) throws -> Bool {
            try context.tick()
            return known.contains(ComparisonKey(item)) == keepsCommon
        }
        guard case .object(let object) = input else {
            return .array(try items.filter { try isKept($0) })
        }
        return .object(Object(try object.filter { try isKept($0.value) }))
    }

    /// Compares what stands at the same key or index. What is left of an array is numbered anew.
    private static func selectByKey(
        _ input: Value, _ other: Value, _ filter: String, keepsCommon: Bool, _ context: FilterContext
    ) throws -> Value {
        func isCommon(_ key: Text, _ value: Value) throws -> Bool {
            try context.tick()
            return other.member(key).map { ComparisonKey($0) == ComparisonKey(value) } ?? false
        }
        _ = try other.elements(filter)
        if case .object(let object) = input {
            try context.chargeElements(object.count)
            return .object(Object(try object.filter { try isCommon($0.key, $0.value) == keepsCommon }))
        }
        let items = try input.elements(filter)
        try context.chargeElements(items.count)
        return .array(
            try items.enumerated().filter { try isCommon(Integer.text(Int64($0.offset)), $0.element) == keepsCommon }
                .map(\.element))
    }

    /// Without the elements that are loosely equal to a value.
    private static func remove(_ input: Value, _ unwanted: Value, _ context: FilterContext) throws -> Value {
        func isUnwanted(_ item: Value) throws -> Bool {
            try context.tick()
            return item.looselyEquals(unwanted)
        }
        if case .object(let object) = input {
            try context.chargeElements(object.count)
            return .object(Object(try object.filter { try !isUnwanted($0.value) }))
        }
        let items = try input.elements("remove")
        try context.chargeElements(items.count)
        return .array(try items.filter { try !isUnwanted($0) })
    }
}
