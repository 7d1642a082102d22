import Values

/// Functions of templates, `name(…)`.
enum TemplateFunction: String, Sendable, CaseIterable {
    case range, min, max, cycle, date, random, attribute

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    var argumentCount: ClosedRange<Int> {
        switch self {
        case .range: 2...3
        case .min, .max: 1...Int.max
        case .cycle, .attribute: 2...2
        case .date: 0...2
        case .random: 0...2
        }
    }

    /// The names of its arguments.
    var parameters: [String] {
        switch self {
        case .range: ["low", "high", "step"]
        case .min, .max: []
        case .cycle: ["values", "position"]
        case .date: ["date", "timezone"]
        case .random: ["values", "max"]
        case .attribute: ["variable", "attribute"]
        }
    }

    func call(_ arguments: [Value], _ context: FilterContext) throws -> Value {
        switch self {
        case .range:
            let step = arguments.count > 2 ? try arguments[2].integer(for: "range") : 1
            return try TemplateNumbers.range(arguments[0], arguments[1], step: step, context)
        case .min, .max:
            let values = arguments.count == 1 ? try arguments[0].elements(rawValue) : arguments
            try context.budget.charge(steps: values.count)
            guard let first = values.first else { throw StackError.mistake("\(rawValue) needs at least one value") }
            let wanted: Ordering = self == .min ? .less : .greater
            return values.dropFirst().reduce(first) { $1.compareLoosely($0) == wanted ? $1 : $0 }
        case .cycle:
            let values = try arguments[0].elements("cycle")
            guard !values.isEmpty else { return .null }
            return values[try arguments[1].index(for: "cycle").dividedDown(by: values.count).remainder]
        case .attribute:
            guard case .object(let object) = arguments[0] else { return .null }
            return object[TemplateText.text(arguments[1])] ?? .null
        case .date: return try date(arguments, context)
        case .random: return try random(arguments, context)
        }
    }

    /// A timestamp, for comparing and for the filter `date`.
    private func date(_ arguments: [Value], _ context: FilterContext) throws -> Value {
        guard let value = arguments.first, value != .null else { return .integer(context.clock()) }
        let zone = try Zone.named(arguments.count > 1 ? arguments[1] : .null, for: "date")
        return .integer(try TemplateFilter.time(value, zone, context))
    }

    /// An element, a letter, or a number from 0 (or the first of two) up to the one given.
    private func random(_ arguments: [Value], _ context: FilterContext) throws -> Value {
        switch arguments.first {
        case .array(let items): return items.randomElement(using: &context.random) ?? .null
        case .object(let object): return object.values.randomElement(using: &context.random) ?? .null
        case .text(let text): return text.splitIntoCharacters().randomElement(using: &context.random).map { .text($0) } ?? .null
        case nil, .null: return .integer(Int64.random(in: 0...Int64(Int32.max), using: &context.random))
        case .some(let first):
            let bound = try first.integer(for: "random")
            let other = arguments.count > 1 ? try arguments[1].integer(for: "random") : 0
            return .integer(Int64.random(in: Swift.min(bound, other)...Swift.max(bound, other), using: &context.random))
        }
    }
}
