import Values

/// Filters that take an array apart, put it together or change its ends.
enum ArrayFilters {
    static let definitions: [FilterDefinition] = [
        .plain("first") { input, _, _ in try input.elements("first", remedy: useSubstring).first ?? .null },
        .plain("last") { input, _, _ in try input.elements("last", remedy: useSubstring).last ?? .null },
        .plain("count") { input, _, _ in .integer(Int64(try count(input))) },
        .plain("reverse") { input, _, context in
            try context.result(input.elements("reverse", remedy: "split the text first, |split:\"\"").reversed())
        },
        .plain("push", "array_push", arguments: 1...1) { input, arguments, context in
            try push(consume input, arguments[0], "push", context)
        },
        .plain("unshift", "array_unshift", arguments: 1...1) { input, arguments, context in
            try unshift(consume input, arguments[0], "unshift", context)
        },
        .plain("append", arguments: 1...2) { input, arguments, context in
            guard arguments.count == 2 else { return try push(consume input, arguments[0], "append", context) }
            return try at(arguments[1], of: consume input, "append", context) {
                try push(consume $0, arguments[0], "append", context)
            }
        },
        .plain("prepend", arguments: 1...2) { input, arguments, context in
            guard arguments.count == 2 else { return try unshift(consume input, arguments[0], "prepend", context) }
            return try at(arguments[1], of: consume input, "prepend", context) {
                try unshift(consume $0, arguments[0], "prepend", context)
            }
        },
        .plain("pop", "array_pop") { input, _, _ in try input.elements("pop").last ?? .null },
        .plain("shift", "array_shift") { input, _, _ in try input.elements("shift").first ?? .null },
        .plain("merge", "array_merge", arguments: 1...1) { input, arguments, context in
            try merge(consume input, arguments[0], context)
        },
        .plain("merge_recursive", "array_merge_recursive", arguments: 1...1) { input, arguments, context in
            try mergeDeeply(consume input, arguments[0], levels: 1, context)
        },
        .plain("slice", "array_slice", arguments: 1...2) { input, arguments, context in
            let length = arguments.count > 1 && arguments[1] != .null ? try arguments[1].index(for: "slice") : nil
            return try slice(input, offset: arguments[0].index(for: "slice"), length: length, context)
        },
        .plain("flatten") { input, _, context in
            var flat: [Value] = []
            try flatten(input.elements("flatten"), into: &flat, context)
            return .array(flat)
        },
        .plain("shuffle", "array_shuffle", isPure: false) { input, _, context in
            var items = try input.elements("shuffle")
            try context.chargeElements(items.count)
            items.shuffle(using: &context.random)
            return .array(items)
        },
        .plain("join", arguments: 0...1) { input, arguments, context in
            let separator = try arguments[0].textOperand("join")
            return try join(input.elements("join", remedy: "text is joined with ~"), separator: separator, context)
        },
        .plain("safe_array") { input, _, context in
            if case .array = input { return input }
            try context.admit(input)
            return .array([input])
        },
        .plain("range", arguments: 2...3) { _, arguments, context in
            let step = arguments.count > 2 ? try arguments[2].integer(for: "range") : 1
            return try range(
                from: arguments[0].integer(for: "range"), to: arguments[1].integer(for: "range"), step: step, context)
        },
    ]

    private static let useSubstring = "for text there is substr"

    /// How many elements an array or entries an object has; none for null.
    static func count(_ input: Value) throws -> Int {
        switch input {
        case .array(let items): return items.count
        case .object(let object): return object.count
        case .null: return 0
        default:
            throw StackError.wrongType("count", expected: "an array", got: input, remedy: "for text there is strlen")
        }
    }

    /// The array with an element more at its end; null becomes an array. Changed in place if nobody else holds it.
    static func push(
        _ input: consuming Value, _ element: Value, _ user: String, _ context: FilterContext
    ) throws -> Value {
        try context.admit(element)
        try context.budget.charge(bytes: MemoryLayout<Value>.stride)
        var value = consume input
        guard case .array(var items) = value else {
            if case .null = value { return .array([element]) }
            throw StackError.wrongType(user, expected: "an array", got: value)
        }
        // The array is held here only, or appending would copy it.
        value = .null
        items.append(element)
        return .array(items)
    }

    /// The array with an element more at its beginning.
    static func unshift(
        _ input: consuming Value, _ element: Value, _ user: String, _ context: FilterContext
    ) throws -> Value {
        try context.admit(element)
        var value = consume input
        if case .null = value { return .array([element]) }
        try context.chargeElements(count(value))
        guard value.updateArray({ $0.insert(element, at: 0) }) != nil else {
            throw StackError.wrongType(user, expected: "an array", got: value)
        }
        return value
    }

