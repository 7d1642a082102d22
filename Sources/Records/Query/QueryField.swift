import FunctionStack
import Storage
import Values

/// One field of a query's rows.
struct QueryField: Sendable {
    let key: Text
    let sql: String
    let reader: FieldReader
}

/// How a column of SQLite's row becomes a value of the language.
enum FieldReader: Sendable {
    case integer, decimal, text, boolean, json
    /// As it is stored.
    case scalar

    init(_ type: SQLType) {
        self = switch type {
        case .integer, .timestamp: .integer
        case .decimal: .decimal
        case .text, .date, .uuid: .text
        case .boolean: .boolean
        case .json, .array: .json
        case .scalar: .scalar
        }
    }

    func value(_ row: borrowing Row, _ column: Int32) throws -> Value {
        if row.isNull(column) { return .null }
        switch self {
        case .integer: return .integer(row.integer(column))
        case .decimal: return .decimal(row.decimal(column))
        case .text: return .text(row.text(column))
        case .boolean: return .boolean(row.integer(column) != 0)
        case .json: return try row.withBytes(column) { try JSON.parse($0) }
        case .scalar: return row.value(column)
        }
    }
}
