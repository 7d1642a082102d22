import Values

/// The workspace's tables as a database has them, and as it remembers them: names, types and indexes, nothing else.
struct AppliedTables: Equatable {
    struct Column: Equatable {
        let name: String
        let type: ColumnType
        let isArray: Bool
    }

    struct Table: Equatable {
        let name: String
        var columns: [Column]
        /// By their names in SQLite.
        var indexes: [String]
    }

    /// In the order of their names.
    var tables: [Table]

    init(tables: [Table]) {
        self.tables = tables
    }

    /// What the workspace wants.
    init(_ schema: WorkspaceSchema) {
        tables = schema.tables.values.sorted { $0.name < $1.name }.map { table in
            Table(
                name: table.name,
                columns: table.columns.map { Column(name: $0.name, type: $0.type, isArray: $0.isArray) },
                indexes: table.indexes.map { $0.name(in: table) }.sorted())
        }
    }

    subscript(name: String) -> Table? {
        tables.first { $0.name == name }
    }

    // MARK: As it is remembered

    /// The same for the same tables, so that a comparison of texts tells whether anything is to be done.
    var description: Text {
        JSON.text(
            .array(
                tables.map { table in
                    [
                        "name": .text(table.name),
                        "columns": .array(
                            table.columns.map {
                                ["name": .text($0.name), "type": .text($0.type.rawValue), "array": .boolean($0.isArray)]
                            }),
                        "indexes": .array(table.indexes.map { .text($0) }),
                    ]
                }))
    }

    /// - Returns: nil for a text that `description` has not made.
    init?(description: Text) {
        guard case .array(let tables)? = try? JSON.parse(description) else { return nil }
        let read = tables.compactMap { Self.table($0) }
        guard read.count == tables.count else { return nil }
        self.tables = read
    }

    private static func table(_ value: Value) -> Table? {
        guard let name = value["name"].string, case .array(let columns) = value["columns"],
            case .array(let indexes) = value["indexes"]
        else { return nil }
        let read = columns.compactMap { column(_: $0) }
        guard read.count == columns.count else { return nil }
        return Table(name: name, columns: read, indexes: indexes.compactMap(\.string))
    }

    private static func column(_ value: Value) -> Column? {
        guard let name = value["name"].string, let type = value["type"].string.flatMap({ ColumnType(rawValue: $0) })
        else { return nil }
        return Column(name: name, type: type, isArray: value["array"] == true)
    }
}

extension Value {
    fileprivate var string: String? {
        if case .text(let text) = self { text.validString } else { nil }
    }
}

extension TableIndex {
    /// The index's name in SQLite, which says all of it: an index that changes becomes another.
    func name(in table: RecordTable) -> String {
        let columns = fields.map { $0.column.quotedName + ($0.isDescending ? " desc" : "") }
        return "postern_\(isUnique ? "unique" : "index")_\(table.name.quotedName)(\(columns.joined(separator: ",")))"
    }

    func definition(on table: RecordTable) -> String {
        let columns = fields.map { $0.column.quotedName + ($0.isDescending ? " DESC" : "") }
        return """
            CREATE \(isUnique ? "UNIQUE " : "")INDEX \(name(in: table).quotedName) \
            ON \(table.name.quotedName) (\(columns.joined(separator: ", ")))
            """
    }
}
