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

    /// A line for each table, column and index, tabs between the words, which no name contains. The same for the same
    /// tables, so that a comparison of texts tells whether anything is to be done.
    var description: String {
        var text = ""
        for table in tables {
            text += "table\t\(table.name)\n"
            for column in table.columns { text += "column\t\(column.name)\t\(column.wording)\n" }
            for index in table.indexes { text += "index\t\(index)\n" }
        }
        return text
    }

    /// - Returns: nil for a text that `description` has not made.
    init?(description: String) {
        tables = []
        for line in description.split(separator: "\n") {
            let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            switch (words[0], words.count) {
            case ("table", 2): tables.append(Table(name: words[1], columns: [], indexes: []))
            case ("column", 3) where !tables.isEmpty:
                guard let column = Column(name: words[1], wording: words[2]) else { return nil }
                tables[tables.count - 1].columns.append(column)
            case ("index", 2) where !tables.isEmpty:
                tables[tables.count - 1].indexes.append(words[1])
            default: return nil
            }
        }
    }
}

extension AppliedTables.Column {
    /// `text`, `text[]`
    var wording: String { isArray ? type.rawValue + "[]" : type.rawValue }

    fileprivate init?(name: String, wording: String) {
        let isArray = wording.hasSuffix("[]")
        guard let type = ColumnType(rawValue: isArray ? String(wording.dropLast(2)) : wording) else { return nil }
        self.init(name: name, type: type, isArray: isArray)
    }
}

extension TableIndex {
    /// `unique (a, b desc)`
    var wording: String {
        let columns = fields.map { $0.column + ($0.isDescending ? " desc" : "") }
        return "\(isUnique ? "unique" : "btree") (\(columns.joined(separator: ", ")))"
    }

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
