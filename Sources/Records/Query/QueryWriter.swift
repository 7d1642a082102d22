import FunctionStack
import Values
import XanoScript

/// Writes the statements of a query.
struct QueryWriter: Sendable {
    let query: RecordQuery
    let scope: QueryScope

    init(_ query: RecordQuery, schema: WorkspaceSchema) throws(RecordProblem) {
        self.query = query
        scope = try QueryScope(query, schema: schema)
    }

    /// The fields of a row: the columns of the query's table, then what `eval` adds.
    func fields(output: RecordOutput) throws(RecordProblem) -> [QueryField] {
        if query.result == .aggregate { return try aggregateFields() }
        let evaluated = query.evaluated.map(\.name)
        let base = scope.base
        var fields: [QueryField] = []
        for column in base.columns where !evaluated.contains(column.name) && output.shows(column.key) {
            let name = base.name.quotedName + "." + column.name.quotedName
            fields.append(QueryField(key: column.key, sql: name, reader: FieldReader(SQLType(column))))
        }
        for entry in query.evaluated where output.shows(Text(entry.name)) {
            // Only for its type: the text is written anew where its parameters are numbered.
            var writer = ConditionWriter(scope: scope, nulls: Nullness())
            let value = try writer.field(entry.condition)
            fields.append(QueryField(key: Text(entry.name), sql: "", reader: FieldReader(value.type)))
        }
        if fields.isEmpty { fields.append(QueryField(key: "", sql: "NULL", reader: .scalar)) }
        return fields
    }

    /// The rows, in their order. Two more parameters follow: the limit and the offset.
    func rows(_ fields: [QueryField], nulls: Nullness, order: [RecordQuery.Sort]) throws(RecordProblem) -> BoundSQL {
        var writer = ConditionWriter(scope: scope, nulls: nulls)
        var text = "SELECT " + (query.isDistinct ? "DISTINCT " : "")
        text += try columns(fields, &writer) + (try source(&writer))
        if !query.groups.isEmpty { text += " GROUP BY " + groupPlaces.joined(separator: ", ") }
        let terms = query.result == .aggregate ? try aggregateOrder(order, fields) : try orderTerms(order, &writer)
        if !terms.isEmpty { text += " ORDER BY " + terms.joined(separator: ", ") }
        let next = writer.bindings.count
        return BoundSQL(text + " LIMIT ?\(next + 1) OFFSET ?\(next + 2)", writer)
    }

    /// The number of rows.
    func count(_ fields: [QueryField], nulls: Nullness) throws(RecordProblem) -> BoundSQL {
        var writer = ConditionWriter(scope: scope, nulls: nulls)
        if query.result == .aggregate {
            var text = "SELECT " + (query.isDistinct ? "DISTINCT " : "") + (try columns(fields, &writer))
            text += try source(&writer)
            if !query.groups.isEmpty { text += " GROUP BY " + groupPlaces.joined(separator: ", ") }
            return BoundSQL("SELECT count(*) FROM (\(text))", writer)
        }
        guard query.isDistinct else { return BoundSQL("SELECT count(*)" + (try source(&writer)), writer) }
        let text = "SELECT DISTINCT " + (try columns(fields, &writer)) + (try source(&writer))
        return BoundSQL("SELECT count(*) FROM (\(text))", writer)
    }

    /// The rowids of the records that the query selects, each once.
    func rowids(nulls: Nullness) throws(RecordProblem) -> BoundSQL {
        var writer = ConditionWriter(scope: scope, nulls: nulls)
        let text = "SELECT DISTINCT \(scope.base.rowID) AS \"row\"" + (try source(&writer)) + " ORDER BY 1"
        return BoundSQL("SELECT \"row\" FROM (\(text)) WHERE \"row\" IS NOT NULL", writer)
    }

    private func columns(_ fields: [QueryField], _ writer: inout ConditionWriter) throws(RecordProblem) -> String {
        var parts: [String] = []
        if query.result == .aggregate {
            for group in query.groups { parts.append(try writer.part(group.condition, isAggregate: false).sql) }
            for entry in query.aggregates { parts.append(try writer.part(entry.condition, isAggregate: true).sql) }
            return parts.joined(separator: ", ")
        }
        for field in fields {
            if !field.sql.isEmpty {
                parts.append(field.sql)
            } else if let entry = query.evaluated.first(where: { Text($0.name) == field.key }) {
                parts.append(try writer.field(entry.condition).sql)
            }
        }
        return parts.joined(separator: ", ")
    }

