import FunctionStack
import Storage
import Values

/// One step from the tables that a database has to those that a workspace wants.
struct Migration {
    let schema: WorkspaceSchema
    let applied: AppliedTables
    let wanted: AppliedTables
    let now: Int64

    /// What is to be done, in its order. Values are counted, nothing is written.
    func steps(_ connection: Connection) throws -> [MigrationStep] {
        var steps: [MigrationStep] = []
        for old in removedTables {
            steps.append(.dropTable(old.name, records: try count(connection, "count(*)", old.name)))
        }
        for table in tables {
            guard let old = applied[table.name] else {
                steps.append(.addTable(table.name))
                steps += table.indexes.map { .addIndex(table: table.name, index: $0.wording) }
                continue
            }
            let change = try TableChange(table, from: old)
            for column in change.removed {
                let values = try count(connection, "count(\(column.name.quotedName))", table.name)
                steps.append(.dropColumn(table: table.name, column: column.name, values: values))
            }
            for (column, old) in change.converted {
                let conversion = ColumnConversion(table: table, column: column, old: old, context: context)
                let result = try conversion.run(connection, from: old.name, to: nil)
                steps.append(
                    .convertColumn(
                        table: table.name, column: column.name, from: old.wording, to: column.wording, result: result))
            }
            steps += change.added.map { .addColumn(table: table.name, column: $0.name, type: $0.wording) }
            steps += indexSteps(table, old)
        }
        return steps
    }

    private func indexSteps(_ table: RecordTable, _ old: AppliedTables.Table) -> [MigrationStep] {
        let names = table.indexes.map { $0.name(in: table) }
        return old.indexes.filter { !names.contains($0) }.map { .dropIndex(table: table.name, index: $0) }
            + zip(table.indexes, names).filter { !old.indexes.contains($1) }
            .map { .addIndex(table: table.name, index: $0.0.wording) }
    }

    /// - Parameter allowsLosses: whether tables and columns that are gone are dropped, and values of a changed type
    ///   converted; otherwise they are an error.
    /// - Returns: the tables as they are afterwards: those of the workspace, and those that it has but cannot use
    func run(_ connection: Connection, allowsLosses: Bool) throws -> AppliedTables {
        if !allowsLosses { try refuseLosses() }
        for old in removedTables { try connection.execute("DROP TABLE \(old.name.quotedName)") }
        for table in tables {
            var indexes: [String] = []
            if let old = applied[table.name] {
                indexes = try change(TableChange(table, from: old), from: old, connection)
            } else {
                try connection.execute(table.creation)
            }
            try adjustIndexes(table, from: indexes, connection)
        }
        var result = wanted
        result.tables += applied.tables.filter { wanted[$0.name] == nil && schema.hasRefused($0.name) }
        result.tables.sort { $0.name < $1.name }
        return result
    }

    /// Those of the workspace, in the order of their names.
    private var tables: [RecordTable] { wanted.tables.compactMap { schema.tables[$0.name] } }

    /// Those that the workspace has no more. One that it has and cannot use keeps its records until it is mended.
    private var removedTables: [AppliedTables.Table] {
        applied.tables.filter { wanted[$0.name] == nil && !schema.hasRefused($0.name) }
    }

    private func count(_ connection: Connection, _ what: String, _ table: String) throws -> Int64 {
        try connection.statement("SELECT \(what) FROM \(table.quotedName)").first { $0.integer(0) } ?? 0
    }

    private func refuseLosses() throws {
        if let gone = removedTables.first { throw MigrationError(table: gone.name, reason: .tableRemoved) }
        for table in tables {
            guard let old = applied[table.name] else { continue }
            let change = try TableChange(table, from: old)
            if let column = change.removed.first {
                throw MigrationError(table: table.name, reason: .columnRemoved(column.name))
            }
            if let (column, old) = change.converted.first {
                throw MigrationError(
                    table: table.name,
                    reason: .typeChanged(column: column.name, from: old.wording, to: column.wording))
            }
        }
    }

    /// - Returns: the indexes that the table has afterwards
    private func change(
        _ change: TableChange, from old: AppliedTables.Table, _ connection: Connection
    ) throws -> [String] {
        let name = change.table.name.quotedName
        // A column that an index names cannot be dropped.
        let keepsIndexes = change.removed.isEmpty && change.converted.isEmpty
        if !keepsIndexes { for index in old.indexes { try connection.execute("DROP INDEX \(index.quotedName)") } }
        for column in change.removed {
            try connection.execute("ALTER TABLE \(name) DROP COLUMN \(column.name.quotedName)")
        }
        for (column, old) in change.converted { try convert(column, old, change.table, connection) }
        for column in change.added {
            try connection.execute("ALTER TABLE \(name) ADD COLUMN \(column.definition) DEFAULT \(standard(column))")
        }
        return keepsIndexes ? old.indexes : []
    }

