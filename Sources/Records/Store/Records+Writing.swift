package import FunctionStack
import Storage
package import Values

extension Records {
    package func add(_ table: String, data: Object) throws -> Value {
        try add(plans.table(table), data: data)
    }

    func add(_ plan: TablePlan, data: Object) throws -> Value {
        let statement = try connection.statement(plan.insert)
        var record: Object
        do {
            record = try newRecord(plan, data, for: statement)
        } catch {
            statement.forget()
            throw error
        }
        try run(on: plan.table) { try statement.run() }
        if plan.hasIntegerKey { record.updateValue(at: plan.key) { if $0.isNull { $0 = .integer(connection.lastInsertedRow) } } }
        return .object(record)
    }

    /// The record to store, bound to a statement as well: all columns in their order, an `id` that is to be counted up
    /// as null.
    private func newRecord(_ plan: TablePlan, _ data: Object, for statement: Statement) throws -> Object {
        let context = context
        var record = Object(capacity: plan.checks.count)
        // Data usually names columns in their order: the next key is looked at before all are searched.
        var next = 0
        for index in plan.checks.indices {
            let check = plan.checks[index]
            var given: Value?
            if next < data.count, data.key(at: next) == check.key {
                given = data.value(at: next)
                next += 1
            } else {
                given = data[check.key]
            }
            let value = index == plan.key ? try key(plan, given) : try check.added(given, context)
            statement.bindStored(Int32(index) + 1, value, as: check.storage)
            record.append(newKey: check.key, value)
        }
        return record
    }

    /// Larger ones a JSON decoder in JavaScript would not read exactly.
    private static let largestKey: Int64 = 1 << 53 - 1

    /// Null for an id that is to be counted up: none, null or 0 was given.
    private func key(_ plan: TablePlan, _ given: Value?) throws -> Value {
        guard let given, !given.isNull else {
            return plan.hasIntegerKey ? .null : .text(UUIDText.random(randomBytes(16)))
        }
        let key = try plan.checks[plan.key].edited(given, context)
        guard case .integer(let number) = key else { return key }
        // After the largest integer SQLite would have no id for any further record.
        guard (0...Self.largestKey).contains(number) else {
            throw StackError(
                .inputError, Text("An id is between 1 and \(Self.largestKey)"), payload: ["param": "id"])
        }
        return number == 0 ? .null : key
    }

    package func bulkAdd(_ table: String, items: [Value]) throws -> Value {
        let plan = try plans.table(table)
        var added: [Value] = []
        added.reserveCapacity(items.count)
        try connection.savepoint {
            for item in items { added.append(try add(plan, data: try Self.object(item))) }
        }
        return .array(added)
    }

    private static func object(_ item: Value) throws -> Object {
        guard case .object(let object) = item else {
            throw StackError(.inputError, "Each record must be an object", payload: ["param": "data"])
        }
        return object
    }

    // MARK: Changing

    package func edit(_ table: String, field: String, value: Value, data: Object) throws -> Value {
        let plan = try plans.table(table)
        guard let row = try find(plan, field, value) else { throw Self.notFound }
        return try update(plan, row, data)
    }

    package func addOrEdit(_ table: String, field: String, value: Value, data: Object) throws -> Value {
        let plan = try plans.table(table)
        if let row = try find(plan, field, value) { return try update(plan, row, data) }
        var data = data
        // The record must be found under that value the next time.
        let key = Text(field)
        if value != .null, data[key] == nil, !(field == "id" && value == .integer(0)) { data[key] = value }
        return try add(plan, data: data)
    }

    package func bulkUpdate(_ table: String, items: [Value]) throws -> Value {
        let plan = try plans.table(table)
        var changed: [Value] = []
        changed.reserveCapacity(items.count)
        try connection.savepoint {
            for item in items {
                let data = try Self.object(item)
                guard let row = try find(plan, "id", data["id"] ?? .null) else { throw Self.notFound }
                changed.append(try update(plan, row, data))
            }
        }
        return .array(changed)
    }

    package func bulkUpdate(_ query: RecordQuery, parameters: [Value], data: Object) throws -> Int64 {
        let plan = try plans.table(query.table)
        let rows = try selected(query, parameters)
        try connection.savepoint {
            for row in rows { _ = try update(plan, row, data) }
        }
        return Int64(rows.count)
    }

    /// Sets what `data` names, but for the `id`, which a record keeps.
    private func update(_ plan: TablePlan, _ row: Int64, _ data: Object) throws -> Value {
        var columns: [Int] = []
        var values: [Value] = []
        for (index, check) in plan.checks.enumerated() where index != plan.key {
            guard let given = data[check.key] else { continue }
            columns.append(index)
            values.append(try check.edited(given, context))
        }
        let kind = columns.isEmpty ? TablePlan.Statement.record : .update(columns: columns)
        let statement = try connection.statement(plan.statement(kind))
        statement.bind(1, row)
        for (index, value) in values.enumerated() {
            statement.bindStored(Int32(index) + 2, value, as: plan.checks[columns[index]].storage)
        }
        let records = try run(on: plan.table) { try statement.map { try plan.record($0) } }
        guard let record = records.first else { throw Self.notFound }
        return record
    }

    private static var notFound: StackError {
        StackError(.notFound, "Unable to locate request record.")
    }

    // MARK: Deleting

    package func delete(_ table: String, field: String, value: Value) throws {
        let plan = try plans.table(table)
        let column = try plan.column(field)
        guard let statement = try lookUp(.delete(column: column), plan, column, value) else { return }
        try run(on: plan.table) { try statement.run() }
    }

    package func bulkDelete(_ query: RecordQuery, parameters: [Value]) throws -> Int64 {
        let rows = try selected(query, parameters)
        let statement = try plans.table(query.table).statement(.deleteRow)
        for row in rows {
            let statement = try connection.statement(statement)
            statement.bind(1, row)
            try statement.run()
        }
        return Int64(rows.count)
    }

    package func truncate(_ table: String, reset: Bool) throws {
        let plan = try plans.table(table)
        try connection.statement(plan.statement(.deleteAll)).run()
        guard reset, plan.hasIntegerKey else { return }
        let statement = try connection.statement(Self.resetSequence)
        statement.bind(1, plan.table.name)
        try statement.run()
    }

    private static let resetSequence = SQL("DELETE FROM sqlite_sequence WHERE name = ?1")

    /// The rowids of the records that a query selects, each once.
    private func selected(_ query: RecordQuery, _ parameters: [Value]) throws -> [Int64] {
        let plan = try plans.plan(query)
        let bound = try plan.selection(parameters)
        do {
            return try prepared(bound, parameters).map { $0.integer(0) }
        } catch let error as DatabaseError {
            throw translated(error, nil)
        }
    }
}
