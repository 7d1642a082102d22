import Inbox
import Intake
import Storage

extension EventsCommand {
    /// `postern events enroll LOCATION`: opens the window in which a location takes the secret that its sender hands over.
    static func enroll(_ location: String, _ arguments: Arguments) throws {
        if let option = ["json", "state", "limit", "location"].first(where: arguments.contains) {
            throw UsageError("enroll takes no --\(option)")
        }
        let path = try arguments["database"] ?? database(knowing: location)
        guard FileContents.fingerprint(path) != nil else { throw CommandFailure("\(path) does not exist or cannot be reached; the first request to the location makes it") }
        var options = Connection.Options(.file(path), .readWrite)
        options.checkpointsOnClose = false
        let connection = try Connection(options)
        try connection.prepare(workspace: nil, schemas: [Inbox.schema])
        let inbox = Inbox(owner: nil)
        if let settings = try inbox.locationSettings(location, on: connection) {
            try checkEnrols(settings, location)
        } else {
            Standard.error(
                "warning: no location called \(location) has been served from this database yet; its name is POSTERN_NAME\n")
        }
        let until = try connection.transaction { try inbox.openEnrolment(location, at: Clock.now(), on: connection) }
        Standard.output(
            "\(location) takes its sender's secret until \(DateText.utc(until)), once: have the sender set up its webhook now\n")
    }

    /// The one database in the usual folder that knows the location, or the only one there is.
    private static func database(knowing location: String) throws -> String {
        let files = DatabaseFolder.files(in: Deployments.defaultFolder)
        let knowing = files.filter { file in
            guard let connection = try? Connection(.reader(file)),
                (try? connection.prepare(workspace: nil, schemas: [Inbox.schema])) != nil
            else { return false }
            return (try? Inbox(owner: nil).locationSettings(location, on: connection)) ?? nil != nil
        }
        let candidates = knowing.isEmpty ? files : knowing
        guard candidates.count == 1, let file = candidates.first else {
            throw UsageError(
                candidates.isEmpty
                    ? "--database is missing, and there is no database in \(Deployments.defaultFolder)"
                    : "--database is missing, and there are several: " + candidates.joined(separator: ", "))
        }
        return file
    }

    private static func checkEnrols(_ settings: String, _ location: String) throws {
        do throws(SettingError) {
            switch try EnrolmentState(settings: settings, location: location) {
            case .waits: break
            case .hasSecret(let path):
                throw SettingError(
                    location, "has a secret already, in \(path)",
                    remedy: "to take a new one, move that file away first; until it has come all events are refused")
            case .isOther(let sender):
                throw SettingError(
                    location, "is a location of \(sender), whose secret does not come in a handshake",
                    remedy: "put the secret into the file that POSTERN_SECRET names")
            }
        } catch {
            throw CommandFailure(error.description)
        }
    }
}
