import Inbox
import Intake
import Storage
import Values

/// `postern events`
enum EventsCommand: CommandDefinition {
    static let name = "events"
    static let summary = "Lists and explains events and refused requests, says which secrets are in use, lets a secret in."
    static let operands = "list|show|explain|secrets|enroll [ID|LOCATION] [--database FILE] [options]"
    static let details = """
        list prints the latest events first. --json prints one object a line with id, state, location, sender,
        received (milliseconds since 1970), attempts and more.

        explain with the id of an event says why it is in its state. Without an id it lists the refused requests that were
        kept, the latest first; with the id of one it says why that was refused: it is judged again as of its time of
        receipt, with the secrets that its location has now, and what is wrong with it is looked for by trying the usual
        mistakes. POSTERN_QUARANTINE of a location says how many of its refused requests are kept: 0 if it is not set.

        secrets shows for each location, or for the one that is named, each secret by a fingerprint and by the line or
        variable that it stands in: when it last verified anything, how many events, and whether it may be taken out.
        Without --database both look at all of \(Deployments.defaultFolder).

        enroll is for senders that hand their secret over when a webhook is set up. For ten minutes the location takes
        one, the first that comes, and keeps it in the file that POSTERN_SECRET names, if that is not there yet. Then set
        the webhook up. Without --database it is the one in \(Deployments.defaultFolder) that knows the location.
        """
    static let options = [
        Option("database", "FILE", "the database; explain and secrets take several", repeatable: true),
        Option("json", nil, "print JSON"),
        Option("state", "STATE", "only these: " + EventState.allCases.map(\.name).joined(separator: ", ")),
        Option("location", "NAME", "only those of this location"),
        Option("limit", "N", "at most so many (100, with --json all)"),
    ]

    static func run(_ arguments: Arguments) throws {
        guard let what = arguments.operands.first else { throw UsageError("say list, show, explain, secrets or enroll") }
        if what == "explain" {
            guard arguments.operands.count <= 2 else { throw UsageError("explain takes one id, or none") }
            return try explain(arguments.operands.count == 2 ? arguments.operands[1] : nil, arguments)
        }
        if what == "secrets" {
            guard arguments.operands.count <= 2 else { throw UsageError("secrets takes the name of one location, or none") }
            return try secrets(arguments.operands.count == 2 ? arguments.operands[1] : nil, arguments)
        }
        guard arguments.all("database").count <= 1 else { throw UsageError("--database is given twice") }
        if what == "enroll" {
            guard arguments.operands.count == 2 else { throw UsageError("enroll takes the name of one location") }
            return try enroll(arguments.operands[1], arguments)
        }
        guard let path = arguments["database"] else { throw UsageError("--database is missing") }
        guard what == "list" && arguments.operands.count == 1 || what == "show" && arguments.operands.count == 2 else {
            throw UsageError(what == "show" ? "show takes the id of one event" : "events knows list, show, explain, secrets and enroll")
        }
        guard FileContents.fingerprint(path) != nil else { throw CommandFailure("\(path) does not exist or cannot be reached") }
        let connection = try Connection(.reader(path))
        try connection.prepare(workspace: nil, schemas: [Inbox.schema])
        if what == "list" {
            try list(arguments, connection)
        } else {
            try show(arguments.operands[1], arguments, connection)
        }
    }

    private static func list(_ arguments: Arguments, _ connection: Connection) throws {
        var filter = EventFilter(location: arguments["location"])
        if let name = arguments["state"] {
            guard let state = EventState(name: name) else {
                throw UsageError("--state is one of " + EventState.allCases.map(\.name).joined(separator: ", "))
            }
            filter.state = state
        }
        let isJSON = arguments.contains("json")
        var rest = isJSON ? Int.max : 100
        if let text = arguments["limit"] {
            guard let limit = Int(text), limit > 0 else { throw UsageError("--limit is a number") }
            rest = limit
        }
        var before: Int64?
        while rest > 0 {
            let page = try Inbox(owner: nil).list(filter, before: before, limit: min(rest, 500), on: connection)
            for event in page { Standard.output(isJSON ? EventText.json(event) + "\n" : EventText.line(event) + "\n") }
            guard let last = page.last, page.count == min(rest, 500) else { return }
            before = last.sequence
            rest -= page.count
        }
    }

    private static func show(_ text: String, _ arguments: Arguments, _ connection: Connection) throws {
        guard let id = EventID(text) else { throw UsageError("\(text) is no event's id") }
        guard let event = try Inbox(owner: nil).event(id, on: connection) else {
            throw CommandFailure("there is no event \(id.text) in this database")
        }
        let locations = try KnownLocations(connection, quarantine: nil)
        let body = event.request.flatMap { locations.shownBody(of: $0, at: event.summary.location) }
        Standard.output(arguments.contains("json") ? EventText.json(event, body: body) + "\n" : EventText.page(event, body: body))
    }
}
