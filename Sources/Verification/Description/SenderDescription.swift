/// Everything that is known about a sender, in words.
package struct SenderDescription: Sendable {
    /// What is known about one thing.
    package struct Entry: Sendable, Equatable {
        package let title: String
        /// One each, without a full stop.
        package let sentences: [String]
    }

    package let profile: SenderProfile
    /// As an example of the sender reads: `aws-sns topic=TOPIC`.
    package let rule: VerificationRule
    /// The algorithm in a few words.
    package let algorithm: String
    /// What is signed, part by part.
    package let signedParts: [String]

    /// - Throws: `SettingProblem` if the profile is malformed, which the tests rule out for the catalogue's own.
    package init(_ profile: SenderProfile) throws(SettingProblem) {
        self.profile = profile
        rule = try VerificationRule(profile, SettingWords.split(profile.example).dropFirst())
        algorithm = rule.scheme.brief
        signedParts = rule.scheme.signedParts
    }
}

extension SenderDescription {
    /// Where the signature or the token stands, and what is to be said of it first.
    package var placement: String { rule.scheme.placement.first ?? "" }

    package var coversBody: Bool { rule.scheme.coversBody }

    /// Whether the signature covers the delivery id; nil if there is none.
    package var coversID: Bool? { profile.idField.map(rule.scheme.covers) }

    /// Where the sender publishes its keys; nil if it does not.
    package var publishedKeys: String? { rule.scheme.publishedKeys }

    /// What the location leaves open: one sentence each.
    package var warnings: [String] { rule.warnings + rule.duplicateWarnings() }

    /// All that is known, in the order in which one asks for it.
    package var entries: [Entry] {
        let all: [(String, [String])] = [
            ("signature", [algorithm + ": " + (rule.scheme.placement.first ?? "")] + rule.scheme.placement.dropFirst()),
            ("signed", [signedParts.isEmpty ? "nothing of the request" : signedParts.joined(separator: ", ")]),
            ("covered", covered), ("timestamp", timestamp), ("secret", secret), ("keys", publishedKeys.map { ["published at \($0)"] } ?? []),
            ("addresses", profile.addresses.map(\.words)),
            ("address", rule.needsURL ? ["signed as the sender sees it: POSTERN_URL has to be set"] : []),
            ("parameters", parameters), ("id", identity), ("duplicates", [rule.duplicates()]),
            ("event type", profile.eventTypeField.map { [$0.words] } ?? []), ("handshake", handshakes), ("answer", profile.answers),
            ("requests", requests), ("left open", warnings), ("notes", profile.notes.filter { !Self.isOfSecret($0) }),
            ("sources", profile.sources), ("confidence", [profile.confidence.words]),
        ]
        return all.filter { !$0.1.isEmpty }.map { Entry(title: $0.0, sentences: $0.1) }
    }

    private var covered: [String] {
        guard !signedParts.isEmpty, let coversID else { return [rule.scheme.bodyCover] }
        return [rule.scheme.bodyCover + (coversID ? ", and the id" : "; not the id")]
    }

    private var timestamp: [String] {
        guard let seconds = rule.defaultTolerance else {
            return [rule.scheme.expires ? "none is signed, but the token says until when it counts (exp)" : "none is signed"]
        }
        return ["signed, and may differ from the time of receipt by \(seconds) s either way (POSTERN_TOLERANCE)"]
    }

    private var secret: [String] {
        var sentences = [rule.scheme.secretWords]
        if rule.scheme.secretUse == .optional { sentences.append("none is needed, as the keys are published; one that is given pins the key") }
        if profile.enrols { sentences.append("it arrives in the handshake: POSTERN_SECRET names a file that is not there yet") }
        return sentences + profile.notes.filter(Self.isOfSecret)
    }

    /// Whether a note says where the secret is found, which is how such notes begin.
    private static func isOfSecret(_ note: String) -> Bool { note.hasPrefix("The secret ") || note.hasPrefix("The key ") }

    private var parameters: [String] {
        var sentences = profile.requiredParameters.map { parameter in
            "\(parameter.name)= \(parameter.meaning): has to be there"
                + (parameter.isBinding ? ", for anybody can obtain the sender's signature; any takes everybody's" : "")
        }
        sentences += profile.optionalParameters.map { "\($0.name)= \($0.meaning)" }
        if profile.takesVerifyToken {
            sentences.append("\(SenderProfile.verifyToken)=file:PATH the text that you entered at the sender, for its handshake")
        }
        return sentences
    }

    private var identity: [String] {
        guard let field = profile.idField, let identity = profile.identity else { return [] }
        return ["\(field.words), \(identity.words)"]
    }

    private var handshakes: [String] { profile.handshakes.map(\.words) }

    private var requests: [String] {
        var sentences = profile.contentType.map { ["the bodies are \($0)"] } ?? []
        if !profile.otherTexts.isEmpty {
            let texts = profile.otherTexts.map(\.words).joined(separator: " and ")
            sentences.append("the same secret signs \(texts) that others get to see: a body of that form is refused")
        }
        if profile.getIsEvent { sentences.append("a GET is an event as well") }
        if let renaming = profile.renaming { sentences.append("the headers \(renaming.own)… may all come as \(renaming.other)…") }
        return sentences
    }
}

extension SenderProfile.Identity {
    /// What an id of this kind tells apart, in words.
    package var words: String {
        switch self {
        case .delivery: "the same whenever one event is delivered again"
        case .event: "one for each event"
        case .object: "of the thing that the event is about, so it makes no two of them one"
        }
    }
}

extension SenderProfile.Confidence {
    package var words: String {
        switch self {
        case .primary: "primary: read in the sender's own documentation or library"
        case .secondary: "secondary: read elsewhere"
        }
    }
}
