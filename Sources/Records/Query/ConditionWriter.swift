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
    /// Whether a name stands for an evaluated field before it stands for a column, as in an aggregate.
    private var prefersEvaluated = false
    /// Whether filters over many rows, such as `sum`, may stand where the writer is.
    private(set) var isAggregate = false

    /// SQLite's parser keeps at most 100 things open, and a level of ours is up to eight of them.
    private static let maximumDepth = 8

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
        switch condition {
        case .not(let inner):
            return try self.condition(inner, isNegated: !isNegated)
        case .and(let left, let right):
            return try joined([left, right], isConjunction: true, isNegated: isNegated)
        case .or(let left, let right):
            return try joined([left, right], isConjunction: false, isNegated: isNegated)
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

    /// A chain of the same operator, however long, is one level.
    private mutating func joined(
        _ operands: [RecordQuery.Condition], isConjunction: Bool, isNegated: Bool
    ) throws(RecordProblem) -> String {
        try enter()
        defer { depth -= 1 }
        var rest = Array(operands.reversed())
        var parts: [String] = []
        while let next = rest.popLast() {
            switch next {
            case .and(let left, let right) where isConjunction: rest += [right, left]
            case .or(let left, let right) where !isConjunction: rest += [right, left]
            default: parts.append(try condition(next, isNegated: isNegated))
            }
        }
        return "(\(parts.joined(separator: isConjunction != isNegated ? " AND " : " OR ")))"
    }

    private mutating func enter() throws(RecordProblem) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw RecordProblem(
                .unsupported, "The condition is nested more than \(Self.maximumDepth) deep",
                remedy: "compute a part of it before the query")
        }
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
            case .text, .date, .uuid: "\(value.sql) NOT IN ('', '0')"
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
        try enter()
        defer { depth -= 1 }
        switch condition {
        case .column(let table, let name, let path):
            guard let evaluated = scope.evaluated(table: table, name, first: prefersEvaluated) else {
                return try scope.column(table: table, name, path: path)
            }
            return try member(path, of: self.evaluated(evaluated))
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
            throw Self.noOperand
        }
    }

    /// A part of an aggregate: what rows have in common (`isAggregate` false), or what is computed of them.
    mutating func part(_ condition: RecordQuery.Condition, isAggregate: Bool) throws(RecordProblem) -> SQLExpression {
        prefersEvaluated = true
        self.isAggregate = isAggregate
        defer {
            prefersEvaluated = false
            self.isAggregate = false
        }
        return try field(condition)
    }

    /// The argument of a filter over many rows, in which no other one may stand.
    mutating func row(_ condition: RecordQuery.Condition) throws(RecordProblem) -> SQLExpression {
        let before = isAggregate
        isAggregate = false
        defer { isAggregate = before }
        return try expression(condition)
    }

    private mutating func evaluated(_ condition: RecordQuery.Condition) throws(RecordProblem) -> SQLExpression {
        let before = prefersEvaluated
        prefersEvaluated = false
        defer { prefersEvaluated = before }
        return try field(condition)
    }

    private func member(_ path: [String], of value: SQLExpression) throws(RecordProblem) -> SQLExpression {
        guard !path.isEmpty else { return value }
        guard let json = value.json else {
            throw RecordProblem(.type, "An evaluated field that is no JSON has no \"\(path[0])\"")
        }
        let place = try QueryScope.jsonPath(path).quotedText
        return SQLExpression("json_extract(\(json), \(place))", .scalar, json: "(\(json) -> \(place))")
    }

    /// A field of `eval`: a value of a row, or whether a condition is true of it.
    mutating func field(_ condition: RecordQuery.Condition) throws(RecordProblem) -> SQLExpression {
        // Whatever it is, it comes back as what it is.
        if case .parameter(let number) = condition { return SQLExpression(bind(number, as: .json), .json) }
        let isCondition =
            switch condition {
            case .not, .and, .or, .comparison: true
            case .filter(let name, _, let arguments): ColumnFilter.comparison(name, arguments) != nil
            default: false
            }
        return isCondition ? SQLExpression(try self.condition(condition), .boolean) : try expression(condition)
    }

    /// An operand's text may be written twice, and a condition's may be long.
    static let noOperand = RecordProblem(
        .unsupported, "What a condition gives cannot be compared or given to a filter",
        remedy: "combine conditions with &&, || and !")

    private mutating func jsonElement(_ element: RecordQuery.Condition) throws(RecordProblem) -> String {
        if case .parameter(let number) = element { return "json(\(bind(number, as: .json)))" }
        let value = try expression(element)
        return value.json.map { "json(\($0))" } ?? value.sql
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
        if let json = value.json { return json }
        if value.parameter != nil { return value.sql }
        if value.type == .boolean { return "iif(\(value.sql), 'true', 'false')" }
        return "iif(\(value.sql) IS NULL, NULL, json_quote(\(value.sql)))"
    }
}
