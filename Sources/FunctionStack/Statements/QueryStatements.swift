import Values
import XanoScript

/// `db.query`
enum QueryStatements {
    static let definitions = [
        StatementDefinition(
            "db.query", subject: .name,
            attributes: [
                .optional("where"), .optional("additional_where"), .optional("join", .object),
                .optional("eval", .object), .optional("sort", .object), .optional("override_sort"),
                .optional("sort_override"), .optional("return", .object), .optional("output", .list),
                .optional("addon"), .optional("lock", .boolean), .optional("distinct"),
            ],
            lower: query),
        StatementDefinition(
            "addon.call", subject: .name, attributes: [.optional("input", .object)], lower: callAddon),
    ]

    private static func callAddon(_ use: StatementUse) -> (any StatementNode)? {
        guard let (name, range) = use.subjectName else { return nil }
        guard let addon = use.lowering.names.addons[name] else {
            use.lowering.reportUnknown("addon", name, range, among: use.lowering.names.addons.keys)
            return nil
        }
        use.lowering.call(addon.routine)
        return CallStatement(
            function: addon.routine, input: use.node("input", default: .object([:])), resultSlot: use.resultSlot)
    }

    private static func query(_ use: StatementUse) -> (any StatementNode)? {
        use.lowering.facts.readsRecords = true
        let isList = use.returnsList
        let addons = use.addons(isList: isList)
        guard let lowered = use.query(result: nil, forAddons: addons) else { return nil }
        let hidden = addons.hiddenNames(output: use.fieldNames("output"))
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            var result = try machine.run.records().query(lowered.query, parameters: lowered.parameters(&machine))
            try machine.charge(received: result)
            if !addons.isEmpty { try addons.extend(&result, isList: isList, hiding: hidden, &machine) }
            return result
        }
    }
}

/// A query with the expressions that give the values of its parameters.
struct LoweredQuery: Sendable {
    let query: RecordQuery
    private let nodes: [any ExpressionNode]

    init(query: RecordQuery, nodes: [any ExpressionNode]) {
        self.query = query
        self.nodes = nodes
    }

    func parameters(_ machine: inout Machine) throws -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(nodes.count)
        for node in nodes { values.append(try node.evaluate(&machine)) }
        return values
    }
}

extension StatementUse {
    /// Whether a query gives several records, perhaps in the envelope of a page.
    var returnsList: Bool {
        guard case .object(let entries)? = self["return"]?.kind,
            let type = entries.first(where: { $0.key.constantText == "type" })?.value.constantText
        else { return true }
        return ["list", "stream", "aggregate"].contains(type)
    }

    /// The statement's `where`, `join`, `sort` and the rest as a query.
    ///
    /// - Parameter result: what it gives, if not its `return` says that
    func query(result: RecordQuery.Result?, forAddons addons: AddonList = AddonList([])) -> LoweredQuery? {
        guard let table else { return nil }
        var builder = QueryLowering(table: table, lowering: lowering)
        builder.readJoins(self["join"])
        builder.readEvaluated(self["eval"])
        builder.readCondition(self["where"])
        if let additional = self["additional_where"] { builder.readAdditionalCondition(additional) }
        builder.readSort(self["sort"])
        builder.readComputedSort(self["override_sort"] ?? self["sort_override"])
        builder.readReturn(self["return"], result: result)
        let output = fieldNames("output")
        builder.output = output.map { $0 + addons.hiddenNames(output: output) }
        return builder.finish(at: statement.nameRange)
    }
}
