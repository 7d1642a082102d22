import FunctionStack
import Values
import XanoScript

/// A column's type, or that of a member of an `object` column, as it is checked when a value is written: what an
/// input of that declaration would be, with what is stored instead.
struct TypeCheck: Sendable {
    private enum Form: Sendable {
        case text, integer, decimal, boolean, timestamp, date, uuid, json, anyObject, file, password
        /// What the rule gives is stored as it is.
        case rule
        case object([Member])
    }

    private struct Member: Sendable {
        let key: Text
        let check: TypeCheck
        let column: Column
    }

    /// As messages name it: `address.street`.
    private let name: String
    private let form: Form
    private let rule: ValueRule
    private let hasFilters: Bool
    /// How many elements a list may have, nil for a single value.
    private let counts: ClosedRange<Int>?
    private let mayBeMissing: Bool

    /// - Parameter objections: gets what is wrong with the filters
    init(_ column: Column, name: String, objections: inout [ValueRule.Objection]) {
        self.name = name
        form = Self.form(of: column, name: name, objections: &objections)
        rule = ValueRule(column, constant: { ConstantExpression.literal($0) ?? .null }, objections: &objections)
        hasFilters = rule.hasFilters
        mayBeMissing = column.isNullable || column.isOptional
        let minimum = max(0, column.minimumCount ?? 0)
        counts = column.isArray ? minimum...max(minimum, column.maximumCount ?? .max) : nil
    }

    private static func form(of column: Column, name: String, objections: inout [ValueRule.Objection]) -> Form {
        switch ColumnType(name: column.type) {
        case .email, .enumeration: return .rule
        case .int: return .integer
        case .bool: return .boolean
        case .timestamp: return .timestamp
        case .text, nil: return .text
        case .decimal: return .decimal
        case .date: return .date
        case .uuid: return .uuid
        case .json: return .json
        case .file, .image, .video, .audio, .attachment: return .file
        case .password: return .password
        case .object:
            if column.children.isEmpty { return .anyObject }
            return .object(
                column.children.map { child in
                    let check = TypeCheck(child, name: "\(name).\(child.name)", objections: &objections)
                    return Member(key: Text(child.name), check: check, column: child)
                })
        }
    }

    /// Whether every text is stored as it is.
    var takesAnyText: Bool {
        if case .text = form { counts == nil && !hasFilters } else { false }
    }

    /// The value as it is stored. It is not null.
    ///
    /// - Throws: `StackError` of kind `inputError`
    func check(_ value: Value, _ context: FilterContext) throws -> Value {
        guard let counts else { return try single(value, context) }
        guard case .array(let elements) = value else { throw invalid("Value is not a valid list") }
        guard counts.contains(elements.count) else {
            throw invalid("The list has \(elements.count) elements, not \(counts.lowerBound) to \(counts.upperBound)")
        }
        if hasFilters { try rule.check(count: elements.count, name) }
        return .array(try elements.map { try $0 == .null ? .null : single($0, context) })
    }

    private func single(_ value: Value, _ context: FilterContext) throws -> Value {
        if case .password = form { return try password(value, context) }
        let value = hasFilters ? try rule.filtered(value, name, context) : value
        switch (form, value) {
        // What is of the type already.
        case (.text, .text), (.integer, .integer), (.timestamp, .integer), (.boolean, .boolean), (.json, _):
            return value
        case (.text, _), (.integer, _), (.timestamp, _), (.boolean, _), (.rule, _):
            return try rule.typed(value, name, context)
        case (.decimal, .decimal(let number)) where number.isFinite:
            return value
        case (.decimal, _):
            guard let number = try rule.typed(value, name, context).decimalNumber, number.isFinite else {
                throw invalid("Value is not a valid decimal")
            }
            return .decimal(number)
        default: return try special(value, context)
        }
    }

    private func special(_ value: Value, _ context: FilterContext) throws -> Value {
        switch form {
        case .date:
            guard let date = DateValue.date(value, now: context.clock()) else {
                throw invalid("Value is not a valid date, such as 2024-12-31")
            }
            return .text(date)
        case .uuid:
            guard case .text(let uuid) = try rule.typed(value, name, context) else { return value }
            return .text(Text(uuid.string.lowercased()))
        case .anyObject, .file:
            guard case .object = value else { throw invalid("Value is not a valid object") }
            return value
        case .object(let members): return try object(value, members, context)
        default: return value
        }
    }

    /// The hash of a password that the filters let pass. What is a hash already is kept.
    private func password(_ value: Value, _ context: FilterContext) throws -> Value {
        if case .text(let text) = value, Password.isHash(text) { return value }
        let filtered = hasFilters ? try rule.filtered(value, name, context) : value
        guard case .text(let password) = try rule.typed(filtered, name, context) else { return .null }
        if !password.isEmpty { return .text(try Password.hash(password, context)) }
        // A hash of nothing would let in whoever gives nothing.
        guard mayBeMissing else { throw invalid("Missing param: \(name)") }
        return .null
    }

    /// A value with all passwords in it hashed and nothing else changed.
    func hashingPasswords(_ value: Value, _ context: FilterContext) throws -> Value {
        switch (form, value) {
        case (_, .null): return value
        case (.password, .array(let elements)) where counts != nil:
            return .array(try elements.map { try $0 == .null ? .null : password($0, context) })
        case (.password, _): return try password(value, context)
        case (.object(let members), .object(var object)):
            for member in members where member.check.holdsPasswords {
                guard let given = object[member.key] else { continue }
                object[member.key] = try member.check.hashingPasswords(given, context)
            }
            return .object(object)
        case (.object, .array(let elements)) where counts != nil:
            return .array(try elements.map { try hashingPasswords($0, context) })
        default: return value
        }
    }

    /// Whether it is a password, or an object with one in it.
    var holdsPasswords: Bool {
        switch form {
        case .password: true
        case .object(let members): members.contains { $0.check.holdsPasswords }
        default: false
        }
    }

    /// The members in the order of the schema; others are left out.
    private func object(_ value: Value, _ members: [Member], _ context: FilterContext) throws -> Value {
        guard case .object(let given) = value else { throw invalid("Value is not a valid object") }
        var result = Object(capacity: members.count)
        for member in members {
            let stored: Value
            if let value = given[member.key], value != .null {
                stored = try member.check.check(value, context)
            } else {
                stored = try member.check.standard(given[member.key], member.column, context)
            }
            result.append(newKey: member.key, stored)
        }
        return .object(result)
    }

    /// What a member is that was not given.
    private func standard(_ given: Value?, _ column: Column, _ context: FilterContext) throws -> Value {
        if given != nil, column.isNullable { return .null }
        switch ConstantExpression.value(of: column.defaultValue) {
        case .value(let value) where value != .null: return try check(value, context)
        case .now: return try check(.integer(context.clock()), context)
        default: break
        }
        guard column.isNullable || column.isOptional else { throw invalid("Missing param: \(name)") }
        return .null
    }

    private func invalid(_ message: String) -> StackError {
        StackError(.inputError, Text(message), payload: ["param": .text(name)])
    }
}
