import Glibc
import Inbox
package import Records
import Storage
import XanoScript

/// `postern migrate`: a workspace's tables in a database that nobody serves meanwhile.
package struct TableMigration {
    private let checked: CheckedWorkspace
    private let database: String

    /// - Parameter database: nil for the file that a location of this workspace uses by itself
    package init(_ checked: CheckedWorkspace, database: String?) {
        self.checked = checked
        self.database = database ?? "\(Deployments.defaultFolder)/\(checked.workspace.name).sqlite"
    }

    /// What there is to do. Nothing is written; a database that does not exist is not made.
    package func plan() throws -> [MigrationStep] {
        let connection: Connection
        if unsafe access(database, F_OK) == 0 {
            connection = try Connection(.reader(database))
            try connection.prepare(workspace: checked.workspace.name, schemas: [Records.ownTables])
        } else {
            connection = try Connection(.memory)
            try connection.prepare(workspace: checked.workspace.name, schemas: [Records.ownTables])
        }
        return try checked.schema.migrationSteps(connection, now: Clock.now())
    }

    /// Does it, all of it or nothing.
    ///
    /// - Parameter allowsLosses: whether values may be dropped and converted
    /// - Returns: what was done
    /// - Throws: `MigrationError`; errors of the storage
    package func run(allowsLosses: Bool) throws -> [MigrationStep] {
        let connection = try Connection(.request(database))
        try connection.prepare(workspace: checked.workspace.name, schemas: [Inbox.schema, Records.ownTables])
        if allowsLosses {
            return try checked.schema.migrateWithLosses(connection, now: Clock.now()) {
                try ClaimOwner.isInUse(database: database)
            }
        }
        let steps = try checked.schema.migrationSteps(connection, now: Clock.now())
        try checked.schema.migrate(connection, now: Clock.now())
        return steps
    }
}
