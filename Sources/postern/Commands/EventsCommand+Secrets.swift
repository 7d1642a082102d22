import Inbox
import Intake
import Storage

extension EventsCommand {
    /// `postern events secrets`: of what use each secret was.
    static func secrets(_ location: String?, _ arguments: Arguments) throws {
        if let option = ["state", "limit", "location"].first(where: arguments.contains) {
            throw UsageError("secrets takes no --\(option)")
        }
        var isFound = false
        for path in try databases(arguments) {
            for report in try reports(path) where location == nil || report.location == location {
                isFound = true
                Standard.output(arguments.contains("json") ? SecretText.json(report) + "\n" : SecretText.page(report))
            }
        }
        guard !isFound else { return }
        throw CommandFailure(
            location.map { "no location called \($0) has been served from there yet; its name is POSTERN_NAME" }
                ?? "no location has been served from there yet")
    }

    private static func reports(_ path: String) throws -> [SecretReport] {
        let connection = try Connection(.reader(path))
        try connection.prepare(workspace: nil, schemas: [Inbox.schema])
        let inbox = Inbox(owner: nil)
        let (locations, uses, key) = try connection.reading {
            (
                try inbox.locations(on: connection), try inbox.secretUses(on: connection),
                try inbox.fingerprintKey(on: connection)
            )
        }
        let fingerprints = try key.map { try SecretFingerprints($0) }
        let names = Set(locations.map(\.name)).union(uses.map(\.location)).sorted()
        return names.map { name in
            SecretReport(
                location: name, settings: locations.first { $0.name == name }?.settings,
                uses: uses.filter { $0.location == name }, fingerprints: fingerprints, at: Clock.now())
        }
    }

    /// The databases that are named, else all in the usual folder.
    static func databases(_ arguments: Arguments) throws -> [String] {
        let named = arguments.all("database")
        let paths = named.isEmpty ? DatabaseFolder.files(in: Deployments.defaultFolder) : named
        guard !paths.isEmpty else {
            throw UsageError("--database is missing, and there is no database in \(Deployments.defaultFolder)")
        }
        for path in paths where FileContents.fingerprint(path) == nil {
            throw CommandFailure("\(path) does not exist or cannot be reached")
        }
        return paths
    }
}
