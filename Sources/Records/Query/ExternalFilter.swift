import FunctionStack
import Values

/// A condition that a query's caller gives as a value when the stack runs, in the form of Xano's external filters:
///
///     {"expression": [{"statement": {"left": {"tag": "col", "operand": "user.age"}, "op": ">", "right": {"operand": 5}}}]}
///
/// Entries are joined by "and"; one with `"or": true` is an alternative to the entry right before it. An entry may be
/// a group: `{"type": "group", "group": {"expression": […]}}`.
///
/// Columns are looked up in the schema, and values are bound: nothing of it becomes SQL.
struct ExternalFilter {
    let condition: RecordQuery.Condition
    /// The values of its parameters, which follow those of the query.
    private(set) var values: [Value] = []

    /// Nobody asks for more, and SQLite's own bounds would be no input error.
    private static let maximumStatements = 200
    private static let maximumDepth = 8

    /// - Parameters:
    ///   - first: the number of the first parameter
    ///   - scope: the query's tables and joins
    /// - Returns: nil where the value asks for nothing
    /// - Throws: `StackError` of kind `inputError` for a value of another form
    init?(_ value: Value, first: Int, scope: QueryScope) throws {
        guard let entries = try Self.entries(value), !entries.isEmpty else { return nil }
        var reader = Reader(first: first, scope: scope)
        condition = try reader.conjunction(entries, depth: 0)
        values = reader.values
    }

    fileprivate static func entries(_ value: Value) throws -> [Value]? {
        switch value {
        case .null, .text(""): return nil
        case .array(let entries): return entries
        case .object(let object):
            if object.isEmpty { return nil }
            guard let expression = object["expression"] else { throw malformed("has no expression") }
            return try entries(expression)
        default: throw malformed("is no object")
        }
    }

    fileprivate static func malformed(_ what: String) -> StackError {
        StackError(
            .inputError, Text("The condition \(what); it is written {expression: [{statement: {left, op, right}}]}"),
            payload: ["param": "additional_where"])
    }

    private struct Reader {
        let first: Int
        let scope: QueryScope
        var values: [Value] = []
        var statements = 0

        /// Alternatives bind closer than what is required beside them.
        mutating func conjunction(_ entries: [Value], depth: Int) throws -> RecordQuery.Condition {
            guard depth < maximumDepth else { throw Self.tooDeep }
            var required: [RecordQuery.Condition] = []
            for entry in entries {
                guard case .object(let object) = entry else { throw malformed("has an entry that is no object") }
                let condition = try self.entry(object, depth: depth)
                if object["or"]?.isTruthy == true, let last = required.popLast() {
                    required.append(.or(last, condition))
                } else {
                    required.append(condition)
                }
            }
            guard var result = required.first else { throw malformed("has an empty group") }
            for condition in required.dropFirst() { result = .and(result, condition) }
            return result
        }

        private mutating func entry(_ object: Object, depth: Int) throws -> RecordQuery.Condition {
            if let group = object["group"] {
                guard let entries = try entries(group) else { throw malformed("has an empty group") }
                return try conjunction(entries, depth: depth + 1)
            }
            guard case .object(let statement)? = object["statement"] else {
                throw malformed("has an entry without a statement")
            }
            statements += 1
            guard statements <= maximumStatements else { throw malformed("has more than \(maximumStatements) statements") }
            guard let left = statement["left"], let right = statement["right"] else {
                throw malformed("has a statement without a left or right side")
            }
            let comparison = try comparison(statement["op"] ?? "=")
            // Left out where the right side is empty, as by `==?`.
            let ignoresEmpty = right["ignore_empty"].isTruthy
            let operands = (try operand(left, isColumn: true), try operand(right, isColumn: false))
            return .comparison(comparison, operands.0, operands.1, ignoresNull: ignoresEmpty)
        }

        private func comparison(_ value: Value) throws -> RecordQuery.Comparison {
            guard case .text(let text) = value, let known = Self.comparisons[text.string.asciiLowercased] else {
                throw malformed("has an op that is not known")
            }
            return known
        }

        private static let comparisons: [String: RecordQuery.Comparison] = [
            "=": .equal, "==": .equal, "===": .equal, "!=": .notEqual, "!==": .notEqual, "<>": .notEqual, "<": .less,
            "<=": .lessOrEqual, ">": .greater, ">=": .greaterOrEqual, "in": .contained, "not in": .notContained,
            "between": .between, "not between": .notBetween, "contains": .contains, "not contains": .notContains,
            "@>": .jsonContains, "includes": .includes, "not includes": .notIncludes, "overlaps": .overlaps,
            "not overlaps": .notOverlaps, "like": .like, "not like": .notLike, "ilike": .ilike, "not ilike": .notIlike,
            "~": .matches, "regex": .matches, "!~": .notMatches, "not regex": .notMatches,
        ]

