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
        case .none, .hmac, .digest, .twilio, .adyen, .braintree, .vonageSMS: nil
        }
    }

    /// The parameter of the query string that brings this location's token: nothing that may be kept.
    package var credentialParameter: String? {
        guard case .token(let token) = rule.scheme, case .query(let name) = token.place else { return nil }
        return name
    }

    /// What to answer once an event is accepted: the sender's own status, else 202.
    package var acceptedStatus: Int { rule.profile?.successStatus ?? 202 }

    /// Whether the sender's `GET` requests are events like its others.
    package var getIsEvent: Bool { rule.profile?.getIsEvent ?? false }
}
