import FunctionStack
import Storage
import Values

/// One step from the tables that a database has to those that a workspace wants.
struct Migration {
    let schema: WorkspaceSchema
    let applied: AppliedTables
    let wanted: AppliedTables
    let now: Int64

    /// - Returns: the tables as they are afterwards: those of the workspace, and those that it has but cannot use
    func run(_ connection: Connection) throws -> AppliedTables {
        try refuseLosses()
        for table in wanted.tables {
            guard let definition = schema.tables[table.name] else { continue }
            if let old = applied[table.name] {
                try change(definition, from: old, connection)
            } else {
                try connection.execute(definition.creation)
            }
            try adjustIndexes(definition, from: applied[table.name]?.indexes ?? [], connection)
        }
        var result = wanted
        result.tables += applied.tables.filter { wanted[$0.name] == nil }
        result.tables.sort { $0.name < $1.name }
        return result
    }

    private func refuseLosses() throws(MigrationError) {
        for old in applied.tables {
            guard let new = wanted[old.name] else {
                if schema.hasRefused(old.name) { continue }
                throw MigrationError(table: old.name, reason: .tableRemoved)
            }
            for column in old.columns {
                guard let kept = new.columns.first(where: { $0.name == column.name }) else {
                    throw MigrationError(table: old.name, reason: .columnRemoved(column.name))
                }
                guard kept.isArray == column.isArray, kept.type.keepsMeaning(of: column.type) else {
                    throw MigrationError(
                        table: old.name,
                        reason: .typeChanged(column: column.name, from: column.wording, to: kept.wording))
                }
            }
        }
    }

    private func change(_ table: RecordTable, from old: AppliedTables.Table, _ connection: Connection) throws {
        for column in table.columns where !old.columns.contains(where: { $0.name == column.name }) {
            try connection.execute(
                "ALTER TABLE \(table.name.quotedName) ADD COLUMN \(column.definition) DEFAULT \(standard(column))")
        }
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
        let context = FilterContext(clock: { now }, random: SystemRandomNumberGenerator(), budget: Budget())
        return SQLType(column).value(value, context) ?? value
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

extension TableColumn {
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
