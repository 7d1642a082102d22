import FunctionStack
import Values
import XanoScript

/// A column's type, or that of a field of an `object` column, as it is checked when a value is written.
struct TypeCheck: Sendable {
    private indirect enum Form: Sendable {
        case integer, decimal, text, boolean, timestamp, date, email, uuid, json, anyObject, file, password
        case enumeration(Set<Text>)
        case object([Field])
    }

    private struct Field: Sendable {
        let key: Text
        let check: TypeCheck
        let column: Column
    }

    private let form: Form
    /// As messages name it: `address.street`.
    private let name: String
    private let typeName: String
    private let array: ClosedRange<Int>?
    private let filters: [ValueFilter]
    private let arrayFilters: [ValueFilter]

    init(_ column: Column, name: String) {
        self.name = name
        typeName = column.type
        form = Self.form(of: column, name: name)
        let minimum = max(0, column.minimumCount ?? 0)
        array = column.isArray ? minimum...max(minimum, column.maximumCount ?? .max) : nil
        let all = column.filters.compactMap { ValueFilter.compiled($0) }
        let isNumeric = column.type == "int" || column.type == "decimal"
        arrayFilters = column.isArray && !isNumeric ? all.filter(\.boundsSize) : []
        filters = column.isArray && !isNumeric ? all.filter { !$0.boundsSize } : all
    }

    private static func form(of column: Column, name: String) -> Form {
        switch ColumnType(rawValue: column.type) {
        case .int: .integer
        case .decimal: .decimal
        case .bool: .boolean
        case .timestamp: .timestamp
        case .date: .date
        case .email: .email
        case .uuid: .uuid
        case .password: .password
        case .enumeration: .enumeration(Set(column.values.compactMap { ConstantExpression.text($0) }))
        case .object where !column.children.isEmpty:
            .object(
                column.children.map {
                    Field(key: Text($0.name), check: TypeCheck($0, name: "\(name).\($0.name)"), column: $0)
                })
        case .json: .json
        case .object: .anyObject
        case .file, .image, .video, .audio, .attachment: .file
        case .text, nil: .text
        }
    }

    /// The value as it is stored. It is not null.
    ///
    /// - Throws: `StackError` of kind `inputError`
    func check(_ value: Value, _ records: Records) throws -> Value {
        guard let array else { return try single(value, records) }
        guard case .array(let elements) = value else { throw invalid("a list of \(typeName)") }
        guard array.contains(elements.count) else {
            throw error("The number of elements of \(name) is out of its bounds")
        }
        for filter in arrayFilters { try filter.checkSize(elements.count, of: name) }
        return .array(try elements.map { try $0 == .null ? .null : single($0, records) })
    }

    @inline(__always)
    private func single(_ value: Value, _ records: Records) throws -> Value {
        if filters.isEmpty { return try typed(value, records) }
        var value = value
        for filter in filters { value = try filter.apply(value, name, records.context) }
        return try typed(value, records)
    }

    private func typed(_ value: Value, _ records: Records) throws -> Value {
        switch form {
        case .text:
            if case .text = value { return value }
            guard let text = value.scalarText else { throw invalid("text") }
            return .text(text)
        case .integer:
            guard let number = value.wholeNumber else { throw invalid("an int") }
            return .integer(number)
        case .decimal:
            guard let number = value.decimalNumber, number.isFinite else { throw invalid("a decimal") }
            return .decimal(number)
        case .boolean:
            guard let truth = value.truth else { throw invalid("a bool") }
            return .boolean(truth)
        case .timestamp:
            guard let time = TimeValue.timestamp(value, records.context) else { throw invalid("a timestamp") }
            return .integer(time)
        case .date:
            guard let date = TimeValue.date(value, records.context) else { throw invalid("a date") }
            return .text(date)
        case .json:
            return value
        default:
            return try special(value, records)
        }
    }

    private func special(_ value: Value, _ records: Records) throws -> Value {
        switch form {
        case .email:
            guard let text = value.scalarText, text.isEmpty || text.isEmailAddress else { throw invalid("an email") }
            return .text(text)
        case .uuid:
            guard let text = value.scalarText, let uuid = UUIDText.normalized(text) else { throw invalid("a uuid") }
            return .text(uuid)
        case .enumeration(let values):
            guard let text = value.scalarText, values.contains(text) else {
                throw error("Value is not one of the allowable values.")
            }
            return .text(text)
        case .file:
            guard case .object = value else { throw invalid("the metadata of a file") }
            return value
        case .anyObject:
            guard case .object = value else { throw invalid("an object") }
            return value
        case .password:
            throw StackError.mistake("The password column \(name) cannot be written: passwords are not hashed yet")
        case .object(let fields):
            return try object(value, fields, records)
        default: return value
        }
    }

    /// The members in the order of the schema; others are left out.
    private func object(_ value: Value, _ fields: [Field], _ records: Records) throws -> Value {
        guard case .object(let given) = value else { throw invalid("an object") }
        var result = Object(capacity: fields.count)
        for field in fields {
            let member = given[field.key]
            if let member, member != .null {
                result.append(newKey: field.key, try field.check.check(member, records))
            } else {
                result.append(newKey: field.key, try field.check.standard(member, field.column, records))
            }
        }
        return .object(result)
    }

    /// What a member is that was not given.
    private func standard(_ given: Value?, _ column: Column, _ records: Records) throws -> Value {
        if given != nil, column.isNullable { return .null }
        switch ConstantExpression.value(of: column.defaultValue) {
        case .value(let value) where value != .null: return try check(value, records)
        case .now: return try check(.integer(records.clock()), records)
        default: break
        }
        guard column.isNullable || column.isOptional else { throw error("Missing param: \(name)") }
        return .null
    }

    private func invalid(_ expected: String) -> StackError {
        error("Invalid value for param: \(name); expected \(expected)")
    }

    private func error(_ message: String) -> StackError {
        StackError(.inputError, Text(message), payload: ["param": .text(name)])
    }
}

extension Text {
    /// Something, an `@`, and a domain with a dot in it, without white space: what Xano's `email` asks for.
    fileprivate var isEmailAddress: Bool {
        guard byteCount <= 320, let string = validString else { return false }
        let parts = string.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        guard !string.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x20 }) else {
            return false
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
    }
}
