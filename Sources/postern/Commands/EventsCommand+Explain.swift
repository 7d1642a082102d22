import Inbox
import Intake
import Storage

extension EventsCommand {
    /// `postern events explain [ID]`: why a request was refused, or why an event is in its state.
    static func explain(_ text: String?, _ arguments: Arguments) throws {
        if let option = ["state"].first(where: arguments.contains) { throw UsageError("explain takes no --\(option)") }
        guard let text else { return try listRefused(arguments) }
        if let option = ["limit", "location"].first(where: arguments.contains) {
            throw UsageError("explain with an id takes no --\(option)")
        }
        guard let id = EventID(text) else { throw UsageError("\(text) is no id of an event or of a refused request") }
        let paths = try databases(arguments)
        for path in paths where try explain(id, in: path, arguments) { return }
        throw CommandFailure(
            "there is neither an event nor a refused request \(id.text) in \(paths.joined(separator: ", ")); of refused requests "
                + "only the latest are kept, and not all of those that come at once")
    }

    private static func explain(_ id: EventID, in path: String, _ arguments: Arguments) throws -> Bool {
        let isJSON = arguments.contains("json")
        let database = try reader(path, Inbox.schema)
        if let event = try Inbox(owner: nil).event(id, on: database) {
            Standard.output(isJSON ? StateText.json(event) + "\n" : StateText.page(event, at: Clock.now()))
            return true
        }
        guard let quarantine = try quarantine(of: path), let request = try Quarantine().request(id, on: quarantine) else { return false }
        let explanation = Explanation(request, try KnownLocations(database, quarantine: quarantine))
        Standard.output(isJSON ? RefusalText.json(request, explanation) + "\n" : RefusalText.page(request, explanation))
        return true
    }

    private static func listRefused(_ arguments: Arguments) throws {
        var rest = 100
        if let text = arguments["limit"] {
            guard let limit = Int(text), limit > 0 else { throw UsageError("--limit is a number") }
            rest = limit
        }
        let location = arguments["location"]
        var isKnown = location == nil
        for path in try databases(arguments) {
            let quarantine = try quarantine(of: path)
            let known = try KnownLocations(try reader(path, Inbox.schema), quarantine: quarantine)
            isKnown = isKnown || known.names.contains { $0 == location }
            let requests = try quarantine.map { try Quarantine().list(location: location, limit: rest, on: $0) } ?? []
            for request in requests {
                Standard.output((arguments.contains("json") ? RefusalText.json(request) : RefusalText.line(request)) + "\n")
            }
            rest -= requests.count
            tellOff(known, location, path)
        }
        guard isKnown else {
            throw CommandFailure(
                "no location called \(Log.escaped(location ?? "")) has been served from there yet; its name is POSTERN_NAME")
        }
    }

    /// Says of which locations no refused request is kept, and how to have them kept.
    private static func tellOff(_ known: KnownLocations, _ location: String?, _ path: String) {
        let names = known.names.filter { (location == nil || $0 == location) && known.quarantine(of: $0) == 0 }
        guard !names.isEmpty else { return }
        Standard.error(
            Log.escaped("no refused requests are kept of \(names.joined(separator: ", ")) (\(path))")
                + ": set POSTERN_QUARANTINE there to how many\nare to be, for example fastcgi_param POSTERN_QUARANTINE 20; in nginx, "
                + "SetEnv POSTERN_QUARANTINE 20 in Apache,\nquarantine = 20 in a route file\n")
    }

    private static func quarantine(of database: String) throws -> Connection? {
        let path = Quarantine.path(beside: database)
        guard FileContents.fingerprint(path) != nil else { return nil }
        do {
            return try reader(path, Quarantine.schema)
        } catch let error as SchemaError where error.isOutdated {
            // A full disk has left a file without tables.
            return nil
        }
    }

    private static func reader(_ path: String, _ schema: Schema) throws -> Connection {
        let connection = try Connection(.reader(path))
        try connection.prepare(workspace: nil, schemas: [schema])
        return connection
    }
}
