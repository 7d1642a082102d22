import Values

extension TemplateFilter {
    static let collectionFilters: [TemplateFilter] = [
        TemplateFilter("default", ["default"]) { input, arguments, _ in
            isEmptyForDefault(input) ? (arguments.values.isEmpty ? "" : arguments[0]) : input
        },
        TemplateFilter("length") { input, _, _ in .integer(Int64(length(input))) },
        TemplateFilter("first") { input, _, context in try edge(input, context, isFirst: true) },
        TemplateFilter("last") { input, _, context in try edge(input, context, isFirst: false) },
        TemplateFilter("keys") { input, _, context in
            switch input {
            case .object(let object): try context.result(object.keys.map { .text($0) })
            case .array(let items): try context.result(items.indices.map { .integer(Int64($0)) })
            default: .array([])
            }
        },
        TemplateFilter("reverse") { input, _, context in
            switch input {
            case .array(let items): return try context.result(items.reversed())
            case .object(let object):
                try context.chargeElements(object.count)
                return .object(Object(object.reversed()))
            default:
                let characters = TemplateText.text(input).splitIntoCharacters().reversed()
                return try context.result(characters.reduce(into: Text()) { $0.append($1) })
            }
        },
        TemplateFilter("sort") { input, _, context in
            .array(try SortFilter.sort(input.elements("sort"), path: nil, SortOrder(.mixed), context))
        },
        TemplateFilter("shuffle") { input, _, context in
            var items = try input.elements("shuffle")
            try context.chargeElements(items.count)
            items.shuffle(using: &context.random)
            return .array(items)
        },
        TemplateFilter("slice", ["start", "length", "preserve_keys"]) { input, arguments, context in
            let length = arguments[1] == .null ? nil : try arguments[1].index(for: "slice")
            return try slice(input, start: arguments[0].index(for: "slice"), length: length, context)
        },
        TemplateFilter("join", ["glue", "and"]) { input, arguments, context in
            try context.result(join(input.elements("join"), arguments))
        },
        TemplateFilter("merge", ["arr"]) { input, arguments, context in try merge(input, arguments[0], context) }.variadic(),
        TemplateFilter("column", ["name"]) { input, arguments, context in
            let name = TemplateText.text(arguments[0])
            return try context.result(
                input.elements("column").compactMap { element in
                    if case .object(let object) = element { object[name] } else { nil }
                })
        },
        TemplateFilter("batch", ["size", "fill"]) { input, arguments, context in
            let size = try TemplateNumbers.ceiling(arguments[0]).index(for: "batch")
            guard 1...1_000_000 ~= size else { throw StackError.mistake("batch needs a size of at least 1") }
            let items = try input.elements("batch")
            try context.chargeElements(items.count + size)
            if case .object(let object) = input { return .array(batches(of: object, size: size, fill: arguments[1])) }
            return .array(
                stride(from: 0, to: items.count, by: size).map { start in
                    let end = min(start + size, items.count)
                    let fill = arguments[1] == .null ? 0 : size - (end - start)
                    return .array(Array(items[start..<end]) + repeatElement(arguments[1], count: fill))
                })
        },
    ]

    /// Objects keep their keys; what fills the last one up has the indexes that are free.
    private static func batches(of object: Object, size: Int, fill: Value) -> [Value] {
        let entries = Array(object)
        return stride(from: 0, to: entries.count, by: size).map { start in
            var batch = Object(entries[start..<min(start + size, entries.count)])
            var next = 1 + (batch.keys.compactMap { Integer.parse($0) }.max() ?? -1)
            while fill != .null, batch.count < size, next < .max {
                batch[Integer.text(next)] = fill
                next += 1
            }
            return .object(batch)
        }
    }

    /// Part of an array, or of a text by characters.
    static func slice(_ value: Value, start: Int, length: Int?, _ context: FilterContext) throws -> Value {
        switch value {
        case .array(let items):
            return try context.result(Array(items[Bounds.slice(count: items.count, offset: start, length: length)]))
        case .object(let object):
            let entries = Array(object)
            try context.chargeElements(entries.count)
            return .object(Object(entries[Bounds.slice(count: entries.count, offset: start, length: length)]))
        default:
            let text = TemplateText.text(value)
            return try context.result(
                text.characters(Bounds.slice(count: text.characterCount, offset: start, length: length)))
        }
    }

    private static func isEmptyForDefault(_ value: Value) -> Bool {
        switch value {
        case .integer, .decimal: false
        case .text(let text): text.isEmpty
        default: value.isEmpty
        }
    }

    private static func length(_ value: Value) -> Int {
        switch value {
        case .array(let items): items.count
        case .object(let object): object.count
        case .null: 0
        default: TemplateText.text(value).characterCount
        }
    }

    private static func edge(_ value: Value, _ context: FilterContext, isFirst: Bool) throws -> Value {
        if value.isCollection || value == .null {
            let elements = try value.elements("first")
            return (isFirst ? elements.first : elements.last) ?? .text("")
        }
        return try slice(value, start: isFirst ? 0 : -1, length: 1, context)
    }

    /// `join(', ', ' and ')`: the second one before the last.
    private static func join(_ elements: [Value], _ arguments: TemplateArguments) -> Text {
        let glue = arguments.text(0, otherwise: "")
        let lastGlue = arguments.text(1, otherwise: glue)
        var result: [UInt8] = []
        for (index, element) in elements.enumerated() {
            if index > 0 { (index == elements.count - 1 ? lastGlue : glue).append(to: &result) }
            TemplateText.text(element).append(to: &result)
        }
        return Text(bytes: result)
    }

    private static func merge(_ first: Value, _ second: Value, _ context: FilterContext) throws -> Value {
        switch (first, second) {
        case (.array(let left), .array(let right)): return try context.result(left + right)
        case (.null, _): return second
        case (_, .null): return first
        case (.object(var result), .object(let other)):
            try context.chargeElements(result.count + other.count)
            for (key, value) in other { result[key] = value }
            return .object(result)
        case (.array(let items), .object) where items.isEmpty: return second
        case (.object, .array(let items)) where items.isEmpty: return first
        default: throw StackError.mistake("merge takes two arrays or two objects")
        }
    }
}
