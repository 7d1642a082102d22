package import Values

/// Filters that compare arrays by the values in them, in linear time. Numbers and their texts are the same value.
package enum SetFilters {
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
            let path = try ValuePath(arguments[0], "index_by")
            return try group(input.elements("index_by"), context) { item, _ in item.value(at: path) ?? .null }
        },
    ]

    /// The first of each equal values; with a path, of those that are equal there.
    package static func unique(_ input: Value, path: Value = .null, _ context: FilterContext) throws -> Value {
        let path = path == .null ? nil : try ValuePath(path, "unique")
        let items = try input.elements("unique")
        try context.chargeElements(items.count)
        var seen: Set<ComparisonKey> = []
        return .array(items.filter { item in
            let compared = path.map { item.value(at: $0) ?? .null } ?? item
            return seen.insert(ComparisonKey(compared)).inserted
        })
    }

    /// An object of arrays: the elements under the text of what `key` gives for each.
    package static func group(
        _ items: [Value], _ context: FilterContext, key: (_ element: Value, _ index: Int) throws -> Value
    ) throws -> Value {
        try context.chargeElements(items.count)
        var groups = Object()
        for (index, item) in items.enumerated() {
            try context.admit(item, levels: 2)
            let name = try key(item, index).text
            if let position = groups.position(of: name) {
                groups.updateValue(at: position) { group in _ = group.updateArray { $0.append(item) } }
            } else {
                try context.budget.charge(bytes: name.byteCount + 2 * MemoryLayout<Value>.stride)
                groups[name] = .array([item])
            }
        }
        return .object(groups)
    }

    /// The elements whose key under `by` is, or is not, among the keys of the others.
    package static func select(
        _ items: [Value], _ others: [Value], keepsCommon: Bool, _ context: FilterContext,
        by key: (_ element: Value, _ index: Int) throws -> Value
    ) throws -> Value {
        try context.chargeElements(items.count + others.count)
        let known = Set(try others.enumerated().map { ComparisonKey(try key($0.element, $0.offset)) })
        return .array(
            try items.enumerated().filter {
                known.contains(ComparisonKey(try key($0.element, $0.offset))) == keepsCommon
            }.map(\.element))
    }

    /// The elements of both, each key under `by` once.
    package static func union(
        _ items: [Value], _ others: [Value], _ context: FilterContext,
        by key: (_ element: Value, _ index: Int) throws -> Value
    ) throws -> Value {
        try context.chargeElements(items.count + others.count)
        var seen: Set<ComparisonKey> = []
        let all = items + others
        return .array(
            try all.enumerated().filter { seen.insert(ComparisonKey(try key($0.element, $0.offset))).inserted }
                .map(\.element))
    }

    private static func select(
        _ input: Value, _ other: Value, _ filter: String, keepsCommon: Bool, _ context: FilterContext
    ) throws -> Value {
        let others = try other.elements(filter)
        guard case .object(let object) = input else {
            return try select(input.elements(filter), others, keepsCommon: keepsCommon, context) { item, _ in item }
        }
        try context.chargeElements(object.count + others.count)
        let known = Set(others.map { ComparisonKey($0) })
        return .object(Object(object.filter { known.contains(ComparisonKey($0.value)) == keepsCommon }))
    }

    /// Compares what stands at the same key or index. What is left of an array is numbered anew.
    private static func selectByKey(
        _ input: Value, _ other: Value, _ filter: String, keepsCommon: Bool, _ context: FilterContext
    ) throws -> Value {
        func isCommon(_ key: Text, _ value: Value) -> Bool {
            other.member(key).map { ComparisonKey($0) == ComparisonKey(value) } ?? false
        }
        _ = try other.elements(filter)
        if case .object(let object) = input {
            try context.chargeElements(object.count)
            return .object(Object(object.filter { isCommon($0.key, $0.value) == keepsCommon }))
        }
        let items = try input.elements(filter)
        try context.chargeElements(items.count)
        return .array(
            items.enumerated().filter { isCommon(Integer.text(Int64($0.offset)), $0.element) == keepsCommon }
                .map(\.element))
    }

    /// Without the elements that are loosely equal to a value.
    private static func remove(_ input: Value, _ unwanted: Value, _ context: FilterContext) throws -> Value {
        if case .object(let object) = input {
            try context.chargeElements(object.count)
            return .object(Object(object.filter { !$0.value.looselyEquals(unwanted) }))
        }
        let items = try input.elements("remove")
        try context.chargeElements(items.count)
        return .array(items.filter { !$0.looselyEquals(unwanted) })
    }
}
