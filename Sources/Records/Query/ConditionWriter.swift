import FunctionStack
import XanoScript

/// Writes the conditions and expressions of a query as SQL.
///
/// Nothing of a value is ever in the text: parameters are `?1`, `?2`, … and `bindings` says what goes there.
/// Conditions have three values, as in PostgreSQL: a comparison with a column that is null is neither true nor
/// false, also under `!`. Only equality is asked of null itself.
struct ConditionWriter {
    let scope: QueryScope
    let nulls: Nullness
    private(set) var bindings: [Binding] = []
    /// Functions that the connection must have before the statement is prepared.
    private(set) var functions: Set<SQLFunction> = []
    private var depth = 0

    /// SQLite refuses expressions nested 1,000 deep.
    private static let maximumDepth = 200

    init(scope: QueryScope, nulls: Nullness) {
        self.scope = scope
        self.nulls = nulls
    }

    /// A parameter's place in the statement.
    mutating func bind(_ parameter: Int, as conversion: Conversion) -> String {
        bindings.append(Binding(parameter: parameter, conversion: conversion))
        return "?\(bindings.count)"
    }

    mutating func call(_ function: SQLFunction, _ arguments: String...) -> String {
        functions.insert(function)
        return "\(function.name)(\(arguments.joined(separator: ", ")))"
    }

    /// A condition. `isNegated` asks for its opposite, which is written inside: `!` of a comparison is the opposite
    /// comparison.
    mutating func condition(
        _ condition: RecordQuery.Condition, isNegated: Bool = false
    ) throws(RecordProblem) -> String {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw RecordProblem(.unsupported, "The condition is nested more than \(Self.maximumDepth) deep")
        }
        switch condition {
        case .not(let inner):
            return try self.condition(inner, isNegated: !isNegated)
        case .and(let left, let right):
            return try joined(left, isNegated ? "OR" : "AND", right, isNegated)
        case .or(let left, let right):
            return try joined(left, isNegated ? "AND" : "OR", right, isNegated)
        case .comparison(let comparison, let left, let right, let ignoresNull):
            return try self.comparison(comparison, left, right, ignoresNull: ignoresNull, isNegated: isNegated)
        case .filter(let name, let input, let arguments):
            if let comparison = ColumnFilter.comparison(name, arguments) {
                return try self.comparison(
                    comparison.operation, input, comparison.right, ignoresNull: false, isNegated: isNegated)
            }
        case .column, .parameter, .arithmetic, .list: break
        }
        return try truth(of: condition, isNegated: isNegated)
    }

    private mutating func joined(
        _ left: RecordQuery.Condition, _ word: String, _ right: RecordQuery.Condition, _ isNegated: Bool
    ) throws(RecordProblem) -> String {
        let left = try condition(left, isNegated: isNegated)
        let right = try condition(right, isNegated: isNegated)
        return "(\(left) \(word) \(right))"
    }

    /// A value that stands where a condition is wanted: true as the language takes values for true.
    private mutating func truth(
        of condition: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        if case .parameter(let number) = condition {
            return (isNegated ? "NOT " : "") + bind(number, as: .truth)
        }
        let value = try expression(condition)
        let test =
            switch value.type {
            case .integer, .boolean, .timestamp, .decimal: "\(value.sql) <> 0"
            case .text, .date: "\(value.sql) NOT IN ('', '0')"
            case .json, .array: "\(value.sql) NOT IN ('null', 'false', '0', '\"\"', '[]', '{}')"
            case .scalar: "\(value.sql) NOT IN (0, '', '0')"
            }
        return isNegated ? "NOT (\(test))" : "(\(test))"
    }
}

// MARK: Expressions

extension ConditionWriter {
    /// A value of a row.
    ///
    /// - Parameter conversion: what a parameter becomes if the expression is one
    mutating func expression(
        _ condition: RecordQuery.Condition, as conversion: Conversion = .plain
    ) throws(RecordProblem) -> SQLExpression {
        switch condition {
        case .column(let table, let name, let path):
            return try scope.column(table: table, name, path: path)
        case .parameter(let number):
            return SQLExpression(bind(number, as: conversion), .scalar, parameter: number)
        case .arithmetic(let operation, let left, let right):
            return try arithmetic(operation, left, right)
        case .filter(let name, let input, let arguments):
            return try filter(name, input, arguments)
        case .list(let elements):
            var parts: [String] = []
            for element in elements { parts.append(try jsonElement(element)) }
            return SQLExpression("json_array(\(parts.joined(separator: ", ")))", .json)
        case .not, .and, .or, .comparison:
            return SQLExpression(try self.condition(condition), .boolean)
        }
    }

    private mutating func jsonElement(_ element: RecordQuery.Condition) throws(RecordProblem) -> String {
        if case .parameter(let number) = element { return "json(\(bind(number, as: .json)))" }
        let value = try expression(element)
        return value.type.isJSON ? "json(\(value.sql))" : value.sql
    }

    private mutating func arithmetic(
        _ operation: RecordQuery.Arithmetic, _ left: RecordQuery.Condition, _ right: RecordQuery.Condition
    ) throws(RecordProblem) -> SQLExpression {
        let conversion = operation == .concatenate ? Conversion.like(.text) : .ordered(.decimal)
        let left = try expression(left, as: conversion)
        let right = try expression(right, as: conversion)
        return switch operation {
        case .add: numeric("+", left, right)
        case .subtract: numeric("-", left, right)
        case .multiply: numeric("*", left, right)
        case .divide: SQLExpression("(CAST(\(left.sql) AS REAL) / \(right.sql))", .decimal)
        case .concatenate: SQLExpression("(\(left.sql) || \(right.sql))", .text)
        }
    }

    private func numeric(_ sign: String, _ left: SQLExpression, _ right: SQLExpression) -> SQLExpression {
        let type: SQLType =
            switch (left.type, right.type) {
            case (.timestamp, _), (_, .timestamp): sign == "-" && left.type == right.type ? .integer : .timestamp
            default: .scalar
            }
        return SQLExpression("(\(left.sql) \(sign) \(right.sql))", type)
    }

    /// A value that is compared by order or as text: of JSON the scalar that it is.
    func scalar(_ value: SQLExpression) -> SQLExpression {
        guard value.type.isJSON else { return value }
        return SQLExpression("json_extract(\(value.sql), '$')", .scalar)
    }

    /// A value as JSON text.
    func json(_ value: SQLExpression) -> String {
        if value.type.isJSON || value.parameter != nil { return value.sql }
        if value.type == .boolean { return "iif(\(value.sql), 'true', 'false')" }
        return "json_quote(\(value.sql))"
    }
}
