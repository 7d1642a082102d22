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
    /// The file of a workspace in which it is described; nil for the catalogue's.
    package let file: String?
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
    /// The header of a verified request that every answer to it has to repeat.
    package internal(set) var repeatedHeader: String?
    /// Under which other names the headers of the scheme may come.
    package internal(set) var renaming: HeaderRenaming?
    /// Seconds within which the sender wants its answer.
    package internal(set) var deadline: Int?
    /// The questions by which it makes sure of an address; the first that a request is counts.
    package internal(set) var handshakes: [Handshake] = []
    /// What the sender's bodies are, for signing; nil for JSON.
    package internal(set) var contentType: String?
    /// What else it signs with the same secret.
    package internal(set) var otherTexts: [OtherText] = []
    /// Whether its `GET` requests are events like its others.
    package internal(set) var getIsEvent = false
    /// Where it publishes the addresses that it sends from.
    package internal(set) var addresses: [PublishedAddresses] = []
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
    /// What a setting makes of a sender.
    struct Use {
        var scheme: Scheme
        /// The names of those parameters of which any value will do.
        var unbound: [String]
        /// The addresses that the entry lists.
        var addresses: AddressRule?
    }

    /// The sender's scheme, with what a user says after the name.
    ///
    /// - Throws: `SettingProblem` for a parameter that the sender does not take, or that is missing.
    func use(_ words: ArraySlice<SettingWord>) throws(SettingProblem) -> Use {
        var given = try SchemeParameters(name, words)
        if takesVerifyToken { _ = given.takeAll(Self.verifyToken) }
        var schemeWords = try SettingWords.split(schemeText)
        let addresses = try AddressRule.take(from: &schemeWords)
        var unbound: [String] = []
        var missing: Parameter?
        for parameter in parameters {
            var values = given.takeAll(parameter.name)
            if parameter.isBinding {
                if values.isEmpty, missing == nil { missing = parameter }
                if values.contains("any") {
                    guard values.count == 1 else {
                        throw given.problem(
                            .contradiction, "has \(parameter.name)=any beside another, which it makes needless",
                            remedy: "leave \(parameter.name)=any out, so that only the ones that are named count")
                    }
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
        return Use(scheme: try scheme(schemeWords), unbound: unbound, addresses: addresses)
    }

    private func scheme(_ words: [SettingWord]) throws(SettingProblem) -> Scheme {
        let scheme: Scheme?
        do throws(SettingProblem) {
            scheme = try Scheme(words, of: name)
        } catch {
            guard let parameter = leftOut(error, words) else { throw error }
            throw SettingProblem(
                .verify, .missingParameter, "lacks \(parameter.name)= after \(name)",
                remedy: "name \(parameter.meaning): \(parameter.name)=…")
        }
        guard let scheme else {
            throw SettingProblem(
                .verify, .malformed, "names \(name), whose entry has a bad line scheme",
                remedy: "mend the entry in \(file ?? "Sources/Verification/Catalogue")")
        }
        return scheme
    }

    /// The parameter that makes a scheme whole, if its lack is all that is wrong with it.
    private func leftOut(_ problem: SettingProblem, _ words: [SettingWord]) -> Parameter? {
        guard problem.kind == .missingParameter else { return nil }
        return parameters.first { parameter in
            guard !words.contains(where: { $0.name == parameter.name && $0.value != nil }) else { return false }
            return (try? Scheme(words + [SettingWord(name: parameter.name, value: "x")], of: name)) != nil
        }
    }
}

extension SenderProfile {
    /// Whether the id may make two deliveries one event.
    package var identifiesEvents: Bool { identity == .delivery || identity == .event }

    /// The parameter that names the source of the text that a sender brings with its question.
    package static let verifyToken = "verify-token"

    /// Parameters that are no scheme's.
    static let reservedParameters = [verifyToken, AddressRule.parameter]

    /// Whether a handshake brings a text that the operator has chosen.
    package var takesVerifyToken: Bool { handshakes.contains { $0.token != nil } }

    /// Whether the secret arrives in a handshake.
    package var enrols: Bool { handshakes.contains { $0.trust == .enrol } }
}
