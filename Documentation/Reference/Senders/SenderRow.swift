import Verification

/// A sender's line of the table.
struct SenderRow {
    private let sender: SenderDescription
    private var profile: SenderProfile { sender.profile }

    init(_ sender: SenderDescription) {
        self.sender = sender
    }

    var text: String {
        let cells = [
            ["`\(profile.name)`", profile.title], [sender.algorithm, sender.placement], [signed], identity, profile.handshakes.map(\.brief),
            answer, needs + profile.notes, [profile.confidence.rawValue],
        ]
        return "| " + cells.map { $0.map(Self.escaped).joined(separator: "<br>") }.joined(separator: " | ") + " |"
    }

    private var signed: String {
        guard !sender.signedParts.isEmpty else { return "nothing" }
        let parts = sender.signedParts.joined(separator: ", ")
        // A timestamp that stands in the body is none of the parts.
        let isHidden = sender.rule.defaultTolerance != nil && !sender.signedParts.contains { $0.lowercased().contains("timestamp") }
        return isHidden ? parts + " (a timestamp stands in it)" : parts
    }

    private var identity: [String] {
        guard let field = profile.idField, let identity = profile.identity else { return [] }
        return ["`\(field.text)`", identity.rawValue.replacing("-id", with: "") + (sender.coversID == true ? "" : ", not signed")]
    }

    private var answer: [String] {
        var parts = [profile.deadline.map { "in \($0) s" }, profile.successStatus.map { "\($0)" }].compactMap { $0 }
        switch profile.answerBody {
        case .any: break
        case .none: parts.append("without a body")
        case .text(let text): parts.append("`\(text)`")
        }
        if !profile.disabling.isEmpty { parts.append("\(profile.disabling) ends it") }
        if !profile.stopping.isEmpty { parts.append("\(profile.stopping) stops retries") }
        return parts
    }

    /// What a location has to say beside name and secret.
    private var needs: [String] {
        var needs = profile.requiredParameters.map { "Needs `\($0.name)=`, \($0.meaning)." }
        if sender.rule.needsURL { needs.append("Needs `POSTERN_URL`.") }
        if profile.takesVerifyToken { needs.append("Takes `verify-token=`.") }
        if !sender.rule.needsSecret { needs.append("Needs no secret.") }
        if profile.isKnownByAddress { needs.append("Needs `ip=`.") }
        needs += profile.addresses.map { "[Addresses](\($0.url))." }
        return needs
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
    }
}
