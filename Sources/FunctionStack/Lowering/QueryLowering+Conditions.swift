import Values
import XanoScript

/// The part of a `where` that names columns becomes a condition; each largest part without columns is computed once,
/// before the query, and becomes a parameter.
extension QueryLowering {
    mutating func lower(condition expression: Expression) -> RecordQuery.Condition {
        guard expression.stands(for: [.db]) || expression.comparesAsColumns else {
            return .parameter(parameter(lowering.lower(expression)))
        }
        switch expression.kind {
        case .member: return column(expression) ?? invalid(expression)
        case .not(let operand): return .not(lower(condition: operand))
        case .negative(let operand):
            return .arithmetic(.subtract, .parameter(parameter(ConstantNode(0))), lower(condition: operand))
        case .binary(let symbol, let left, let right): return lower(symbol, left, right)
        case .filter(let base, let filter): return lower(filter, of: base)
        case .array(let items): return .list(items.map { lower(condition: $0) })
        case .cast(_, let operand): return lower(condition: operand)
        default: return invalid(expression)
        }
    }

    private mutating func invalid(_ expression: Expression) -> RecordQuery.Condition {
        lowering.report(.type, expression.range, "this can't be asked of a column", remedy: "compute it before the query")
        return .parameter(parameter(ConstantNode(.null)))
    }

    // MARK: Columns

    /// `$db.column`, `$db.table.column`, and paths inside a column that holds JSON.
    private func column(_ expression: Expression) -> RecordQuery.Condition? {
        var names: [String] = []
        var current = expression
        while case .member(let base, let name) = current.kind {
            names.insert(name, at: 0)
            current = base
        }
        guard case .root(.db) = current.kind, let first = names.first else { return nil }
        if names.count > 1, let qualifier = qualifier(first) {
            return .column(table: qualifier, name: names[1], path: Array(names[2...]))
        }
        return .column(table: table, name: first, path: Array(names[1...]))
    }

    /// What a name before a column's stands for: the query's table, a join, or the table of the only join of it, by
    /// whose name some call it although the join has another.
    private func qualifier(_ name: String) -> String? {
        if name == table || aliases[name] != nil { return name }
        // `$db.sold_items.id` of the table "sold items".
        if let spaced = ([table] + aliases.keys).first(where: { $0.replacing(" ", with: "_") == name }) { return spaced }
        let joins = aliases.filter { $0.value == name }.keys
        let isColumn = lowering.names.columns[table]?.contains { $0.name == name } ?? false
        return joins.count == 1 && !isColumn ? joins.first : nil
    }

    // MARK: Operators

    private mutating func lower(
        _ symbol: BinaryOperator, _ left: Expression, _ right: Expression
    ) -> RecordQuery.Condition {
        let first = lower(condition: left)
        let second = lower(condition: right)
        switch symbol.kind {
        case .and: return .and(first, second)
        case .or: return .or(first, second)
        case .add: return .arithmetic(.add, first, second)
        case .subtract: return .arithmetic(.subtract, first, second)
        case .multiply: return .arithmetic(.multiply, first, second)
        case .divide: return .arithmetic(.divide, first, second)
        case .coalesce: return .filter("coalesce", first, [second])
        case .concatenate where isText(left) && isText(right): return .arithmetic(.concatenate, first, second)
        default: break
        }
        guard let comparison = comparison(symbol.kind) else {
            lowering.report(.unsupported, symbol.range, "`\(symbol.kind.rawValue)` can't be asked of a column")
            return first
        }
        return .comparison(comparison, first, second, ignoresNull: symbol.ignoresNull)
    }

    /// `~` between a column and a pattern is a match; as an operand of a comparison it joins texts.
    private func isText(_ expression: Expression) -> Bool {
        if case .binary(let symbol, _, _) = expression.kind { return symbol.kind == .concatenate }
        return false
    }

    private func comparison(_ kind: BinaryOperator.Kind) -> RecordQuery.Comparison? {
        switch kind {
        case .equal, .identical: .equal
        case .notEqual, .notIdentical: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .contained: .contained
        case .notContained: .notContained
        case .between: .between
        case .notBetween: .notBetween
        case .contains: .contains
        case .notContains: .notContains
        case .jsonContains: .jsonContains
        case .includes: .includes
        case .notIncludes: .notIncludes
        case .overlaps: .overlaps
        case .notOverlaps: .notOverlaps
        case .like: .like
        case .notLike: .notLike
        case .ilike: .ilike
        case .notIlike: .notIlike
        case .concatenate: .matches
        case .notMatches: .notMatches
        default: nil
        }
    }

    // MARK: Filters

    private mutating func lower(_ filter: Filter, of base: Expression) -> RecordQuery.Condition {
        let first = lower(condition: base)
        if let comparison = comparison(filter: filter.name), filter.arguments.count == 1 {
            return .comparison(comparison, first, lower(condition: filter.arguments[0]), ignoresNull: false)
        }
        if filter.name == "between", filter.arguments.count == 2 {
            let bounds = RecordQuery.Condition.list(filter.arguments.map { lower(condition: $0) })
            return .comparison(.between, first, bounds, ignoresNull: false)
        }
        return .filter(filter.name, first, filter.arguments.map { lower(condition: $0) })
    }

    /// Filters that ask what an operator asks.
    private func comparison(filter name: String) -> RecordQuery.Comparison? {
        switch name {
        case "contains": .contains
        case "includes": .includes
        case "overlaps": .overlaps
        case "equals", "eq": .equal
        case "not_equals", "neq": .notEqual
        case "less_than", "lt": .less
        case "less_than_or_equal", "lte": .lessOrEqual
        case "greater_than", "gt": .greater
        case "greater_than_or_equal", "gte": .greaterOrEqual
        default: nil
        }
    }
}

extension Expression {
    /// Whether it holds an operator that only a condition knows, though perhaps of no column:
    /// `$env.$request_method contains "P"`.
    fileprivate var comparesAsColumns: Bool {
        switch kind {
        case .not(let operand): return operand.comparesAsColumns
        case .binary(let symbol, let left, let right):
            switch symbol.kind {
            case .and, .or: return left.comparesAsColumns || right.comparesAsColumns
            case .contained, .notContained, .between, .notBetween, .contains, .notContains, .jsonContains, .includes,
                .notIncludes, .overlaps, .notOverlaps, .like, .notLike, .ilike, .notIlike, .notMatches:
                return true
            default: return symbol.ignoresNull
            }
        default: return false
        }
    }
}
