import FunctionStack
import XanoScript

extension ConditionWriter {
    /// - Parameter ignoresNull: as `RecordQuery.Condition.comparison` has it
    mutating func comparison(
        _ operation: RecordQuery.Comparison, _ left: RecordQuery.Condition, _ right: RecordQuery.Condition,
        ignoresNull: Bool, isNegated: Bool
    ) throws(RecordProblem) -> String {
        var state = Nullness.State.unknown
        if case .parameter(let number) = right { state = nulls.state(of: number) }
        if ignoresNull, state == .null { return isNegated ? "0" : "1" }
        let test =
            if operation == .jsonContains {
                try jsonContains(left, right, state, isNegated: isNegated)
            } else {
                try plainComparison(isNegated ? operation.opposite : operation, left, right, state)
            }
        guard ignoresNull, state == .unknown else { return test }
        let value = try expression(right).sql
        return isNegated ? "(\(value) IS NOT NULL AND \(test))" : "(\(value) IS NULL OR \(test))"
    }

    private mutating func plainComparison(
        _ operation: RecordQuery.Comparison, _ left: RecordQuery.Condition, _ right: RecordQuery.Condition,
        _ rightState: Nullness.State
    ) throws(RecordProblem) -> String {
        switch operation {
        case .equal, .notEqual:
            if case .parameter = left, !right.isParameter {
                return try equality(right, left, isNegated: operation == .notEqual)
            }
            return try equality(left, right, isNegated: operation == .notEqual)
        default: break
        }
        if rightState == .null { return "0" }
        switch operation {
        case .less: return try order("<", left, right)
        case .lessOrEqual: return try order("<=", left, right)
        case .greater: return try order(">", left, right)
        case .greaterOrEqual: return try order(">=", left, right)
        case .between: return try between(left, right, isNegated: false)
        case .notBetween: return try between(left, right, isNegated: true)
        case .contained: return try contained(left, right, isNegated: false)
        case .notContained: return try contained(left, right, isNegated: true)
        case .contains: return try contains(left, right, isNegated: false)
        case .notContains: return try contains(left, right, isNegated: true)
        case .overlaps: return try overlaps(left, right, isNegated: false)
        case .notOverlaps: return try overlaps(left, right, isNegated: true)
        case .jsonContains: return try jsonContains(left, right, rightState, isNegated: false)
        case .includes: return try textual(.includes, left, right, isNegated: false)
        case .notIncludes: return try textual(.includes, left, right, isNegated: true)
        case .like: return try textual(.like, left, right, isNegated: false)
        case .notLike: return try textual(.like, left, right, isNegated: true)
        case .ilike: return try textual(.ilike, left, right, isNegated: false)
        case .notIlike: return try textual(.ilike, left, right, isNegated: true)
        case .matches: return try textual(.matches, left, right, isNegated: false)
        case .notMatches: return try textual(.matches, left, right, isNegated: true)
        case .equal, .notEqual: return "0"
        }
    }

    // MARK: Equality and order

    private mutating func equality(
        _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        let left = try expression(left)
        guard case .parameter(let number) = right else {
            return columnEquality(left, try expression(right), isNegated: isNegated)
        }
        let state = nulls.state(of: number)
        if state == .null { return "\(left.sql) IS \(isNegated ? "NOT " : "")NULL" }
        let value = bind(number, as: left.type.isJSON ? .json : .like(left.type))
        let test = left.type.isJSON
            ? call(.jsonEquals, left.sql, value) + (isNegated ? " = 0" : "")
            : "\(left.sql) \(isNegated ? "<>" : "=") \(value)"
        guard state == .unknown else { return test }
        let raw = bind(number, as: .plain)
        return "(CASE WHEN \(raw) IS NULL THEN \(left.sql) IS \(isNegated ? "NOT " : "")NULL ELSE \(test) END)"
    }

    private mutating func columnEquality(
        _ left: SQLExpression, _ right: SQLExpression, isNegated: Bool
    ) -> String {
        if left.type.isJSON || right.type.isJSON {
            return call(.jsonEquals, json(left), json(right)) + (isNegated ? " = 0" : "")
        }
        return "\(left.sql) \(isNegated ? "<>" : "=") \(right.sql)"
    }

    /// SQLite orders values of different kinds by their kind: what has none in common is not less and not greater.
    private mutating func order(
        _ sign: String, _ left: RecordQuery.Condition, _ right: RecordQuery.Condition
    ) throws(RecordProblem) -> String {
        let leftType = try type(of: left)
        let rightType = try type(of: right)
        let left = scalar(try expression(left, as: .ordered(rightType)))
        let right = scalar(try expression(right, as: .ordered(leftType)))
        let test = "\(left.sql) \(sign) \(right.sql)"
        let isTyped = { (value: SQLExpression) in value.type != .scalar || value.parameter != nil }
        guard !isTyped(left) || !isTyped(right) else { return test }
        let numeric = "IN ('integer', 'real')"
        return """
            ((typeof(\(left.sql)) \(numeric)) = (typeof(\(right.sql)) \(numeric)) AND \(test))
            """
    }

