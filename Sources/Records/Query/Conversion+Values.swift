import FunctionStack
import Storage
import Values

extension Binding {
    /// Binds what the parameters hold to a statement.
    ///
    /// - Throws: `StackError` of kind `inputError` for a value that has no place where it is wanted.
    static func bind(
        _ bindings: [Binding], to statement: Statement, parameters: [Value], _ context: FilterContext
    ) throws {
        // All of them before the first is bound: a value that is refused must leave nothing behind.
        let values = try bindings.map { binding in
            let value = parameters.indices.contains(binding.parameter) ? parameters[binding.parameter] : .null
            return try binding.conversion.convert(value, context)
        }
        for (index, value) in values.enumerated() { statement.bindStored(Int32(index) + 1, value) }
    }
}

extension Conversion {
    func convert(_ value: Value, _ context: FilterContext) throws -> Value {
        switch self {
        case .plain: value
        case .like(let type): type.value(value, context) ?? value
        case .ordered(let type): try Self.ordered(value, type, context)
        case .list(let type): Self.list(value, type, context)
        case .json: value == .null ? .null : .text(JSON.text(value))
        case .truth: .integer(value.isTruthy ? 1 : 0)
        case .lowerBound(let type): try Self.ordered(try Self.bounds(value)[0], type, context)
        case .upperBound(let type): try Self.ordered(try Self.bounds(value)[1], type, context)
        }
    }

    private static func ordered(_ value: Value, _ type: SQLType, _ context: FilterContext) throws -> Value {
        if value == .null { return .null }
        guard let converted = type.value(value, context) else {
            throw StackError(.inputError, Text("A value is compared with \(type.wording), and is none"))
        }
        return converted
    }

    private static func list(_ value: Value, _ type: SQLType, _ context: FilterContext) -> Value {
        let elements: [Value]
        switch value {
        case .null: return .null
        case .array(let own): elements = own
        default: elements = [value]
        }
        // Text that is no UTF-8 would become other text in JSON, and match what it does not equal.
        let kept = elements.filter { element in
            if case .text(let text) = element, !text.isUTF8 { return false }
            return element != .null
        }
        return .text(JSON.text(.array(kept.map { type.value($0, context) ?? $0 })))
    }

    private static func bounds(_ value: Value) throws -> [Value] {
        guard case .array(let bounds) = value, bounds.count == 2 else {
            throw StackError(.inputError, "`between` needs two bounds")
        }
        return bounds
    }
}

extension SQLType {
    /// A value as one of the type, or nil if it is none.
    func value(_ value: Value, _ context: FilterContext) -> Value? {
        switch self {
        case .integer: Self.number(value)
        case .decimal: value.decimalNumber.map(Value.decimal)
        case .boolean: value.truth.map { .integer($0 ? 1 : 0) }
        case .text: value.scalarText.map(Value.text)
        case .uuid: value.scalarText.map { .text(UUIDText.normalized($0) ?? $0) }
        case .timestamp: Timestamp.milliseconds(of: value, now: context.clock()).map(Value.integer)
        case .date: DateValue.date(value, now: context.clock()).map(Value.text)
        case .json, .array, .scalar: value
        }
    }

    /// A column of integers is compared with a fraction as it is.
    private static func number(_ value: Value) -> Value? {
        value.wholeNumber.map(Value.integer) ?? value.decimalNumber.map(Value.decimal)
    }

    fileprivate var wording: Text {
        switch self {
        case .integer, .decimal: "a number"
        case .boolean: "a bool"
        case .timestamp: "a timestamp"
        case .date: "a date"
        default: "text"
        }
    }
}

extension Statement {
    /// Binds a value as it is stored: text that is no UTF-8 as BLOB; arrays, objects and all values of a column that
    /// holds JSON as JSON text.
    func bindStored(_ index: Int32, _ value: Value, as storage: ColumnType.Storage = .text) {
        switch value {
        case .null: bindNull(index)
        case _ where storage == .json: bind(index, JSON.text(value))
        case .text(let text):
            if text.isUTF8 { bind(index, text) } else { bind(index, bytes: text.bytes) }
        case .integer(let value): bind(index, value)
        case .decimal(let value): bind(index, value)
        case .boolean(let value): bind(index, value)
        case .array, .object: bind(index, JSON.text(value))
        }
    }
}
