import FunctionStack
import Values

/// What a column makes of the values that are written to it: its filters, its type, its default.
final class ColumnCheck: Sendable {
    let name: String
    let key: Text
    let storage: ColumnType.Storage
    private let type: TypeCheck
    /// Text is stored as it is given, which is by far the most frequent write.
    private let takesAnyText: Bool
    private let isNullable: Bool
    private let isOptional: Bool
    private let defaultValue: TableColumn.Default
    private let emptyValue: Value
    /// `created_at` is the time of the run, also without a default.
    private let isCreationTime: Bool

    init(_ column: TableColumn) {
        name = column.name
        key = column.key
        storage = column.storage
        type = column.check
        takesAnyText = type.takesAnyText
        isNullable = column.isNullable
        isOptional = column.isOptional
        defaultValue = column.defaultValue
        emptyValue = column.emptyValue
        isCreationTime = column.name == "created_at" && column.type == .timestamp
    }

    /// The value that a new record gets.
    ///
    /// Null counts as not given, unless the column may be null: what was not asked for is null in a stack.
    ///
    /// - Parameter given: nil where the data does not name the column
    /// - Throws: `StackError` of kind `inputError` for a value that does not fit, and for none where there must be one.
    func added(_ given: Value?, _ context: FilterContext) throws -> Value {
        if let given {
            if takesAnyText, case .text = given { return given }
            if !given.isNull { return try type.check(given, context) }
            if isNullable { return .null }
        }
        switch defaultValue {
        case .value(let value): return value.isNull ? emptyValue : try type.check(value, context)
        case .now: return try type.check(.integer(context.clock()), context)
        case .absent: break
        }
        if isNullable || isOptional { return emptyValue }
        if isCreationTime { return .integer(context.clock()) }
        throw missing
    }

    /// The value that a record gets instead of its own.
    func edited(_ given: Value, _ context: FilterContext) throws -> Value {
        if !given.isNull { return try type.check(given, context) }
        if isNullable { return .null }
        guard isOptional else { throw missing }
        return emptyValue
    }

    private var missing: StackError {
        StackError(.inputError, Text("Missing param: \(name)"), payload: ["param": .text(name)])
    }
}