    private func source(_ writer: inout ConditionWriter) throws(RecordProblem) -> String {
        var text = " FROM \(scope.base.name.quotedName)"
        for (join, joined) in zip(query.joins, scope.joined) {
            let word =
                switch join.kind {
                case .inner: "JOIN"
                case .left: "LEFT JOIN"
                case .right: "RIGHT JOIN"
                }
            text += " \(word) \(joined.table.name.quotedName) AS \(joined.alias.quotedName)"
            text += " ON " + (try join.condition.map { (condition) throws(RecordProblem) in
                try writer.condition(condition)
            } ?? "1")
        }
        if let condition = query.condition { text += " WHERE " + (try writer.condition(condition)) }
        return text
    }

    // MARK: Aggregates

    /// What rows have in common, then what is computed of them; hidden ones too, for the rows are grouped by them.
    private func aggregateFields() throws(RecordProblem) -> [QueryField] {
        var fields: [QueryField] = []
        for (part, isAggregate) in query.groups.map({ ($0, false) }) + query.aggregates.map({ ($0, true) }) {
            // Only for its type: the text is written anew where its parameters are numbered.
            var writer = ConditionWriter(scope: scope, nulls: Nullness())
            let value = try writer.part(part.condition, isAggregate: isAggregate)
            fields.append(QueryField(key: Text(part.name), sql: value.sql, reader: FieldReader(value.type)))
        }
        guard !fields.isEmpty else {
            throw RecordProblem(
                .name, "An aggregate needs a group or an eval", remedy: "write group: {…} or eval: {…} in its return")
        }
        return fields
    }

    /// Columns of the result by their numbers, as GROUP BY and ORDER BY take them.
    private var groupPlaces: [String] { query.groups.indices.map { String($0 + 1) } }

    /// By fields of the aggregate, or by a column that the rows are grouped by.
    private func aggregateOrder(_ order: [RecordQuery.Sort], _ fields: [QueryField]) throws(RecordProblem) -> [String] {
        if order.isEmpty { return groupPlaces }
        var terms: [String] = []
        for sort in order {
            if sort.direction == .random {
                terms.append("random()")
                continue
            }
            var place = fields.firstIndex { $0.key == Text(sort.field) }
            if place == nil, let column = try? column(sort.field) {
                place = fields.prefix(query.groups.count).firstIndex { $0.sql == column.sql }
            }
            guard let place else {
                throw RecordProblem(
                    .name, "The aggregate has no field \"\(sort.field)\" to sort by",
                    remedy: nearest(to: sort.field, among: fields.map(\.key.string)))
            }
            terms.append("\(place + 1)" + (sort.direction == .ascending ? " NULLS LAST" : " DESC NULLS FIRST"))
        }
        return terms
    }

    // MARK: Order

    private func orderTerms(
        _ order: [RecordQuery.Sort], _ writer: inout ConditionWriter
    ) throws(RecordProblem) -> [String] {
        if order.isEmpty {
            return query.isDistinct ? [] : [scope.base.rowID]
        }
        var terms: [String] = []
        for sort in order {
            switch sort.direction {
            case .random: terms.append("random()")
            // PostgreSQL takes null for greater than anything.
            case .ascending: terms.append(try orderValue(sort.field, &writer, whereNull: " NULLS LAST"))
            case .descending: terms.append(try orderValue(sort.field, &writer, whereNull: " DESC NULLS FIRST"))
            }
        }
        return terms
    }

    /// - Parameter whereNull: what follows a value that may be null; the key never is, and so an index on it serves
    private func orderValue(
        _ field: String, _ writer: inout ConditionWriter, whereNull: String
    ) throws(RecordProblem) -> String {
        if let entry = query.evaluated.first(where: { $0.name == field }) {
            return try writer.scalar(writer.field(entry.condition)).sql + whereNull
        }
        let value = try column(field)
        let isKey = value.sql == "\(scope.base.name.quotedName).\("id".quotedName)"
        return writer.scalar(value).sql + (isKey ? String(whereNull.prefix { $0 != "N" }) : whereNull)
    }

    /// `name`, `table.name`, `join.name`, each perhaps with a path inside JSON.
    private func column(_ field: String) throws(RecordProblem) -> SQLExpression {
        if scope.base[field] != nil { return try scope.column(table: "", field, path: []) }
        let parts = field.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 1, scope.table(parts[0]) != nil {
            return try scope.column(table: parts[0], parts[1], path: Array(parts.dropFirst(2)))
        }
        return try scope.column(table: "", parts[0], path: Array(parts.dropFirst()))
    }
}
