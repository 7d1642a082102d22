import Values
import XanoScript

/// `db.add`, `db.get`… : the statements on single records, on many at once, and transactions.
enum DatabaseStatements {
    static let definitions = single + bulk + [
        StatementDefinition(
            "db.transaction", attributes: [.optional("isolation", .text)], blocks: ["stack"], lower: transaction)
    ]

    // MARK: One record

    private static let single = [
        StatementDefinition("db.add", subject: .name, attributes: [.required("data", .object), addon, output, hidden]) { use in
            use.checkData()
            let data = use.node("data")
            let shape = use.shaper
            let hash = use.hashing
            return writing(use) { records, table, machine in
                let data = try data.evaluate(&machine).object(for: "the data of db.add")
                return try shape.apply(records.add(table, data: hash(data, machine.run.filters)), &machine)
            }
        },
        StatementDefinition(
            "db.get", subject: .name,
            attributes: [
                .optional("field_name"), .optional("field_value"), .optional("where"), addon, output, lock,
            ],
            lower: get),
        StatementDefinition("db.has", subject: .name, attributes: key) { use in
            reading(use) { records, table, field, value in
                .boolean(try records.has(table, field: field, value: value))
            }
        },
        StatementDefinition("db.del", subject: .name, attributes: key) { use in
            changing(use) { records, table, field, value, _ in
                try records.delete(table, field: field, value: value)
                return .null
            }
        },
        change("db.edit"), change("db.patch"),
        StatementDefinition(
            "db.add_or_edit", subject: .name, attributes: key + [.required("data", .object), addon, output, hidden]
        ) { use in
            changing(use) { records, table, field, value, data in
                try records.addOrEdit(table, field: field, value: value, data: data)
            }
        },
    ]

    private static let key = [AttributeShape.required("field_name"), .required("field_value")]
    private static let addon = AttributeShape.optional("addon")
    /// Written by the browser's builder; here a statement may write every column.
    private static let hidden = AttributeShape.optional("enforce_hidden_fields", .boolean)
    private static let output = AttributeShape.optional("output", .list)
    private static let lock = AttributeShape.optional("lock", .boolean)

    private static func change(_ name: String) -> StatementDefinition {
        // Exports of db.patch have the data as JSON text as well.
        let data = AttributeShape.required("data", name == "db.patch" ? .objectOrText : .object)
        return StatementDefinition(name, subject: .name, attributes: key + [data, addon, output, hidden]) { use in
            changing(use) { records, table, field, value, data in
                try records.edit(table, field: field, value: value, data: data)
            }
        }
    }

