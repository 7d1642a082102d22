extension Verifier {
    /// Whether a body that was changed or cut short would be noticed.
    package var coversBody: Bool { rule.scheme.coversBody }

    /// The header that brings this location's token or password, in lower case: nothing that may be kept.
    package var credentialHeader: String? {
        switch rule.scheme {
        case .basic: "authorization"
        case .token(let token):
            switch token.place {
            case .header(let name, _): name.lowercased()
            case .bearer: "authorization"
            case .query, .form, .json: nil
            }
        case .jws(let scheme):
            // Whoever has such a token can send it with another body.
            scheme.bodyClaim == nil ? scheme.place.headerName?.lowercased() : nil
        default: nil
        }
    }

    /// The parameter of the query string that brings this location's token: nothing that may be kept.
    package var credentialParameter: String? { rule.tokenParameter }

    /// What to answer once an event is accepted: the sender's own status, else 202.
    package var acceptedStatus: Int { rule.profile?.successStatus ?? 202 }

    /// What the answer to an accepted event has to hold.
    package var acceptedBody: String? {
        if case .text(let text)? = rule.profile?.answerBody { text } else { nil }
    }

    /// Whether the sender wants its answers without a body, refusals among them.
    package var answersWithoutBody: Bool { rule.profile?.answerBody == SenderProfile.AnswerBody.none }

    /// The header of a verified request that every answer to it repeats.
    package var repeatedHeader: String? { rule.profile?.repeatedHeader }

    /// Whether some status makes the sender give the address up.
    package var maybeGivesUp: Bool { rule.profile?.disabling.isEmpty == false }

    /// What the sender is told where the status of an event's answer would make it give the address up; nil where it
    /// would not.
    package func statusThatKeeps(_ status: Int) -> Int? {
        guard let disabling = rule.profile?.disabling, disabling.contains(status) else { return nil }
        return [500, 503].first { !disabling.contains($0) }
    }

    /// Whether the sender's `GET` requests are events like its others.
    package var getIsEvent: Bool { rule.profile?.getIsEvent ?? false }
}
