import Inbox
import Records
import Storage
import Synchronization
import XanoScript

/// The workspaces and databases that this process has open.
package final class Deployments: Sendable {
    private struct Key: Hashable {
        var workspace: String
        var database: String
    }

    private let use: Store.Use
    private let timer: DeadlineTimer
    private let log: Log
    private let known = Mutex<[Key: Deployment]>([:])
    /// Opening is rare and slow: one at a time, so that no file is opened twice.
    private let opening = Mutex(())
    /// Told of each deployment once it is open.
    private let opened: @Sendable (Deployment) -> Void

    package init(
        use: Store.Use, timer: DeadlineTimer, log: Log, opened: @escaping @Sendable (Deployment) -> Void = { _ in }
    ) {
        self.use = use
        self.timer = timer
        self.log = log
        self.opened = opened
    }

    /// Whether the process answers one request and ends: then nothing is told that each request would tell again.
    var isShortLived: Bool { if case .singleRequest = use { true } else { false } }

    package var all: [Deployment] { known.withLock { Array($0.values) } }

    /// The folder of databases that no setting names.
    package static let defaultFolder = "/var/lib/postern"

    /// - Throws: `SettingError` that names the workspace or the database.
    func deployment(for settings: LocationSettings, rules: FileRules) throws(SettingError) -> Deployment {
        let directory = settings.workspace
        try check(settings, rules)
        if let database = settings.database, let found = known.withLock({ $0[Key(workspace: directory, database: database)] }) {
            return found
        }
        let workspace: ActiveWorkspace
        do throws(WorkspaceProblem) {
            workspace = try ActiveWorkspace(directory: directory)
        } catch {
            throw SettingError(settings.entries.title(.workspace), error.problem, remedy: error.remedy)
        }
        let database = try database(of: settings, named: workspace.workspace.name, rules)
        let key = Key(workspace: directory, database: database)
        return try opening.withLock { _ throws(SettingError) in
            if let found = known.withLock({ $0[key] }) { return found }
            if known.withLock({ $0.keys.contains { $0.database == database } }) {
                throw SettingError(
                    settings.entries.title(.database), "\(database) is open for another folder of the same name",
                    remedy: "give the two workspaces a database each")
            }
            let deployment = try open(workspace, key, settings, rules)
            if !isShortLived { deployment.tellUnsupported() }
            known.withLock { $0[key] = deployment }
            opened(deployment)
            return deployment
        }
    }

    /// Applies the rules for files to the workspace's.
    func check(_ settings: LocationSettings, _ rules: FileRules) throws(SettingError) {
        let title = settings.entries.title(.workspace)
        do throws(FileRules.Violation) {
            try rules.checkTree(settings.workspace, outside: settings.documentRoot)
        } catch {
            throw SettingError(title, error.problem, remedy: error.remedy)
        }
    }

    /// Where the database of a location lies, or will.
    ///
    /// - Parameter name: the workspace's
    func database(of settings: LocationSettings, named name: String, _ rules: FileRules) throws(SettingError) -> String {
        let title = settings.entries.title(.database)
        var path = settings.database
        if path == nil {
            guard !name.contains("/"), !name.isEmpty, name != ".", name != ".." else {
                throw SettingError(title, "cannot be made of the workspace's name", remedy: "name the database file")
            }
            path = "\(Self.defaultFolder)/\(name).sqlite"
        }
        do throws(FileRules.Violation) {
            return try rules.checkPlaceToBe(path ?? "", outside: settings.documentRoot)
        } catch {
            throw SettingError(title, error.problem, remedy: error.remedy)
        }
    }

    private func open(
        _ workspace: ActiveWorkspace, _ key: Key, _ settings: LocationSettings, _ rules: FileRules
    ) throws(SettingError) -> Deployment {
        let (name, schema) = (workspace.workspace.name, workspace.schema)
        do {
            let fingerprintKey = FingerprintKey()
            let store = try Store(key.database, use: use) { connection in
                try connection.prepare(workspace: name, schemas: [Inbox.schema, Records.ownTables])
                try fingerprintKey.find(Inbox(owner: nil), on: connection)
                try schema.migrate(connection, now: Clock.now())
            }
            let inbox = Inbox(owner: try ClaimOwner(database: key.database))
            return Deployment(
                workspace, directory: key.workspace, store: store, inbox: inbox,
                fingerprints: try fingerprintKey.fingerprints, isShortLived: isShortLived, timer: timer, log: log
            ) {
                try rules.checkTree(key.workspace, outside: settings.documentRoot)
            }
        } catch let error as MigrationError {
            throw SettingError(
                settings.entries.title(.workspace), "does not fit the records in \(key.database): \(error)",
                remedy: "postern migrate --plan shows all there is; undo the change of the table, or use a new database")
        } catch let error as DatabaseError {
            throw SettingError(
                settings.entries.title(.database), "\(key.database) cannot be used: \(error.message)",
                remedy: error.remedy ?? "look at the file")
        } catch {
            throw SettingError(
                settings.entries.title(.database), "cannot be used: \(error)", remedy: "name a file that is Postern's own")
        }
    }
}
