import Values

/// `POSTERN_DEDUPE`: what makes two deliveries one event.
package enum DedupeRule: Sendable, Equatable {
    /// What the catalogue and the scheme allow.
    case automatic
    /// The value of a header or of a place in the body.
    case field(RequestField)
    /// The digest of the body.
    case body
    /// Every delivery is an event of its own.
    case off

    /// - Throws: `SettingProblem` for text of none of the forms.
    package init(_ text: String) throws(SettingProblem) {
        switch text {
        case "auto": self = .automatic
        case "body": self = .body
        case "off": self = .off
        default:
            guard let field = RequestField(text) else { throw Self.problem(text) }
            self = .field(field)
        }
    }

    private static func problem(_ text: String) -> SettingProblem {
        func bad(_ problem: String, _ remedy: String) -> SettingProblem {
            SettingProblem(.dedupe, .badValue, problem, remedy: remedy)
        }
        if text.hasPrefix("json:") {
            return bad("has no JSON pointer after json:", "write json:/id or json:/data/id, with ~1 for / and ~0 for ~")
        }
        if text.hasPrefix("header:") {
            return bad("has no header name after header:", "write header:X-Delivery-Id")
        }
        if text.hasPrefix("form:") {
            return bad("has no field after form:", "write form:id, or form:data:/id for a place in a field's JSON")
        }
        return bad(
            "is none of its words",
            NearestName.hint(text, among: ["auto", "body", "off"])
                ?? "write auto, header:NAME, json:/pointer, form:NAME, body or off")
    }
}

/// What makes two deliveries one event, together with the location.
package struct DedupeKey: Sendable, Hashable {
    /// Where the value comes from: `json:/id`, `header:x-github-delivery+body`, `signed`, `body`.
    package let kind: String
    /// The id; or a SHA-256 digest; or both one after the other, where the kind ends with `+body`.
    package let value: [UInt8]

    package init(kind: String, value: [UInt8]) {
        self.kind = kind
        self.value = value
    }
}
