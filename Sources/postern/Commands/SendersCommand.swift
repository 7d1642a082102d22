import Values
import Verification

/// `postern senders`
enum SendersCommand: CommandDefinition {
    static let name = "senders"
    static let summary = "Lists the senders that are known by name, or shows all about one, with locations to copy."
    static let operands = "[NAME] [--json]"
    static let details = """
        With a name it shows what the sender signs and how, what that leaves open, what it makes of answers, and a
        location for nginx, one for Apache and a route file for shared hosts. --json prints one object, or one a line.
        """
    static let options = [Option("json", nil, "print JSON")]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.count <= 1 else { throw UsageError("senders takes one name") }
        guard let name = arguments.operands.first else {
            let senders = try all().map { try SenderDescription($0) }
            Standard.output(arguments.contains("json") ? senders.map { SenderJSON.text($0) + "\n" }.joined() : SenderText.list(senders))
            return
        }
        guard let profile = try SenderCatalogue.profile(of: name) else { throw try unknown(name) }
        let sender = try SenderDescription(profile)
        Standard.output(arguments.contains("json") ? SenderJSON.text(sender) + "\n" : SenderText.page(sender))
    }

    private static func all() throws -> [SenderProfile] {
        try SenderCatalogue.names.sorted().compactMap { try SenderCatalogue.profile(of: $0) }
    }

    /// Names the senders that may have been meant.
    private static func unknown(_ name: String) throws -> CommandFailure {
        let wanted = name.lowercased()
        let profiles = try all()
        var near = profiles.filter { $0.name.contains(wanted) || $0.title.lowercased().contains(wanted) }.map(\.name)
        if wanted.count < 2 { near = [] }
        if let nearest = NearestName.of(name, among: profiles.map(\.name)), !near.contains(nearest) { near.insert(nearest, at: 0) }
        let hint = near.isEmpty ? "postern senders lists them all" : "did you mean \(near.prefix(8).joined(separator: ", "))?"
        return CommandFailure("no sender of this name is known; \(hint)")
    }
}
