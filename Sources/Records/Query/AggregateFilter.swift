import FunctionStack
import XanoScript

/// What an aggregate computes of many rows. Null is no value, as in SQL: it counts nowhere.
enum AggregateFilter: String, CaseIterable {
    case count, countDistinct = "count_distinct", sum, avg, min, max, arrayAgg = "array_agg"
}

extension ConditionWriter {
    mutating func aggregate(
        _ filter: AggregateFilter, _ input: RecordQuery.Condition, _ arguments: [RecordQuery.Condition]
    ) throws(RecordProblem) -> SQLExpression {
        guard isAggregate else {
            throw RecordProblem(
                .type, "The filter \"\(filter.rawValue)\" is over many rows, and stands only in the eval of an aggregate",
                remedy: "write return = {type: \"aggregate\", eval: {…}}")
        }
        guard arguments.isEmpty else {
            throw RecordProblem(.type, "The filter \"\(filter.rawValue)\" takes 0 arguments, not \(arguments.count)")
        }
        let value = try row(input)
        let single = scalar(value)
        switch filter {
        case .count: return SQLExpression("count(\(value.sql))", .integer)
        case .countDistinct: return SQLExpression("count(DISTINCT \(value.sql))", .integer)
        case .sum: return SQLExpression("sum(\(single.sql))", value.type == .integer ? .integer : .scalar)
        case .avg: return SQLExpression("avg(\(single.sql))", .decimal)
        case .min: return SQLExpression("min(\(single.sql))", single.type)
        case .max: return SQLExpression("max(\(single.sql))", single.type)
        case .arrayAgg: return SQLExpression("json_group_array(json(\(json(value))))", .json)
        }
    }
}
