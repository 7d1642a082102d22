import Values
import Verification

/// `postern senders`
enum SendersCommand: CommandDefinition {
    static let name = "senders"
    static let summary = "Lists the senders that are known by name, or shows all about one, with locations to copy."
    static let operands = "[NAME] [--workspace DIR] [--json]"
    static let details = """
        With a name it shows what the sender signs and how, what that leaves open, what it makes of answers, and a
        location for nginx, one for Apache and a route file for shared hosts. --json prints one object, or one a line.
        """
    static let options = [SigningOptions.workspace, Option("json", nil, "print JSON")]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.count <= 1 else { throw UsageError("senders takes one name") }
        let own = try SigningOptions.senders(arguments)
        guard let name = arguments.operands.first else {
            let senders = try all(own).map { try SenderDescription($0) }
            Standard.output(arguments.contains("json") ? senders.map { SenderJSON.text($0) + "\n" }.joined() : SenderText.list(senders))
            return
        }
        guard let profile = try profile(name, own) else { throw try unknown(name, own) }
        let sender = try SenderDescription(profile)
        Standard.output(arguments.contains("json") ? SenderJSON.text(sender) + "\n" : SenderText.page(sender))
    }

    /// Those of the workspace, then those of the catalogue.
    private static func all(_ own: OwnSenders) throws -> [SenderProfile] {
        try (own.names.sorted() + SenderCatalogue.names.sorted()).compactMap { try profile($0, own) }
    }

    private static func profile(_ name: String, _ own: OwnSenders) throws -> SenderProfile? {
        do throws(SettingProblem) {
            if let profile = try own.profile(of: name) { return profile }
            return try SenderCatalogue.profile(of: name)
        } catch {
            throw CommandFailure("--workspace: \(error.problem); \(error.remedy)")
        }
    }

    /// Names the senders that may have been meant.
    private static func unknown(_ name: String, _ own: OwnSenders) throws -> CommandFailure {
        let wanted = name.lowercased()
        let profiles = try all(own)
        var near = profiles.filter { $0.name.contains(wanted) || $0.title.lowercased().contains(wanted) }.map(\.name)
        // A letter stands in nearly all of them.
        if wanted.count < 2 { near = [] }
        if let nearest = NearestName.of(name, among: profiles.map(\.name)), !near.contains(nearest) { near.insert(nearest, at: 0) }
        let hint = near.isEmpty ? "postern senders lists them all" : "did you mean \(near.prefix(8).joined(separator: ", "))?"
        return CommandFailure("no sender of this name is known; \(hint)")
    }
}
