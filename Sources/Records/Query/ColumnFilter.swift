import FunctionStack
import XanoScript

/// The filters that a query may apply to a column, as onHover/queryFilters.md of Xano's language server lists them.
struct ColumnFilter: Sendable {
    enum Form: Sendable {
        /// As SQL has it.
        case operation(RecordQuery.Arithmetic)
        case coalesce
        case arrayLength
        /// As the language has it, under this name. Where a value is null, so is the result.
        case language(String)
    }

    let form: Form
    let result: SQLType
    let arity: ClosedRange<Int>
    /// What a missing last argument is.
    let standard: Int?

    private init(_ form: Form, _ result: SQLType, _ arity: ClosedRange<Int>, standard: Int? = nil) {
        self.form = form
        self.result = result
        self.arity = arity
        self.standard = standard
    }

    static let all: [String: ColumnFilter] = {
        var all: [String: ColumnFilter] = [
            "add": ColumnFilter(.operation(.add), .scalar, 1...1),
            "sub": ColumnFilter(.operation(.subtract), .scalar, 1...1),
            "subtract": ColumnFilter(.operation(.subtract), .scalar, 1...1),
            "mul": ColumnFilter(.operation(.multiply), .scalar, 1...1),
            "multiply": ColumnFilter(.operation(.multiply), .scalar, 1...1),
            "div": ColumnFilter(.operation(.divide), .decimal, 1...1),
            "divide": ColumnFilter(.operation(.divide), .decimal, 1...1),
            "concat": ColumnFilter(.operation(.concatenate), .text, 1...1),
            "coalesce": ColumnFilter(.coalesce, .scalar, 1...1),
            "length": ColumnFilter(.arrayLength, .integer, 0...0),
            "substr": ColumnFilter(.language("substr"), .text, 1...2),
            "unaccent": ColumnFilter(.language("unaccent"), .text, 0...0),
            "round": ColumnFilter(.language("round"), .decimal, 0...1, standard: 2),
            "floor": ColumnFilter(.language("floor"), .integer, 0...0),
            "ceil": ColumnFilter(.language("ceil"), .integer, 0...0),
            "abs": ColumnFilter(.language("abs"), .scalar, 0...0),
        ]
        for (name, filter) in ["to_lower": "to_lower", "lower": "to_lower", "to_upper": "to_upper", "upper": "to_upper"] {
            all[name] = ColumnFilter(.language(filter), .text, 0...0)
        }
        for name in ["trim", "ltrim", "rtrim"] { all[name] = ColumnFilter(.language(name), .text, 0...1) }
        for unit in ["seconds", "minutes", "hours", "days", "months", "years"] {
            for verb in ["add", "subtract"] {
                let name = "timestamp_\(verb)_\(unit)"
                all[name] = ColumnFilter(.language(name), .timestamp, 0...1, standard: 1)
            }
        }
        for part in ["year", "month", "week", "hour", "minute", "day_of_month", "day_of_week", "day_of_year"] {
            all["timestamp_" + part] = ColumnFilter(.language("timestamp_" + part), .integer, 0...1)
        }
        for part in ["day", "hour", "minute", "sec", "ms"] {
            all["timestamp_epoch_" + part] = ColumnFilter(.language("timestamp_epoch_" + part), .integer, 0...0)
        }
        all["timestamp_epoch_seconds"] = all["timestamp_epoch_sec"]
        return all
    }()

    /// Filters that queries have in Xano and not here.
    private static let refused: [String: String] = {
        var reasons = ["search_rank": "full-text search is not supported"]
        for name in ["distance", "within", "covers"] { reasons[name] = "geographic columns are not supported" }
        for name in [
            "l1_distance_manhattan", "l2_distance_euclidean", "inner_product", "negative_inner_product",
            "cosine_distance", "cosine_similarity",
        ] { reasons[name] = "vectors are not supported" }
        return reasons
    }()