    /// The column is made anew: SQLite gives a column its type once.
    private func convert(
        _ column: TableColumn, _ old: AppliedTables.Column, _ table: RecordTable, _ connection: Connection
    ) throws {
        let name = table.name.quotedName
        var next = "postern_converted"
        while table.columns.contains(where: { $0.name.asciiLowercased == next }) { next += "_" }
        let definition = "\(next.quotedName) \(column.storage.declaration)"
        try connection.execute("ALTER TABLE \(name) ADD COLUMN \(definition) DEFAULT \(column.emptyValue.literal(column))")
        _ = try ColumnConversion(table: table, column: column, old: old, context: context)
            .run(connection, from: old.name, to: next)
        try connection.execute("ALTER TABLE \(name) DROP COLUMN \(old.name.quotedName)")
        try connection.execute("ALTER TABLE \(name) RENAME COLUMN \(next.quotedName) TO \(column.name.quotedName)")
    }

    private var context: FilterContext {
        FilterContext(
            clock: { [now] in now }, random: SystemRandomNumberGenerator(),
            budget: Budget(maximumSteps: .max, maximumBytes: .max))
    }

    /// What a new column holds in the records that are there already.
    private func standard(_ column: TableColumn) -> String {
        switch column.defaultValue {
        case .value(let value) where value != .null: stored(value, column).literal(column)
        case .now: stored(.integer(now), column).literal(column)
        default: column.emptyValue.literal(column)
        }
    }

    private func stored(_ value: Value, _ column: TableColumn) -> Value {
        SQLType(column).value(value, context) ?? value
    }

    private func adjustIndexes(_ table: RecordTable, from old: [String], _ connection: Connection) throws {
        let names = table.indexes.map { $0.name(in: table) }
        for name in old where !names.contains(name) { try connection.execute("DROP INDEX \(name.quotedName)") }
        for (index, name) in zip(table.indexes, names) where !old.contains(name) {
            do throws(DatabaseError) {
                try connection.execute(index.definition(on: table))
            } catch {
                guard error.isConstraint else { throw error }
                throw MigrationError(table: table.name, reason: .duplicates(columns: index.fields.map(\.column)))
            }
        }
    }
}

extension RecordTable {
    fileprivate var creation: String {
        let definitions = columns.enumerated().map { index, column in
            guard index == key else { return column.definition }
            // AUTOINCREMENT: the id of a deleted record is never given to another one.
            return column.definition + (hasIntegerKey ? " PRIMARY KEY AUTOINCREMENT" : " PRIMARY KEY NOT NULL")
        }
        return "CREATE TABLE \(name.quotedName) (\(definitions.joined(separator: ", ")))"
    }
}

/// What is different about a table.
private struct TableChange {
    let table: RecordTable
    let added: [TableColumn]
    let removed: [AppliedTables.Column]
    let converted: [(column: TableColumn, old: AppliedTables.Column)]

    /// - Throws: `MigrationError` if the kind of its ids has changed: what names them elsewhere would name nothing.
    init(_ table: RecordTable, from old: AppliedTables.Table) throws(MigrationError) {
        self.table = table
        added = table.columns.filter { column in !old.columns.contains { $0.name == column.name } }
        removed = old.columns.filter { table[$0.name] == nil }
        var converted: [(column: TableColumn, old: AppliedTables.Column)] = []
        for column in old.columns {
            guard let kept = table[column.name] else { continue }
            if kept.isArray == column.isArray, kept.type.keepsMeaning(of: column.type) { continue }
            if column.name == table.keyColumn.name {
                throw MigrationError(table: table.name, reason: .keyChanged(from: column.wording, to: kept.wording))
            }
            converted.append((kept, column))
        }
        self.converted = converted
    }
}

extension TableColumn {
    /// `text`, `text[]`
    fileprivate var wording: String { isArray ? type.rawValue + "[]" : type.rawValue }
    fileprivate var definition: String { "\(name.quotedName) \(storage.declaration)" }
}

extension Value {
    /// A value of a workspace's file as SQL writes it.
    fileprivate func literal(_ column: TableColumn) -> String {
        switch self {
        case .null: "NULL"
        case .array, .object: JSON.text(self).string.quotedText
        case _ where column.storage == .json: JSON.text(self).string.quotedText
        case .boolean(let value): value ? "1" : "0"
        case .integer(let value): String(value)
        case .decimal(let value): value.description
        case .text(let text): text.string.quotedText
        }
    }
}
