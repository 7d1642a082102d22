import Values
import XanoScript

/// Turns the attributes of a `db.query` into a `RecordQuery`, and collects what has to be computed for it.
struct QueryLowering {
    let table: String
    let lowering: RoutineLowering
    var output: [String]?
    private(set) var nodes: [any ExpressionNode] = []
    private var condition: RecordQuery.Condition?
    private var joins: [RecordQuery.Join] = []
    private var evaluated: [(name: String, condition: RecordQuery.Condition)] = []
    private var groups: [(name: String, condition: RecordQuery.Condition)] = []
    private var aggregates: [(name: String, condition: RecordQuery.Condition)] = []
    /// Where `group` or `eval` of the `return` stand, which only an aggregate has.
    private var aggregateParts: [SourceRange] = []
    private var sort: [RecordQuery.Sort] = []
    private var sortParameter: Int?
    private var conditionParameter: Int?
    private var result = RecordQuery.Result.list
    private var isDistinct = false
    private var paging: RecordQuery.Paging?
    /// Tables of joins by their aliases.
    private(set) var aliases: [String: String] = [:]

    init(table: String, lowering: RoutineLowering) {
        self.table = table
        self.lowering = lowering
    }

    /// The number of a parameter whose value an expression gives.
    mutating func parameter(_ node: any ExpressionNode) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    // MARK: Conditions

    mutating func readCondition(_ expression: Expression?) {
        guard let expression else { return }
        condition = lower(condition: expression)
    }

    /// A further condition: written like the `where`, or an external filter that is known only when the stack runs.
    mutating func readAdditionalCondition(_ expression: Expression) {
        if expression.stands(for: [.db]) {
            let additional = lower(condition: expression)
            condition = condition.map { .and($0, additional) } ?? additional
            return
        }
        let node = lowering.lower(expression)
        if let constant = node.constant, !constant.isTruthy { return }
        conditionParameter = parameter(node)
    }

    // MARK: Joins and evaluated fields

    mutating func readJoins(_ expression: Expression?) {
        guard let entries = entries(of: expression, "join") else { return }
        for entry in entries { aliases[entry.name] = entry.value.entry("table")?.constantText ?? entry.name }
        for (name, value) in entries { readJoin(name, value) }
    }

    private mutating func readJoin(_ alias: String, _ expression: Expression) {
        guard let entries = entries(of: expression, "join") else { return }
        for (name, value) in entries where !["table", "type", "where"].contains(name) {
            lowering.reportUnknown("part of a join", name, value.range, among: ["table", "type", "where"])
        }
        let joined = aliases[alias] ?? alias
        guard lowering.checkTable(joined, expression.entry("table")?.range ?? expression.range) else { return }
        var kind = RecordQuery.JoinKind.inner
        if let type = expression.entry("type") {
            guard let known = type.constantText.flatMap(RecordQuery.JoinKind.init(rawValue:)) else {
                lowering.report(.type, type.range, "the type of a join is \"inner\", \"left\" or \"right\"")
                return
            }
            kind = known
        }
        let condition = expression.entry("where").map { lower(condition: $0) }
        joins.append(RecordQuery.Join(alias: alias, table: joined, kind: kind, condition: condition))
    }

    mutating func readEvaluated(_ expression: Expression?) {
        guard let entries = entries(of: expression, "eval") else { return }
        for (name, value) in entries { evaluated.append((name, lower(condition: value))) }
    }

    // MARK: Sort

    mutating func readSort(_ expression: Expression?) {
        guard let entries = entries(of: expression, "sort") else { return }
        for (field, value) in entries {
            let direction: RecordQuery.Sort.Direction
            switch value.constantText {
            case "asc": direction = .ascending
            case "desc": direction = .descending
            case "rand": direction = .random
            default:
                lowering.report(.type, value.range, "a sort order is \"asc\", \"desc\" or \"rand\"")
                continue
            }
            sort.append(RecordQuery.Sort(field: field, direction: direction))
        }
    }

    mutating func readComputedSort(_ expression: Expression?) {
        guard let expression else { return }
        sortParameter = parameter(lowering.lower(expression))
    }

    // MARK: Return

    mutating func readReturn(_ expression: Expression?, result fixed: RecordQuery.Result?) {
        if let fixed { result = fixed }
        guard let entries = entries(of: expression, "return") else { return }
        for (name, value) in entries {
            switch name {
            case "type": readResult(value)
            case "paging": readPaging(value)
            case "distinct": isDistinct = ["yes", "true"].contains(value.constantText ?? "") || value.isTrue
            case "group":
                groups = readFields(value, "group")
                aggregateParts.append(value.range)
            case "eval":
                aggregates = readFields(value, "eval")
                aggregateParts.append(value.range)
            default:
                lowering.reportUnknown(
                    "part of a return", name, value.range, among: ["type", "paging", "distinct", "group", "eval"])
            }
        }
        guard result != .aggregate, let range = aggregateParts.first else { return }
        lowering.report(
            .type, range, "only an aggregate has `group` and `eval` in its return", remedy: "write type: \"aggregate\"")
    }