        private static var tooDeep: StackError { malformed("is nested more than \(maximumDepth) deep") }

        // MARK: Operands

        /// - Parameter isColumn: what an operand without a tag is
        private mutating func operand(_ value: Value, isColumn: Bool) throws -> RecordQuery.Condition {
            guard case .object(let object) = value else { throw malformed("has a side that is no object") }
            let operand = object["operand"] ?? .null
            var result: RecordQuery.Condition
            switch (object["tag"] ?? "", isColumn) {
            case ("col", _), ("", true), (.null, true): result = try column(operand)
            case ("", false), (.null, false), ("const", _): result = parameter(object, operand)
            default: throw malformed("has a tag other than col and const")
            }
            let filters = try filters(object)
            // A condition of this depth is refused; one that is nested much deeper could not even be taken apart.
            guard filters.count <= maximumDepth else { throw Self.tooDeep }
            for filter in filters {
                guard filter["disabled"]?.isTruthy != true else { continue }
                guard case .text(let name)? = filter["name"] else { throw malformed("has a filter without a name") }
                result = .filter(name.string, result, try arguments(filter))
            }
            return result
        }

        private func filters(_ object: Object) throws -> [Object] {
            switch object["filters"] ?? object["filter"] ?? .null {
            case .null: return []
            case .array(let filters):
                return try filters.map { filter in
                    guard case .object(let object) = filter else { throw malformed("has a filter that is no object") }
                    return object
                }
            default: throw malformed("has filters that are no list")
            }
        }

        private mutating func arguments(_ filter: Object) throws -> [RecordQuery.Condition] {
            switch filter["arg"] ?? .null {
            case .null: return []
            case .array(let arguments):
                return try arguments.map { argument in
                    guard case .object(let object) = argument else { throw malformed("has an argument that is no object") }
                    if object["tag"] == "col" { return try column(object["value"] ?? .null) }
                    return parameter(object["value"] ?? .null)
                }
            default: throw malformed("has arguments that are no list")
            }
        }

        /// Empty text under `ignore_empty` is none.
        private mutating func parameter(_ object: Object, _ operand: Value) -> RecordQuery.Condition {
            let isLeftOut = object["ignore_empty"]?.isTruthy == true && (operand == "" || operand == [])
            return parameter(isLeftOut ? .null : operand)
        }

        private mutating func parameter(_ value: Value) -> RecordQuery.Condition {
            values.append(value)
            return .parameter(first + values.count - 1)
        }

        /// Whoever may ask often enough how a hash begins has the hash.
        private func refusePassword(_ column: TableColumn?) throws {
            guard column?.check.holdsPasswords == true else { return }
            throw StackError(
                .inputError, "The condition asks for a password", payload: ["param": "additional_where"])
        }

        /// `user.age`, `age`, `user.settings.theme`.
        private func column(_ operand: Value) throws -> RecordQuery.Condition {
            guard case .text(let text) = operand, let name = text.validString, !name.isEmpty else {
                throw malformed("has a column without a name")
            }
            let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if parts.count > 1, let table = scope.table(parts[0]) {
                try refusePassword(table[parts[1]])
                return .column(table: parts[0], name: parts[1], path: Array(parts.dropFirst(2)))
            }
            try refusePassword(scope.base[parts[0]])
            return .column(table: "", name: parts[0], path: Array(parts.dropFirst()))
        }
    }
}

extension Records {
    /// The query with the condition that its caller gives at run time, if it gives one.
    ///
    /// - Throws: `StackError` of kind `inputError` for a condition that the query cannot have
    func externalQuery(
        _ query: RecordQuery, _ parameters: [Value]
    ) throws -> (query: RecordQuery, parameters: [Value], plan: QueryPlan)? {
        guard let number = query.conditionParameter, parameters.indices.contains(number) else { return nil }
        let scope: QueryScope
        do throws(RecordProblem) {
            scope = try QueryScope(query, schema: plans.schema)
        } catch {
            throw error.stackError
        }
        guard let filter = try ExternalFilter(parameters[number], first: parameters.count, scope: scope) else { return nil }
        let further = query.adding(filter.condition, parameterCount: filter.values.count)
        do throws(RecordProblem) {
            let plan = try QueryPlan(further, schema: plans.schema, isKept: false)
            let all = parameters + filter.values
            _ = try plan.variant(all, order: nil)
            return (further, all, plan)
        } catch {
            throw StackError(.inputError, Text(error.message), payload: ["param": "additional_where"])
        }
    }
}
