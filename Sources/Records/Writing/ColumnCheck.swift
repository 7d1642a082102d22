import FunctionStack
import Values

/// What a column makes of the values that are written to it: its filters, its type, its default.
struct ColumnCheck: Sendable {
    let column: TableColumn
    private let type: TypeCheck

    init(_ column: TableColumn) {
        self.column = column
        // What is wrong with its filters has been said when the table was read.
        var objections: [ValueRule.Objection] = []
        type = TypeCheck(column.declaration, name: column.name, objections: &objections)
    }

    /// The value that a new record gets.
    ///
    /// Null counts as not given, unless the column may be null: what was not asked for is null in a stack.
    ///
    /// - Parameter given: nil where the data does not name the column
    /// - Throws: `StackError` of kind `inputError` for a value that does not fit, and for none where there must be one.
    func added(_ given: Value?, _ context: FilterContext) throws -> Value {
        if let given, given != .null { return try type.check(given, context) }
        if given != nil, column.isNullable { return .null }
        switch column.defaultValue {
        case .value(let value): return value == .null ? column.emptyValue : try type.check(value, context)
        case .now: return try type.check(.integer(context.clock()), context)
        case .absent: break
        }
        if column.isNullable || column.isOptional { return column.emptyValue }
        if column.name == "created_at", column.type == .timestamp { return .integer(context.clock()) }
        throw missing
    }

    /// The value that a record gets instead of its own.
    func edited(_ given: Value, _ context: FilterContext) throws -> Value {
        if given != .null { return try type.check(given, context) }
        if column.isNullable { return .null }
        guard column.isOptional else { throw missing }
        return column.emptyValue
    }

    private var missing: StackError {
        StackError(
            .inputError, Text("Missing param: \(column.name)"), payload: ["param": .text(column.name)])
    }
}
