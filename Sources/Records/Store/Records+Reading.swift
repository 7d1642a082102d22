package import FunctionStack
import Storage
package import Values

extension Records {
    package func get(_ table: String, field: String, value: Value, output: [String]?) throws -> Value {
        let plan = try plans.table(table)
        let column = try plan.column(field)
        guard let statement = try lookUp(.get(column: column), plan, column, value) else { return .null }
        let record = try run(on: plan.table) { try statement.first { try plan.record($0) } }
        guard let record else { return .null }
        return output == nil ? record : RecordOutput(output).select(record)
    }

    package func has(_ table: String, field: String, value: Value) throws -> Bool {
        let plan = try plans.table(table)
        let column = try plan.column(field)
        guard let statement = try lookUp(.has(column: column), plan, column, value) else { return false }
        return try run(on: plan.table) { try statement.first { _ in true } } ?? false
    }

    /// The rowid of the first record of which a column has the value.
    func find(_ plan: TablePlan, _ field: String, _ value: Value) throws -> Int64? {
        let column = try plan.column(field)
        guard let statement = try lookUp(.find(column: column), plan, column, value) else { return nil }
        return try run(on: plan.table) { try statement.first { $0.integer(0) } }
    }

    /// A statement that looks for a value, which is bound; nil for null, which is no record's value.
    func lookUp(
        _ kind: TablePlan.Statement, _ plan: TablePlan, _ column: Int, _ value: Value
    ) throws -> Statement? {
        guard value != .null else { return nil }
        let type = SQLType(plan.table.columns[column])
        let statement = try connection.statement(plan.statement(kind))
        statement.bindStored(1, type.value(value, context) ?? value)
        return statement
    }

    package func query(_ query: RecordQuery, parameters: [Value]) throws -> Value {
        if let external = try externalQuery(query, parameters) {
            return try self.query(external.query, parameters: external.parameters, plan: external.plan)
        }
        return try self.query(query, parameters: parameters, plan: plans.plan(query))
    }

    private func query(_ query: RecordQuery, parameters: [Value], plan: QueryPlan) throws -> Value {
        let order = try query.sortParameter.flatMap { parameters.indices.contains($0) ? parameters[$0] : nil }
            .flatMap { try SortOrder.read($0) }
        let variant = try self.variant(of: plan, parameters, order)
        do {
            return try result(of: plan, variant, parameters)
        } catch let error as DatabaseError {
            throw translated(error, nil)
        }
    }

    private func variant(
        of plan: QueryPlan, _ parameters: [Value], _ order: [RecordQuery.Sort]?
    ) throws -> QueryPlan.Variant {
        do throws(RecordProblem) {
            return try plan.variant(parameters, order: order)
        } catch {
            guard order != nil else { throw error.stackError }
            throw StackError(.inputError, Text(error.message), payload: ["param": "sort"])
        }
    }

    private func result(
        of plan: QueryPlan, _ variant: QueryPlan.Variant, _ parameters: [Value]
    ) throws -> Value {
        switch plan.query.result {
        case .count: return .integer(try count(variant, parameters))
        case .exists:
            return .boolean(try !rows(plan, variant, parameters, limit: 1, offset: 0).isEmpty)
        case .single:
            return try rows(plan, variant, parameters, limit: 1, offset: 0).first ?? .null
        case .list, .stream, .aggregate:
            guard let paging = plan.query.paging else {
                return .array(try rows(plan, variant, parameters, limit: -1, offset: 0))
            }
            return try page(Page(paging, parameters), plan, variant, parameters)
        }
    }

    private func page(
        _ page: Page, _ plan: QueryPlan, _ variant: QueryPlan.Variant, _ parameters: [Value]
    ) throws -> Value {
        // One more than wanted tells whether there is a next page.
        var items = try rows(plan, variant, parameters, limit: page.size + 1, offset: page.offset)
        let hasNext = items.count > page.size
        if hasNext { items.removeLast() }
        guard page.hasEnvelope, plan.query.result != .stream else { return .array(items) }
        let total = page.hasTotals ? try count(variant, parameters) : nil
        return page.envelope(items: items, hasNext: hasNext, total: total, output: plan.output)
    }

    private func count(_ variant: QueryPlan.Variant, _ parameters: [Value]) throws -> Int64 {
        let statement = try prepared(variant.count, parameters)
        return try statement.first { $0.integer(0) } ?? 0
    }

    private func rows(
        _ plan: QueryPlan, _ variant: QueryPlan.Variant, _ parameters: [Value], limit: Int64, offset: Int64
    ) throws -> [Value] {
        let statement = try prepared(variant.rows, parameters)
        let next = Int32(variant.rows.bindings.count)
        statement.bind(next + 1, limit)
        statement.bind(next + 2, offset)
        let fields = plan.fields
        let budget = Budget(maximumSteps: .max, maximumBytes: maximumResult)
        return try statement.map { row in
            var record = Object(capacity: fields.count)
            for (index, field) in fields.enumerated() {
                record.append(newKey: field.key, try field.reader.value(row, Int32(index)))
            }
            let shown = plan.output.select(.object(record))
            try budget.charge(bytes: shown.estimatedSize())
            return shown
        }
    }

    /// The statement with its parameters bound, and the functions that it calls.
    func prepared(_ bound: BoundSQL, _ parameters: [Value]) throws -> Statement {
        for function in bound.functions { try function.define(on: connection) }
        let statement = try bound.isKept ? connection.statement(bound.sql) : connection.statement(bound.sql.text)
        try Binding.bind(bound.bindings, to: statement, parameters: parameters, context)
        return statement
    }
}

extension TablePlan {
    /// - Throws: `StackError` if the table has no such column.
    func column(_ name: String) throws -> Int {
        if let position = table.position(of: name) { return position }
        let remedy = nearest(to: name, among: table.columns.map(\.name)).map { "; \($0)" } ?? ""
        throw StackError.mistake("The table \"\(table.name)\" has no column \"\(name)\"\(remedy)")
    }
}