    /// By a field's value; or, as the documentation has it once, by a `where`.
    private static func get(_ use: StatementUse) -> (any StatementNode)? {
        let addons = use.addons(isList: false)
        let output = use.fieldNames("output")
        if use["where"] != nil {
            use.lowering.facts.readsRecords = true
            guard let query = use.query(result: .single, forAddons: addons) else { return nil }
            let hidden = addons.hiddenNames(output: output)
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                var result = try machine.run.records().query(query.query, parameters: query.parameters(&machine))
                try machine.charge(received: result)
                if !addons.isEmpty { try addons.extend(&result, isList: false, hiding: hidden, &machine) }
                return result
            }
        }
        guard use["field_name"] != nil, use["field_value"] != nil else {
            use.report(.name, "db.get needs `field_name` and `field_value`")
            return nil
        }
        let shape = addons.isEmpty ? nil : RecordShape(addons: addons, output: output.map { RecordOutput($0) })
        return reading(use, shape: shape) { records, table, field, value in
            try records.get(table, field: field, value: value, output: shape == nil ? output : nil)
        }
    }

    // MARK: Many records

    private static let bulk = [
        StatementDefinition(
            "db.bulk.add", subject: .name,
            attributes: [.optional("items"), .optional("data"), .optional("allow_id_field", .boolean)]
        ) { use in
            let items = use["items"] != nil ? use.node("items") : use.node("data")
            let hash = use.hashing
            return writing(use) { records, table, machine in
                let context = machine.run.filters
                let items = try items.evaluate(&machine).list(for: "db.bulk.add")
                return try records.bulkAdd(table, items: items.map { try $0.mappingObject { try hash($0, context) } })
            }
        },
        bulkChange("db.bulk.update"), bulkChange("db.bulk.patch"),
        StatementDefinition("db.bulk.delete", subject: .name, attributes: [.optional("where"), .optional("join")]) { use in
            guard let query = use.query(result: .list) else { return nil }
            return writing(use) { records, _, machine in
                .integer(try records.bulkDelete(query.query, parameters: query.parameters(&machine)))
            }
        },
        StatementDefinition("db.truncate", subject: .name, attributes: [.optional("reset")]) { use in
            let reset = use.node("reset", default: false)
            return writing(use) { records, table, machine in
                try records.truncate(table, reset: reset.condition(&machine))
                return .null
            }
        },
    ]

    /// With `items` each names its record by id; with `where` all that match get the same data.
    private static func bulkChange(_ name: String) -> StatementDefinition {
        StatementDefinition(
            name, subject: .name,
            attributes: [.optional("items"), .optional("where"), .optional("join"), .optional("data")]
        ) { use in
            if use["items"] != nil {
                let items = use.node("items")
                let hash = use.hashing
                return writing(use) { records, table, machine in
                    let context = machine.run.filters
                    let items = try items.evaluate(&machine).list(for: name)
                    return try records.bulkUpdate(table, items: items.map { try $0.mappingObject { try hash($0, context) } })
                }
            }
            guard use["where"] != nil, use["data"] != nil else {
                use.report(.name, "\(name) needs `items`, or `where` and `data`")
                return nil
            }
            guard let query = use.query(result: .list) else { return nil }
            use.checkData()
            let data = use.node("data")
            let hash = use.hashing
            return writing(use) { records, _, machine in
                let data = try hash(data.evaluate(&machine).object(for: "the data of \(name)"), machine.run.filters)
                return .integer(
                    try records.bulkUpdate(query.query, parameters: query.parameters(&machine), data: data))
            }
        }
    }

    // MARK: Transactions

    private static func transaction(_ use: StatementUse) -> (any StatementNode)? {
        use.lowering.facts.writesRecords = true
        use.lowering.transactions += 1
        defer { use.lowering.transactions -= 1 }
        return TransactionStatement(use.block("stack"))
    }

    // MARK: Shared

    private static func reading(
        _ use: StatementUse, shape: RecordShape? = nil,
        _ read: @escaping @Sendable (any RecordStore, String, String, Value) throws -> Value
    ) -> (any StatementNode)? {
        use.lowering.facts.readsRecords = true
        guard let table = use.table else { return nil }
        let field = use.fieldName(of: table)
        let value = use.node("field_value")
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let records = try machine.run.records()
            let value = try value.evaluate(&machine).fieldValue()
            let result = try read(records, table, field(&machine), value)
            try machine.charge(received: result)
            return try shape?.apply(result, &machine) ?? result
        }
    }

    private static func changing(
        _ use: StatementUse,
        _ change: @escaping @Sendable (any RecordStore, String, String, Value, Object) throws -> Value
    ) -> (any StatementNode)? {
        guard let table = use.table else { return nil }
        let field = use.fieldName(of: table)
        let value = use.node("field_value")
        use.checkData()
        let data = use.node("data", default: .object([:]))
        let shape = use.shaper
        let hash = use.hashing
        let name = use.statement.name
        return writing(use) { records, table, machine in
            let value = try value.evaluate(&machine).fieldValue()
            let given = try data.evaluate(&machine)
            let object = try name == "db.patch" ? given.decodedObject(for: name) : given.object(for: "the data of \(name)")
            let data = try hash(object, machine.run.filters)
            return try shape.apply(change(records, table, field(&machine), value, data), &machine)
        }
    }

    private static func writing(
        _ use: StatementUse, _ write: @escaping @Sendable (any RecordStore, String, inout Machine) throws -> Value
    ) -> (any StatementNode)? {
        use.lowering.facts.writesRecords = true
        guard let table = use.table else { return nil }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let result = try write(machine.run.records(), table, &machine)
            try machine.charge(received: result)
            return result
        }
    }
}
