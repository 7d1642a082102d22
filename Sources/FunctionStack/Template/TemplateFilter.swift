import Values
import XanoScript

/// A filter of templates, `value|name(…)`.
struct TemplateFilter: Sendable {
    typealias Implementation = @Sendable (_ input: Value, _ arguments: TemplateArguments, _ context: FilterContext) throws -> Value

    let name: String
    /// The names of its arguments, in their order.
    let parameters: [String]
    var isVariadic = false
    /// Whether it gives HTML, which `autoescape` leaves alone.
    var isSafe = false
    private let implementation: Implementation

    init(_ name: String, _ parameters: [String] = [], _ implementation: @escaping Implementation) {
        self.name = name
        self.parameters = parameters
        self.implementation = implementation
    }

    func variadic() -> TemplateFilter {
        var copy = self
        copy.isVariadic = true
        return copy
    }

    func safe() -> TemplateFilter {
        var copy = self
        copy.isSafe = true
        return copy
    }

    func apply(_ input: Value, _ arguments: [Value], _ context: FilterContext) throws -> Value {
        try implementation(input, TemplateArguments(values: arguments), context)
    }

    static func named(_ name: String) -> TemplateFilter? { all[name] }

    /// The name that a misspelt one most likely means.
    static func hint(for name: String) -> String {
        NearestName.of(name, among: all.keys).map { "; did you mean \($0)?" } ?? ""
    }

    private static let all: [String: TemplateFilter] = {
        let filters = textFilters + collectionFilters + numberFilters
        var all = Dictionary(filters.map { ($0.name, $0) }) { first, _ in first }
        all["e"] = all["escape"]
        return all
    }()
}

/// The arguments of a filter, null where none was given.
struct TemplateArguments {
    let values: [Value]

    subscript(index: Int) -> Value { values[safe: index] ?? .null }

    func text(_ index: Int, otherwise: Text) -> Text {
        self[index] == .null ? otherwise : TemplateText.text(self[index])
    }
}