    private mutating func readFields(
        _ expression: Expression, _ what: String
    ) -> [(name: String, condition: RecordQuery.Condition)] {
        (entries(of: expression, what) ?? []).map { ($0.name, lower(condition: $0.value)) }
    }

    private mutating func readResult(_ value: Expression) {
        switch value.constantText {
        case "list": result = .list
        case "single": result = .single
        case "count": result = .count
        case "exists": result = .exists
        case "stream": result = .stream
        case "aggregate": result = .aggregate
        default:
            lowering.report(
                .type, value.range,
                "a query returns \"list\", \"single\", \"count\", \"exists\", \"stream\" or \"aggregate\"")
        }
    }

    private mutating func readPaging(_ expression: Expression) {
        guard let entries = entries(of: expression, "paging") else { return }
        var paging = RecordQuery.Paging()
        for (name, value) in entries {
            let number = parameter(lowering.lower(value))
            switch name {
            case "page": paging.page = number
            case "per_page": paging.perPage = number
            case "offset": paging.offset = number
            case "totals": paging.totals = number
            case "metadata": paging.metadata = number
            default:
                lowering.reportUnknown(
                    "part of paging", name, value.range, among: ["page", "per_page", "offset", "totals", "metadata"])
            }
        }
        self.paging = paging
    }

    /// The names and values of an object whose keys are known.
    private func entries(of expression: Expression?, _ what: String) -> [(name: String, value: Expression)]? {
        guard let expression else { return nil }
        if case .null = expression.kind { return nil }
        guard case .object(let entries) = expression.kind else {
            lowering.report(.type, expression.range, "`\(what)` is an object")
            return nil
        }
        return entries.compactMap { entry in
            guard let name = entry.key.constantText else {
                lowering.report(.type, entry.key.range, "a key of `\(what)` is a name, not computed")
                return nil
            }
            return (name, entry.value)
        }
    }

    // MARK: Result

    func finish(at range: SourceRange) -> LoweredQuery? {
        let query = RecordQuery(
            table: table, condition: condition, joins: joins, evaluated: evaluated, groups: groups,
            aggregates: aggregates, sort: sort, sortParameter: sortParameter, conditionParameter: conditionParameter,
            result: result, isDistinct: isDistinct, paging: paging, output: output, parameterCount: nodes.count)
        if let problem = lowering.names.schema?.problem(of: query) {
            lowering.report(problem.kind, range, problem.message, remedy: problem.remedy)
            return nil
        }
        return LoweredQuery(query: query, nodes: nodes)
    }
}

extension Expression {
    /// The text that the expression is, as a literal or a bare word; a bare path `a.b` too.
    var constantText: String? {
        switch kind {
        case .text(let text), .word(let text): text
        case .member(let base, let name): base.constantText.map { "\($0).\(name)" }
        default: nil
        }
    }

    fileprivate var isTrue: Bool {
        if case .boolean(true) = kind { true } else { false }
    }

    /// The value of a key of an object literal.
    func entry(_ name: String) -> Expression? {
        guard case .object(let entries) = kind else { return nil }
        return entries.first { $0.key.constantText == name }?.value
    }

    /// Whether one of the roots is named in it.
    func stands(for roots: Set<Root>) -> Bool {
        switch kind {
        case .root(let root): roots.contains(root)
        case .member(let base, _), .not(let base), .negative(let base), .cast(_, let base): base.stands(for: roots)
        case .subscripted(let base, let index): base.stands(for: roots) || index.stands(for: roots)
        case .slice(let base, let from, let to):
            base.stands(for: roots) || from?.stands(for: roots) ?? false || to?.stands(for: roots) ?? false
        case .sequence(let left, let right), .binary(_, let left, let right):
            left.stands(for: roots) || right.stands(for: roots)
        case .array(let items): items.contains { $0.stands(for: roots) }
        case .object(let entries): entries.contains { $0.key.stands(for: roots) || $0.value.stands(for: roots) }
        case .conditional(let test, let first, let second):
            test.stands(for: roots) || first.stands(for: roots) || second.stands(for: roots)
        case .filter(let base, let filter):
            base.stands(for: roots) || filter.arguments.contains { $0.stands(for: roots) }
        default: false
        }
    }
}