    static func named(_ name: String) throws(RecordProblem) -> ColumnFilter {
        if let filter = all[name] { return filter }
        if let reason = refused[name] {
            throw RecordProblem(.unsupported, "The filter \"\(name)\" cannot be used in a query: \(reason)")
        }
        let isFilter = FilterTable.standard[name] != nil
        throw RecordProblem(
            isFilter ? .unsupported : .name,
            isFilter ? "The filter \"\(name)\" does not work on columns" : "There is no filter \"\(name)\" for columns",
            remedy: nearest(to: name, among: Array(all.keys) + AggregateFilter.allCases.map(\.rawValue)) ?? (isFilter ? "apply it to the query's result" : nil))
    }

    /// The comparisons that may also be written as filters: `$db.product.price|between:10:100`.
    static func comparison(
        _ name: String, _ arguments: [RecordQuery.Condition]
    ) -> (operation: RecordQuery.Comparison, right: RecordQuery.Condition)? {
        switch (name, arguments.count) {
        case ("between", 2): (.between, .list(arguments))
        case ("contains", 1): (.contains, arguments[0])
        case ("includes", 1): (.includes, arguments[0])
        case ("overlaps", 1): (.overlaps, arguments[0])
        case ("equals", 1): (.equal, arguments[0])
        case ("not_equals", 1): (.notEqual, arguments[0])
        default: nil
        }
    }
}

extension ConditionWriter {
    mutating func filter(
        _ name: String, _ input: RecordQuery.Condition, _ arguments: [RecordQuery.Condition]
    ) throws(RecordProblem) -> SQLExpression {
        if ColumnFilter.comparison(name, arguments) != nil { throw Self.noOperand }
        if let aggregate = AggregateFilter(rawValue: name) { return try self.aggregate(aggregate, input, arguments) }
        let filter = try ColumnFilter.named(name)
        guard filter.arity.contains(arguments.count) else {
            throw RecordProblem(
                .type, "The filter \"\(name)\" takes \(filter.arity.wording), not \(arguments.count)")
        }
        switch filter.form {
        case .operation(.concatenate):
            let parts = try (expression(input, as: .like(.text)), expression(arguments[0], as: .like(.text)))
            return SQLExpression("(coalesce(\(parts.0.sql), '') || coalesce(\(parts.1.sql), ''))", .text)
        case .operation(let operation):
            return try expression(.arithmetic(operation, input, arguments[0]))
        case .coalesce:
            let value = try expression(input)
            let other = try expression(arguments[0], as: .like(value.type))
            return SQLExpression("coalesce(\(value.sql), \(other.sql))", value.type)
        case .arrayLength:
            let value = try expression(input, as: .json)
            guard let json = value.json ?? value.parameter.map({ _ in value.sql }) else {
                throw RecordProblem(.type, "The filter \"\(name)\" is for arrays")
            }
            return SQLExpression("json_array_length(\(json))", .integer)
        case .language(let language):
            return try languageFilter(language, filter, input, arguments)
        }
    }

    private mutating func languageFilter(
        _ name: String, _ filter: ColumnFilter, _ input: RecordQuery.Condition,
        _ arguments: [RecordQuery.Condition]
    ) throws(RecordProblem) -> SQLExpression {
        guard let function = SQLFunction(filter: name) else {
            throw RecordProblem(.unsupported, "The filter \"\(name)\" does not work on columns")
        }
        let value = try expression(input, as: .like(filter.result == .timestamp ? .timestamp : .scalar))
        var parts = [scalar(value).sql]
        for argument in arguments { parts.append(scalar(try expression(argument)).sql) }
        if let standard = filter.standard, arguments.count < filter.arity.upperBound { parts.append(String(standard)) }
        return SQLExpression(call(function, parts.joined(separator: ", ")), filter.result)
    }
}

extension ClosedRange<Int> {
    fileprivate var wording: String {
        lowerBound == upperBound
            ? "\(lowerBound) argument\(lowerBound == 1 ? "" : "s")" : "\(lowerBound) to \(upperBound) arguments"
    }
}
