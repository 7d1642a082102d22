/// What the catalogue says about one sender.
package struct SenderProfile: Sendable {
    /// What a sender's id tells apart.
    package enum Identity: String, Sendable {
        /// One delivery; a redelivery has the same id.
        case delivery = "delivery-id"
        /// One event; all its deliveries have the same id.
        case event = "event-id"
        /// A thing that the event is about. Many events have the same id, so it never makes two of them one.
        case object = "object-id"
    }

    /// What the sender wants to read in an answer.
    package enum AnswerBody: Sendable, Equatable {
        case any
        /// No answer may have a body.
        case none
        /// This text, in the answer to an accepted event.
        case text(String)
    }

    package enum Confidence: String, Sendable {
        /// The sender's own documentation or library was read.
        case primary
        /// Somebody else's text was read.
        case secondary
    }

    /// As in `POSTERN_VERIFY`.
    package let name: String
    package let title: String
    /// As in `POSTERN_VERIFY`, if the sender had no name.
    package let schemeText: String
    package internal(set) var identity: Identity?
    package internal(set) var idField: RequestField?
    package internal(set) var eventTypeField: RequestField?
    /// Seconds; nil for 300.
    package internal(set) var tolerance: Int64?
    /// What to answer once an event is accepted; nil where any 2xx will do.
    package internal(set) var successStatus: Int?
    /// The statuses after which it gives the address up.
    package internal(set) var disabling = StatusSet()
    /// The statuses after which it does not send the event again.
    package internal(set) var stopping = StatusSet()
    package internal(set) var answerBody = AnswerBody.any
    /// Seconds within which the sender wants its answer.
    package internal(set) var deadline: Int?
    /// The questions by which it makes sure of an address; the first that a request is counts.
    package internal(set) var handshakes: [Handshake] = []
    /// What the sender's bodies are, for signing; nil for JSON.
    package internal(set) var contentType: String?
    /// Whether its `GET` requests are events like its others.
    package internal(set) var getIsEvent = false
    package internal(set) var sources: [String] = []
    package internal(set) var confidence = Confidence.secondary
    package internal(set) var notes: [String] = []
    /// What a user may say after the sender's name.
    package internal(set) var parameters: [Parameter] = []

    /// A parameter of the scheme that a user gives.
    package struct Parameter: Sendable, Equatable {
        package let name: String
        /// What it is, in words.
        package let meaning: String
        /// Whether it binds the sender, whose signature anybody can obtain, to its owner: then it has to be there, and
        /// `any` says expressly that anybody may call.
        package var isBinding = false
    }
}

extension SenderProfile {
    /// The sender's scheme, with what a user says after the name, and the names of those parameters of which any value
    /// will do.
    ///
    /// - Throws: `SettingProblem` for a parameter that the sender does not take, or that is missing.
    func scheme(_ words: ArraySlice<SettingWord>) throws(SettingProblem) -> (scheme: Scheme, unbound: [String]) {
        var given = try SchemeParameters(name, words)
        if takesVerifyToken { _ = given.takeAll(Self.verifyToken) }
        var schemeWords = try SettingWords.split(schemeText)
        var unbound: [String] = []
        var missing: Parameter?
        for parameter in parameters {
            var values = given.takeAll(parameter.name)
            if parameter.isBinding {
                if values.isEmpty, missing == nil { missing = parameter }
                if values == ["any"] {
                    unbound.append(parameter.name)
                    values = []
                }
            }
            guard !values.isEmpty else { continue }
            schemeWords.removeAll { $0.name == parameter.name && $0.value != nil }
            schemeWords += values.map { SettingWord(name: parameter.name, value: $0) }
        }
        try given.finish()
        if let missing {
            throw given.problem(
                .missingParameter,
                "lacks \(missing.name)= after \(name), without which everybody who has an account there may call",
                remedy: "name \(missing.meaning): \(missing.name)=…; \(missing.name)=any says that anybody's will do")
        }
        guard let scheme = try Scheme(schemeWords, of: name) else {
            throw SettingProblem(
                .verify, .malformed, "names \(name), whose entry in the catalogue has a bad line scheme",
                remedy: "mend the entry in Sources/Verification/Catalogue")
        }
        return (scheme, unbound)
    }
}

extension SenderProfile {
    /// Whether the id may make two deliveries one event.
    package var identifiesEvents: Bool { identity == .delivery || identity == .event }

    /// The parameter that names the source of the text that a sender brings with its question.
    static let verifyToken = "verify-token"

    /// Whether a handshake brings a text that the operator has chosen.
    package var takesVerifyToken: Bool { handshakes.contains { $0.token != nil } }

    /// Whether the secret arrives in a handshake.
    package var enrols: Bool { handshakes.contains { $0.trust == .enrol } }
}
