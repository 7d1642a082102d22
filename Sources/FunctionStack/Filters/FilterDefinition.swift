package import Values

/// A filter of the language: `input|name:argument:argument`.
package struct FilterDefinition: Sendable {
    /// Takes the input over, so that a value without other owners is changed in place.
    package typealias Plain =
        @Sendable (
            _ input: consuming Value, _ arguments: borrowing FilterArguments, _ context: FilterContext
        ) throws -> Value

    /// The expression of `map`, `filter`, `reduce` and their like for one element: `$$` and `$this` are the element,
    /// `$result` what has been accumulated, `$index` the index. `$parent` is the filter's whole input, which the
    /// interpreter knows.
    package typealias ElementExpression =
        (_ element: Value, _ accumulated: consuming Value, _ index: Int) throws -> Value

    /// The first argument is an expression that is run for each element; `arguments` holds those after it.
    package typealias Element =
        @Sendable (
            _ input: consuming Value, _ expression: ElementExpression, _ arguments: borrowing FilterArguments,
            _ context: FilterContext
        ) throws -> Value

    /// How a filter is run, or why it is not.
    package enum Implementation: Sendable {
        case plain(Plain)
        case element(Element)
        /// Known to the language, refused at load; the reason ends the diagnostic.
        case unsupported(reason: String)
    }

    /// The name in the documentation.
    package let name: String
    /// Other names of the same filter, older ones among them.
    package let aliases: [String]
    /// How many arguments it takes, the expression of an element filter among them.
    package let arity: ClosedRange<Int>
    /// What it does.
    package let implementation: Implementation
    /// Gives the same for the same input and arguments, so that constants may be evaluated at load.
    package let isPure: Bool

    /// A filter whose arguments are values.
    package static func plain(
        _ name: String, _ aliases: String..., arguments: ClosedRange<Int> = 0...0, isPure: Bool = true,
        _ implementation: @escaping Plain
    ) -> FilterDefinition {
        FilterDefinition(
            name: name, aliases: aliases, arity: arguments, implementation: .plain(implementation), isPure: isPure)
    }

    /// A filter whose first argument is an expression over `$$`.
    package static func element(
        _ name: String, _ aliases: String..., arguments: ClosedRange<Int> = 1...1,
        _ implementation: @escaping Element
    ) -> FilterDefinition {
        FilterDefinition(
            name: name, aliases: aliases, arity: arguments, implementation: .element(implementation), isPure: false)
    }

    /// A filter that the language has and Postern refuses.
    package static func unsupported(_ name: String, reason: String) -> FilterDefinition {
        FilterDefinition(
            name: name, aliases: [], arity: 0...Int.max, implementation: .unsupported(reason: reason), isPure: false)
    }
}
