import FunctionStack
import Inbox
import Records
import Storage
import Synchronization
import XanoScript

/// A workspace on a database, as this process serves it.
///
/// When a file of the workspace changes, the whole is read again, and takes the place of the old one if it has no
/// errors. A broken edit leaves the old one serving.
package final class Deployment: Sendable {
    package let name: String
    package let directory: String
    package let store: Store
    let inbox: Inbox
    /// The requests that wait for the answers of events.
    let answers: AnswerWatch
    /// What senders publish.
    let keys: KnownKeys
    /// What secrets are called.
    let fingerprints: SecretFingerprints
    let secretNotes: SecretNotes
    /// Where refused requests go.
    let refusals: RefusalKeeper
    private let active: Mutex<ActiveWorkspace>
    /// What the folder looked like when it was last read, whatever came of it.
    private let seen: Mutex<WorkspaceFingerprint>
    /// One thread at a time reads the folder.
    private let isRefreshing = Atomic(false)
    private let closed = Atomic(false)
    /// Settings of locations, and their secrets, as they are known to stand in the database.
    private let saved = Mutex<[String: Saved]>([:])
    private let foundTokenKey = Mutex<[UInt8]?>(nil)
    private let log: Log
    private let checkFiles: @Sendable () throws -> Void

    /// - Parameter checkFiles: applies the rules for files before the folder is read again.
    init(
        _ workspace: ActiveWorkspace, directory: String, store: Store, inbox: Inbox, fingerprints: SecretFingerprints,
        isShortLived: Bool, timer: DeadlineTimer, log: Log,
        checkFiles: @escaping @Sendable () throws -> Void
    ) {
        self.checkFiles = checkFiles
        name = workspace.workspace.name
        self.directory = directory
        self.store = store
        self.inbox = inbox
        keys = KnownKeys(store: store, inbox: inbox)
        self.fingerprints = fingerprints
        secretNotes = SecretNotes(store: store, inbox: inbox, log: log)
        refusals = RefusalKeeper(database: store.path, fingerprints: fingerprints, isShortLived: isShortLived, log: log)
        answers = AnswerWatch(store: store, inbox: inbox, timer: timer)
        self.log = log
        active = Mutex(workspace)
        seen = Mutex(workspace.workspace.fingerprint)
    }

    package var current: ActiveWorkspace { active.withLock { $0 } }
    var isClosed: Bool { closed.load(ordering: .acquiring) }

    func checkQuery(_ settings: LocationSettings) throws(SettingError) {
        try current.check(settings)
    }

    /// Reads the workspace again if its folder has changed.
    func refresh() {
        guard !isRefreshing.exchange(true, ordering: .acquiring) else { return }
        defer { isRefreshing.store(false, ordering: .releasing) }
        guard let fingerprint = try? WorkspaceFingerprint(directory: directory), fingerprint != seen.withLock({ $0 }) else { return }
        let before = seen.withLock { seen in
            defer { seen = fingerprint }
            return seen
        }
        do {
            try checkFiles()
            let workspace = try ActiveWorkspace(directory: directory)
            guard workspace.workspace.name == name else {
                return log.line(name, "the workspace is now called \(workspace.workspace.name); restart to serve it under that name")
            }
            try store.writer.perform { try workspace.schema.migrate($0, now: Clock.now()) }
            active.withLock { $0 = workspace }
            log.line(name, "the workspace was read again")
            tellUnsupported()
        } catch {
            // What the database could not take now is tried again.
            if error is DatabaseError { seen.withLock { $0 = before } }
            log.line(name, "the workspace has changed and is not served as it is now, the old one still is: \(error)")
        }
    }

    /// Says what of the workspace is not supported: queries that reach it answer 503.
    func tellUnsupported() {
        for diagnostic in current.program.diagnostics where diagnostic.kind == .unsupported && diagnostic.severity == .error {
            log.line(name, diagnostic.heading)
        }
    }

    /// Keeps a location's settings for workers, within the transaction of an event that needs them.
    func saveSettings(of location: ReadyLocation, at now: Int64, on connection: Connection) throws {
        let (name, new) = (location.settings.name, Saved(location))
        guard saved.withLock({ $0[name] }) != new else { return }
        try inbox.saveLocation(name, settings: new.settings, at: now, on: connection)
        try inbox.watchSecrets(new.secrets, of: name, at: now, on: connection)
    }

    private struct Saved: Equatable {
        var settings: String
        var secrets: [SecretMark]

        init(_ location: ReadyLocation) {
            settings = location.savedSettings
            secrets = location.secretMarks
        }
    }

    /// Keeps a location's settings for tasks, which run without an event of it.
    func keepSettings(of location: ReadyLocation) {
        do {
            try store.writer.perform { [self] in try saveSettings(of: location, at: Clock.now(), on: $0) }
            didSaveSettings(of: location)
        } catch {
            log.line(location.settings.name, "its settings could not be kept for the workspace's tasks: \(error)")
        }
    }

    /// Called once a transaction that saved settings is known to be committed.
    func didSaveSettings(of location: ReadyLocation) {
        saved.withLock { $0[location.settings.name] = Saved(location) }
    }

    /// The key of the tokens of signed-in users; nil as long as none was made.
    func tokenKey() throws -> [UInt8]? {
        if let key = foundTokenKey.withLock({ $0 }) { return key }
        let key = try store.readers.read { try Records.tokenKey($0) }
        // Once made it stays.
        if let key { foundTokenKey.withLock { $0 = key } }
        return key
    }

    /// Commits what is under way and closes the database.
    package func close() {
        closed.store(true, ordering: .releasing)
        refusals.finish()
        store.close()
    }
}
