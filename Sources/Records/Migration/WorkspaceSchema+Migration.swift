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
        if try Self.description(connection) == AppliedTables(self).description { return }
        try connection.transaction {
            // Another process may have been faster.
            guard let migration = try migration(connection, now: now) else { return }
            try Self.remember(migration.run(connection, allowsLosses: false), connection)
        }
    }

    /// What `migrate` would do, destructive steps and all. Nothing is written.
    ///
    /// - Throws: `MigrationError` for what it could not do in any way
    package func migrationSteps(_ connection: Connection, now: Int64) throws -> [MigrationStep] {
        try connection.reading { try migration(connection, now: now)?.steps(connection) ?? [] }
    }

    /// Brings the tables to what the workspace says, also where values are lost or converted, all in one transaction.
    ///
    /// - Parameter isInUse: asked once nothing else can write, if values are lost: whether another process goes on
    ///   with the tables as they were
    /// - Returns: what was done
    /// - Throws: `MigrationError`, and errors of the storage; then nothing was changed
    package func migrateWithLosses(
        _ connection: Connection, now: Int64, isInUse: () throws -> Bool
    ) throws -> [MigrationStep] {
        try connection.transaction {
            guard let migration = try migration(connection, now: now) else { return [] }
            let steps = try migration.steps(connection)
            if steps.contains(where: \.isDestructive), try isInUse() { throw MigrationError(table: "", reason: .inUse) }
            try Self.remember(migration.run(connection, allowsLosses: true), connection)
            return steps
        }
    }

    /// The way from the tables as they are; nil if they are as they should be.
    private func migration(_ connection: Connection, now: Int64) throws -> Migration? {
        let wanted = AppliedTables(self)
        let found = try Self.description(connection)
        if found == wanted.description { return nil }
        guard let applied = found.map({ AppliedTables(description: $0) }) ?? AppliedTables(tables: []) else {
            throw MigrationError(table: "", reason: .unreadable)
        }
        return Migration(schema: self, applied: applied, wanted: wanted, now: now)
    }

    private static func remember(_ tables: AppliedTables, _ connection: Connection) throws {
        let statement = try connection.statement(remember)
        statement.bind(1, tables.description)
        try statement.run()
    }

    private static func description(_ connection: Connection) throws -> String? {
        try connection.statement(remembered).first { $0.string(0) }
    }
}