    private mutating func between(
        _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        let value = scalar(try expression(left))
        let lower: SQLExpression
        let upper: SQLExpression
        switch right {
        case .list(let bounds) where bounds.count == 2:
            lower = scalar(try expression(bounds[0], as: .ordered(value.type)))
            upper = scalar(try expression(bounds[1], as: .ordered(value.type)))
        case .parameter(let number):
            lower = SQLExpression(bind(number, as: .lowerBound(value.type)), .scalar)
            upper = SQLExpression(bind(number, as: .upperBound(value.type)), .scalar)
        default:
            throw RecordProblem(.type, "`between` needs two bounds", remedy: "write `between 0:10`")
        }
        return "\(value.sql) \(isNegated ? "NOT " : "")BETWEEN \(lower.sql) AND \(upper.sql)"
    }

    // MARK: Lists

    private mutating func contained(
        _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        let rightType = try type(of: right)
        let value = scalar(try expression(left, as: .like(rightType.element)))
        let word = isNegated ? "NOT IN" : "IN"
        switch right {
        case .parameter(let number):
            return "\(value.sql) \(word) (SELECT value FROM json_each(\(bind(number, as: .list(value.type)))))"
        case .list(let elements):
            var parts: [String] = []
            for element in elements {
                if case .parameter(let number) = element, nulls.state(of: number) == .null { continue }
                parts.append(scalar(try expression(element, as: .like(value.type))).sql)
            }
            return "\(value.sql) \(word) (\(parts.joined(separator: ", ")))"
        default:
            let list = try expression(right)
            guard let json = list.json else { return "\(value.sql) \(isNegated ? "<>" : "=") \(list.sql)" }
            return "\(value.sql) \(word) (SELECT value FROM json_each(\(json)))"
        }
    }

    /// Text contains text; a list contains one value, or all of a list.
    private mutating func contains(
        _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        let leftType = try type(of: left)
        if leftType.isText {
            let text = try expression(left).sql
            let part = scalar(try expression(right, as: .like(.text))).sql
            return "instr(\(text), \(part)) \(isNegated ? "= 0" : "> 0")"
        }
        let whole = try list(left, .scalar)
        let parts = try list(right, leftType.element)
        let missing = """
            EXISTS (SELECT 1 FROM json_each(\(parts)) AS p WHERE NOT EXISTS \
            (SELECT 1 FROM json_each(\(whole)) AS e WHERE e.value IS p.value))
            """
        return "(\(whole) IS NOT NULL AND \(parts) IS NOT NULL AND \(isNegated ? "" : "NOT ")\(missing))"
    }

    private mutating func overlaps(
        _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        let element = try type(of: left).element
        let first = try list(left, .scalar)
        let second = try list(right, element)
        let common = """
            EXISTS (SELECT 1 FROM json_each(\(first)) AS p, json_each(\(second)) AS e WHERE p.value IS e.value)
            """
        return "(\(first) IS NOT NULL AND \(second) IS NOT NULL AND \(isNegated ? "NOT " : "")\(common))"
    }

    /// An expression as JSON text of a list.
    private mutating func list(
        _ condition: RecordQuery.Condition, _ element: SQLType
    ) throws(RecordProblem) -> String {
        let value = try expression(condition, as: .list(element))
        if let json = value.json { return json }
        if value.parameter != nil { return value.sql }
        return "iif(\(value.sql) IS NULL, NULL, json_array(\(value.sql)))"
    }

    private mutating func jsonContains(
        _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, _ rightState: Nullness.State, isNegated: Bool
    ) throws(RecordProblem) -> String {
        guard rightState != .null else { return "0" }
        let whole = json(try expression(left, as: .json))
        let part = json(try expression(right, as: .json))
        return (isNegated ? "NOT " : "") + call(.jsonContains, whole, part)
    }

    // MARK: Text

    private mutating func textual(
        _ function: SQLFunction, _ left: RecordQuery.Condition, _ right: RecordQuery.Condition, isNegated: Bool
    ) throws(RecordProblem) -> String {
        let text = scalar(try expression(left, as: .like(.text))).sql
        let pattern = scalar(try expression(right, as: .like(.text))).sql
        return (isNegated ? "NOT " : "") + call(function, text, pattern)
    }

    /// The type of an expression, without writing it.
    private func type(of condition: RecordQuery.Condition) throws(RecordProblem) -> SQLType {
        var copy = self
        return try copy.expression(condition).type
    }
}

extension RecordQuery.Condition {
    fileprivate var isParameter: Bool {
        if case .parameter = self { true } else { false }
    }
}

extension RecordQuery.Comparison {
    /// What is true exactly where this is false; neither is true of null.
    fileprivate var opposite: RecordQuery.Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        case .contained: .notContained
        case .notContained: .contained
        case .between: .notBetween
        case .notBetween: .between
        case .contains: .notContains
        case .notContains: .contains
        case .jsonContains: .jsonContains
        case .includes: .notIncludes
        case .notIncludes: .includes
        case .overlaps: .notOverlaps
        case .notOverlaps: .overlaps
        case .like: .notLike
        case .notLike: .like
        case .ilike: .notIlike
        case .notIlike: .ilike
        case .matches: .notMatches
        case .notMatches: .matches
        }
    }
}