    /// Arrays one after the other; of objects the later one's entries win. Another value is appended as one element.
    static func merge(_ input: consuming Value, _ other: Value, _ context: FilterContext) throws -> Value {
        var value = consume input
        // A pattern that binds the value would hold it a second time, and so copy it.
        switch other {
        case .null: return value
        case .array(let items):
            try context.chargeElements(items.count)
            if value.isArray {
                _ = value.updateArray { $0.append(contentsOf: items) }
            } else if value.isObject {
                _ = value.updateObject { object in
                    for (index, item) in items.enumerated() { object[Integer.text(Int64(index))] = item }
                }
            } else if case .null = value {
                return other
            } else {
                throw StackError.wrongType("merge", expected: "arrays or objects", got: value)
            }
        case .object(let entries):
            try context.chargeElements(entries.count)
            if value.isObject {
                _ = value.updateObject { object in
                    for (key, entry) in entries { object[key] = entry }
                }
            } else if value.isArray {
                _ = value.updateArray { $0.append(contentsOf: entries.values) }
            } else if case .null = value {
                return other
            } else {
                throw StackError.wrongType("merge", expected: "arrays or objects", got: value)
            }
        default: return try push(consume value, other, "merge", context)
        }
        return value
    }

    /// Merges objects at all levels; arrays are joined; two other values of one key become an array of both.
    static func mergeDeeply(
        _ input: consuming Value, _ other: Value, levels: Int, _ context: FilterContext
    ) throws -> Value {
        guard levels <= Value.maximumDepth else { return other }
        var value = consume input
        guard case .object(let entries) = other, case .object = value else {
            if levels == 1 { return try merge(value, other, context) }
            let left = if case .array = value { value } else { Value.array([value]) }
            let right = if case .array = other { other } else { Value.array([other]) }
            return try merge(left, right, context)
        }
        try context.chargeElements(entries.count)
        try value.updateObject { object in
            for (key, entry) in entries {
                if let position = object.position(of: key) {
                    try object.updateValue(at: position) { existing in
                        var taken = Value.null
                        swap(&taken, &existing)
                        existing = try mergeDeeply(consume taken, entry, levels: levels + 1, context)
                    }
                } else {
                    object[key] = entry
                }
            }
        }
        return value
    }

    /// `offset` elements are skipped, or counted from the end if it is negative; a negative length ends so many
    /// before the end.
    static func slice(_ input: Value, offset: Int, length: Int?, _ context: FilterContext) throws -> Value {
        let bounds = Bounds.slice(count: try count(forSlice: input), offset: offset, length: length)
        try context.chargeElements(bounds.count)
        switch input {
        case .array(let items): return .array(Array(items[bounds]))
        case .object(let object): return .object(Object(bounds.map { object.entry(at: $0) }))
        default: return .array([])
        }
    }

    /// All whole numbers from one to the other, both included, upwards or downwards.
    static func range(from: Int64, to: Int64, step: Int64 = 1, _ context: FilterContext) throws -> Value {
        guard step != 0, step != Int64.min else { throw StackError.mistake("range needs a step that is not 0") }
        let width = from <= to ? to.subtractingReportingOverflow(from) : from.subtractingReportingOverflow(to)
        guard !width.overflow, let count = Int(exactly: width.partialValue / abs(step)), count < Int.max else {
            throw StackError.mistake("range holds too many numbers")
        }
        try context.chargeElements(count + 1)
        let direction = from <= to ? abs(step) : -abs(step)
        return .array((0...count).map { .integer(from + Int64($0) * direction) })
    }

    /// The elements' texts with a separator between them.
    static func join(_ items: [Value], separator: Text, _ context: FilterContext) throws -> Value {
        var buffer: [UInt8] = []
        try context.budget.charge(steps: items.count)
        for (index, item) in items.enumerated() {
            let before = buffer.count
            if index > 0 { separator.append(to: &buffer) }
            item.append(to: &buffer)
            try context.budget.charge(bytes: buffer.count - before)
        }
        return .text(Text(bytes: buffer))
    }

    private static func count(forSlice input: Value) throws -> Int {
        if case .text = input {
            throw StackError.wrongType("slice", expected: "an array", got: input, remedy: useSubstring)
        }
        return try input.elements("slice").count
    }

    private static func flatten(_ items: [Value], into flat: inout [Value], _ context: FilterContext) throws {
        try context.chargeElements(items.count)
        for item in items {
            if case .array(let inner) = item {
                try flatten(inner, into: &flat, context)
            } else {
                flat.append(item)
            }
        }
    }

    /// Changes the value at a path inside an object.
    private static func at(
        _ path: Value, of input: consuming Value, _ filter: String, _ context: FilterContext,
        _ change: (consuming Value) throws -> Value
    ) throws -> Value {
        let path = try ValuePath(path, filter)
        var value = consume input
        try value.update(at: path, filter, context.budget) { member in
            var taken = Value.null
            swap(&taken, &member)
            member = try change(consume taken)
        }
        return value
    }
}
