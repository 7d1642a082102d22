package import Values
package import XanoScript

/// The type and the filters of a declaration, `text name filters=trim|min:3`, as they judge single values: of a
/// table's column what they are of an input.
///
/// Not what a declaration says of missing values, lists, members of objects and files: that is its user's.
package struct ValueRule: Sendable {
    private let type: InputType
    private let filters: [InputFilter]

    /// A filter that can't stand where it stands.
    package struct Objection: Sendable {
        package let filter: Filter
        package let problem: RecordProblem
    }

    /// - Parameters:
    ///   - constant: the value of a filter's argument
    ///   - objections: gets what is wrong with the filters; they are left out
    package init(_ column: Column, constant: (Expression) -> Value, objections: inout [Objection]) {
        type = Self.type(of: column, constant: constant)
        var filters: [InputFilter] = []
        var allowed: Set<Character>?
        for filter in column.filters where !filter.name.hasPrefix("@") {
            let arguments = filter.arguments.map(constant)
            if let characters = InputFilterTable.whitelist(filter.name, arguments) {
                allowed = (allowed ?? []).union(characters)
                continue
            }
            let use = InputFilterTable.Use(type: type, isArray: column.isArray, arguments: arguments)
            do {
                if let known = try InputFilterTable.filter(filter.name, use) {
                    filters.append(known)
                } else {
                    objections.append(Self.unknown(filter))
                }
            } catch {
                let message = (error as? InputFilterTable.Objection)?.message ?? "This filter can't stand here"
                objections.append(Objection(filter: filter, problem: RecordProblem(.type, message)))
            }
        }
        // After those that change the text.
        if let allowed { filters.append(InputFilterTable.filter(allowing: allowed)) }
        self.filters = filters
    }

    private static func unknown(_ filter: Filter) -> Objection {
        let near = NearestName.of(filter.name, among: InputFilterTable.names)
        return Objection(
            filter: filter,
            problem: RecordProblem(
                .name, "There is no filter \"\(filter.name)\" for columns",
                remedy: near.map { "did you mean \"\($0)\"?" }))
    }

    private static func type(of column: Column, constant: (Expression) -> Value) -> InputType {
        switch column.type {
        case "int": .int
        case "decimal": .decimal
        case "bool": .bool
        case "email": .email
        case "password": .password
        case "uuid": .uuid
        case "timestamp", "epochms": .timestamp
        case "date": .date
        case "enum": .enum(column.values.map(constant))
        case "object", "obj": .object
        case "text": .text
        default: .json
        }
    }

    /// Whether a value is only looked at for its type.
    package var hasFilters: Bool { !filters.isEmpty }

    /// The value as the filters leave it.
    ///
    /// - Parameter place: the name, for messages
    /// - Throws: `StackError` of kind `inputError`
    package func filtered(_ value: Value, _ place: String, _ context: FilterContext) throws -> Value {
        var value = value
        for filter in filters { value = try filter.apply(value, place, context.budget) }
        return value
    }

    /// The value as one of the type.
    ///
    /// - Throws: `StackError` of kind `inputError`
    package func typed(_ value: Value, _ place: String, _ context: FilterContext) throws -> Value {
        try type.convert(value, isTextual: false, place, context)
    }

    /// Judges the number of a list's elements.
    ///
    /// - Throws: `StackError` of kind `inputError`
    package func check(count: Int, _ place: String) throws {
        for filter in filters { try filter.apply(count: count, place) }
    }
}
