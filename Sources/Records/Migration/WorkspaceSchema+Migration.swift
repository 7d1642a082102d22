package import Storage

extension WorkspaceSchema {
    private static let remembered = SQL("SELECT description FROM postern_tables WHERE id = 1")
    private static let remember = SQL("INSERT OR REPLACE INTO postern_tables (id, description) VALUES (1, ?1)")

    /// Brings the tables of a database to what the workspace says: new tables, columns and indexes are added,
    /// indexes that are gone are dropped, all in one transaction. What would lose or reinterpret values is refused.
    ///
    /// Costs one read when nothing is to be done. The connection has `Records.ownTables`, and is in no transaction.
    ///
    /// - Parameter now: milliseconds since the epoch, for what a new column with the default `now` holds in records
    ///   that are there already
    /// - Throws: `MigrationError`, and errors of the storage
    package func migrate(_ connection: Connection, now: Int64) throws {
        let wanted = AppliedTables(self)
        let description = wanted.description
        if try Self.description(connection) == description { return }
        try connection.transaction {
            // Another process may have been faster.
            let found = try Self.description(connection)
            if found == description { return }
            guard let applied = found.map({ AppliedTables(description: $0) }) ?? AppliedTables(tables: []) else {
                throw MigrationError(table: "", reason: .unreadable)
            }
            let result = try Migration(schema: self, applied: applied, wanted: wanted, now: now).run(connection)
            let statement = try connection.statement(Self.remember)
            statement.bind(1, result.description)
            try statement.run()
        }
    }

    private static func description(_ connection: Connection) throws -> String? {
        try connection.statement(remembered).first { $0.string(0) }
    }
}
