import FunctionStack
import XanoScript

/// The tables and columns that the expressions of one query may name.
struct QueryScope: Sendable {
    let base: RecordTable
    /// Joined tables by their aliases.
    let joined: [(alias: String, table: RecordTable)]
    /// What `eval` adds: `$db.total` names such a field where the query's table has no column of that name.
    let evaluated: [(name: String, condition: RecordQuery.Condition)]

    init(_ query: RecordQuery, schema: WorkspaceSchema) throws(RecordProblem) {
        base = try schema.table(query.table)
        evaluated = query.evaluated
        var joined: [(alias: String, table: RecordTable)] = []
        for join in query.joins {
            let table = try schema.table(join.table)
            let taken = [base.name] + joined.map(\.alias)
            if taken.contains(where: { $0.asciiLowercased == join.alias.asciiLowercased }) {
                throw RecordProblem(
                    .name, "The join \"\(join.alias)\" has the name of another table of the query",
                    remedy: "give the join a name of its own")
            }
            joined.append((join.alias, table))
        }
        self.joined = joined
    }

    /// The table behind a name in `$db.NAME.column`; the empty name is the query's own table.
    func table(_ name: String) -> RecordTable? {
        named(name)?.table
    }

    /// The table behind a name and what it is called in SQL. Exports write a name's spaces as `_`, and its letters in
    /// any case.
    private func named(_ name: String) -> (alias: String, table: RecordTable)? {
        if name.isEmpty || name == base.name { return (base.name, base) }
        if let exact = joined.first(where: { $0.alias == name }) { return exact }
        let folded = Self.folded(name)
        if base[name] != nil { return nil }
        return ([(base.name, base)] + joined).first { Self.folded($0.alias) == folded }
    }

    private static func folded(_ name: String) -> String {
        name.asciiLowercased.replacing(" ", with: "_")
    }

    /// The expression of an evaluated field, where a name stands for one and not for a column.
    ///
    /// - Parameter first: whether it takes the place of a column of its name
    func evaluated(table: String, _ name: String, first: Bool) -> RecordQuery.Condition? {
        guard table.isEmpty || table == base.name, first || base[name] == nil else { return nil }
        return evaluated.first { $0.name == name }?.condition
    }

    /// A column, and a path inside of it, in SQL.
    func column(table name: String, _ column: String, path: [String]) throws(RecordProblem) -> SQLExpression {
        guard let (alias, table) = named(name) else {
            // `$db.tags` is short for `$db.product.tags`.
            if let own = base[name] {
                return try expression(base.name, own, path: (column.isEmpty ? [] : [column]) + path)
            }
            throw RecordProblem(
                .name, "The query reads neither a table nor a join named \"\(name)\"",
                remedy: nearest(to: name, among: [base.name] + joined.map(\.alias)))
        }
        guard let found = table[column] else {
            throw RecordProblem(
                .name, "The table \"\(table.name)\" has no column \"\(column)\"",
                remedy: nearest(to: column, among: table.columns.map(\.name)))
        }
        return try expression(alias, found, path: path)
    }

    private func expression(
        _ alias: String, _ column: TableColumn, path: [String]
    ) throws(RecordProblem) -> SQLExpression {
        let name = alias.quotedName + "." + column.name.quotedName
        guard !path.isEmpty else { return SQLExpression(name, SQLType(column)) }
        guard column.storage == .json else {
            throw RecordProblem(
                .type, "The column \"\(column.name)\" is of type \(column.type.rawValue) and has no \"\(path[0])\"")
        }
        let place = try Self.jsonPath(path).quotedText
        return SQLExpression("json_extract(\(name), \(place))", .scalar, json: "(\(name) -> \(place))")
    }

    /// A path in SQLite's notation, each name in quotes.
    static func jsonPath(_ path: [String]) throws(RecordProblem) -> String {
        var text = "$"
        for name in path {
            if !name.isEmpty, name.utf8.count < 10, name.utf8.allSatisfy({ (48...57).contains($0) }) {
                text += "[\(name)]"
            } else if name.utf8.contains(where: { $0 == 0x22 || $0 == 0x5c || $0 == 0 }) {
                throw RecordProblem(
                    .unsupported, "A name inside JSON must not hold a quote, a backslash or a NUL byte in a query")
            } else {
                text += ".\"\(name)\""
            }
        }
        return text
    }
}

/// A piece of SQL and what its value means.
struct SQLExpression {
    let sql: String
    let type: SQLType
    /// The parameter that it is, where it is nothing else.
    let parameter: Int?
    /// The same as JSON text, where it is or may be JSON.
    let json: String?

    init(_ sql: String, _ type: SQLType, parameter: Int? = nil, json: String? = nil) {
        self.sql = sql
        self.type = type
        self.parameter = parameter
        self.json = json ?? (type.isJSON ? sql : nil)
    }
}
