/// Tables of our own, by the steps that made them.
///
/// A database remembers how many steps of each schema it has taken. A step is never changed once it was released:
/// what changes is a further step.
package struct Schema: Sendable {
    /// What the database calls it.
    package let name: String
    /// One script a version, from version 1 on.
    package let steps: [String]

    package init(_ name: String, steps: [String]) {
        self.name = name
        self.steps = steps
    }
}

/// Why a database is not to be used, though nothing is wrong with it.
package struct SchemaError: Error, Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// The file has tables, but not Postern's mark.
        case otherProgram
        case otherWorkspace(found: String, asked: String)
        /// A newer Postern has changed the tables.
        case newer(schema: String, found: Int64, known: Int64)
        /// Only read access, and the tables are not there yet or are older.
        case outdated(schema: String)
    }

    package let file: String
    package let reason: Reason

    /// Whether the tables are not there yet, or are older, which who may write mends.
    package var isOutdated: Bool { if case .outdated = reason { true } else { false } }
}

extension SchemaError: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .otherProgram:
            "\(file) is another program's database; name a file of its own for Postern"
        case .otherWorkspace(let found, let asked):
            "\(file) belongs to the workspace \"\(found)\", not to \"\(asked)\"; name another file for \"\(asked)\""
        case .newer(let schema, let found, let known):
            "\(file) was written by a newer Postern (\(schema) \(found), this one knows \(known)); use that version"
        case .outdated(let schema):
            "\(file) has no current tables for \(schema) yet; start postern serve or postern work once"
        }
    }
}

extension Connection {
    /// "Pstn", in the file's header, where `file` and others find it.
    private static let applicationID: Int64 = 0x5073_746e
    private static let versions = SQL("SELECT name, version FROM postern_schema")
    private static let setVersion = SQL("INSERT OR REPLACE INTO postern_schema (name, version) VALUES (?1, ?2)")
    private static let workspace = SQL("SELECT name FROM postern_workspace")
    private static let setWorkspace = SQL("INSERT INTO postern_workspace (name) VALUES (?1)")

    /// Checks that the database is ours, the workspace's and not too new, and brings its tables up to date, in one
    /// transaction. Costs two reads when there is nothing to do.
    /// - Parameter workspace: the workspace's name, which a new database remembers; nil where any will do.
    /// - Throws: `SchemaError`, and `DatabaseError` of the storage.
    package func prepare(workspace: String?, schemas: [Schema]) throws {
        // In one view: another process may be creating it.
        if try reading({ try isCurrent(workspace, schemas) }) { return }
        guard options.access != .readOnly else {
            throw SchemaError(file: fileName, reason: .outdated(schema: schemas.first?.name ?? ""))
        }
        try transaction {
            // Another process may have been faster.
            if try isCurrent(workspace, schemas) { return }
            try markFile()
            var known = try storedVersions()
            for schema in schemas { try migrate(schema, from: known.removeValue(forKey: schema.name) ?? 0) }
            if let workspace, try workspaceName() == nil {
                let statement = try statement(Self.setWorkspace)
                statement.bind(1, workspace)
                try statement.run()
            }
        }
    }

    /// The name of the workspace that the database belongs to, once it has one.
    package func workspaceName() throws -> String? {
        try statement(Self.workspace).first { $0.string(0) }
    }

    /// Whether nothing needs to be written. Throws if the database is not to be used at all.
    private func isCurrent(_ workspace: String?, _ schemas: [Schema]) throws -> Bool {
        guard try isMarked() else { return false }
        let owner = try workspaceName()
        if let owner, let workspace, owner != workspace {
            throw SchemaError(file: fileName, reason: .otherWorkspace(found: owner, asked: workspace))
        }
        var isCurrent = workspace == nil || owner != nil
        let stored = try storedVersions()
        for schema in schemas {
            let found = stored[schema.name] ?? 0
            let known = Int64(schema.steps.count)
            if found > known {
                throw SchemaError(file: fileName, reason: .newer(schema: schema.name, found: found, known: known))
            }
            if found < known { isCurrent = false }
        }
        return isCurrent
    }

    private func isMarked() throws -> Bool {
        let mark = try statement("PRAGMA application_id").first { $0.integer(0) } ?? 0
        if mark == Self.applicationID { return true }
        let tables = try statement("SELECT count(*) FROM sqlite_schema").first { $0.integer(0) } ?? 0
        guard mark == 0, tables == 0 else { throw SchemaError(file: fileName, reason: .otherProgram) }
        return false
    }

    private func markFile() throws {
        if try isMarked() { return }
        try execute(
            """
            PRAGMA application_id=\(Self.applicationID);
            CREATE TABLE postern_schema (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE postern_workspace (name TEXT NOT NULL)
            """)
    }

    private func storedVersions() throws -> [String: Int64] {
        var versions: [String: Int64] = [:]
        try statement(Self.versions).forEach { versions[$0.string(0)] = $0.integer(1) }
        return versions
    }

    private func migrate(_ schema: Schema, from version: Int64) throws {
        let first = Int(version)
        guard first < schema.steps.count else { return }
        for step in schema.steps[first...] { try execute(step) }
        let statement = try statement(Self.setVersion)
        statement.bind(1, schema.name)
        statement.bind(2, Int64(schema.steps.count))
        try statement.run()
    }

    private var fileName: String {
        switch options.place {
        case .memory: "the database in memory"
        case .file(let path): path
        }
    }
}
