import Values
import XanoScript

/// `db.direct_query`, `db.schema` and `db.set_datasource`.
enum DirectStatements {
    static let definitions = [
        StatementDefinition(
            "db.direct_query",
            attributes: [
                .optional("sql"), .optional("code"), .optional("arg"),
                .optional("response_type", .oneOf(["list", "single"])),
                .optional("parser", .oneOf(["prepared", "template_engine"])),
            ], lower: directQuery),
        StatementDefinition(
            "db.schema", subject: .optionalName, attributes: [.optional("table"), .optional("path")], lower: schema),
        StatementDefinition(
            "db.set_datasource", attributes: [.optional("value"), .optional("name")], lower: setDatasource),
    ]

    // MARK: SQL

    private static func directQuery(_ use: StatementUse) -> (any StatementNode)? {
        guard let text = use["sql"] ?? use["code"] else {
            use.report(.name, "db.direct_query needs `sql`", remedy: "add sql = \"SELECT …\"")
            return nil
        }
        use.lowering.facts.readsRecords = true
        use.lowering.facts.needsWorker = true
        let mayWrite = use.lowering.names.allowsDirectWrites
        if mayWrite { use.lowering.facts.writesRecords = true }
        guard let sql = use.lowering.lower(text).constant?.text else {
            use.lowering.report(
                .unsupported, text.range, "a statement in SQL is not put together when the stack runs",
                remedy: "write a ? for each value and give it as arg, or use parser = \"template_engine\"")
            return nil
        }
        let isSingle = use["response_type"]?.constantText == "single"
        let arguments = arguments(use)
        guard use["parser"]?.constantText == "template_engine" else {
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                try run((sql.string, arguments(&machine)), mayWrite, isSingle, &machine)
            }
        }
        do {
            use.lowering.readsEverything()
            let template = try StatementTemplate(sql)
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                try run(template.statement(arguments(&machine), &machine), mayWrite, isSingle, &machine)
            }
        } catch {
            let reason = (error as? StackError)?.message.string ?? "\(error)"
            use.lowering.report(.syntax, text.range, "the template is malformed: \(reason)")
            return nil
        }
    }

    private static func run(
        _ statement: (sql: String, arguments: [Value]), _ mayWrite: Bool, _ isSingle: Bool, _ machine: inout Machine
    ) throws -> Value {
        let direct = DirectStatement(
            sql: statement.sql, arguments: statement.arguments, mayWrite: mayWrite, isSingle: isSingle)
        let result = try machine.run.records().directQuery(direct)
        try machine.charge(received: result)
        return result
    }

    /// One `arg` is a value or the list of all of them; of several each is one.
    private static func arguments(_ use: StatementUse) -> @Sendable (inout Machine) throws -> [Value] {
        let nodes = use.statement.attributes.filter { $0.name == "arg" }.map { use.lowering.lower($0.value) }
        return { machine in
            var values: [Value] = []
            for node in nodes { values.append(try node.evaluate(&machine)) }
            if nodes.count == 1, case .array(let list) = values[0] { return list }
            return values
        }
    }

    // MARK: Schema

    private static func schema(_ use: StatementUse) -> (any StatementNode)? {
        let path = use.node("path", default: "")
        let tables = use.lowering.names.tableConstructs
        let descriptions: [String: Value]
        let name: any ExpressionNode
        if let (table, range) = use.subjectName ?? use["table"].flatMap({ place in place.constantText.map { ($0, place.range) } }) {
            guard let found = tables[table] else {
                use.lowering.reportUnknown("table", table, range, among: tables.keys)
                return nil
            }
            descriptions = [table: TableDescription.describe(found, named: table)]
            name = ConstantNode(.text(Text(table)))
        } else if let computed = use["table"] {
            descriptions = Dictionary(uniqueKeysWithValues: tables.map { ($0.key, TableDescription.describe($0.value, named: $0.key)) })
            name = use.lowering.lower(computed)
        } else {
            use.report(.name, "db.schema needs a table", remedy: "write db.schema user { … }")
            return nil
        }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let table = try name.evaluate(&machine).text
            guard let description = descriptions[table.string] else {
                throw StackError(.notFound, Text("There is no table \"\(table)\""))
            }
            return TableDescription.column(try path.evaluate(&machine).text.string, of: description)
        }
    }

    // MARK: Data sources

    /// There is one, under the names that Xano has for the one that is used by default.
    private static func setDatasource(_ use: StatementUse) -> (any StatementNode)? {
        guard let place = use["value"] ?? use["name"] else {
            use.report(.name, "db.set_datasource needs `value`")
            return nil
        }
        let names: [Text] = ["", "live", "default"]
        let node = use.lowering.lower(place)
        if let constant = node.constant, !names.contains(constant.text) {
            use.lowering.report(
                .unsupported, place.range, "there is one data source, live", remedy: "take the statement out")
            return nil
        }
        return ResultStatement(resultSlot: nil) { machine in
            let name = try node.evaluate(&machine).text
            guard names.contains(name) else { throw StackError.mistake("There is one data source, live, and no \"\(name)\"") }
            return .null
        }
    }
}
