import Cryptography
internal import Values

/// An event as a sender might send it, before it is signed: the operator's own body, or a sample.
struct EventDraft: Sendable {
    let rule: VerificationRule
    let settings: ProbeSettings

    /// Shows in each sample what it is.
    static let marker = "Sent by postern selftest; nothing has happened."
    /// The same with a number that goes with the id and is not the id: under `POSTERN_DEDUPE=body` nothing else makes one
    /// event another.
    static func note(_ id: String) -> String { "\(marker) Number \(String(id.suffix(12).reversed()))." }
    /// The word of it that is changed where a byte is.
    static let changeable = "nothing"
    static let boundary = "postern-selftest-boundary"
    static let formType = "application/x-www-form-urlencoded"

    enum Kind { case none, json, form, parts, xml }

    /// - Parameters:
    ///   - id: of the delivery or event.
    ///   - padding: how many bytes to add; nil for nothing, not even their name.
    func message(id: String, padding: Int? = nil) -> OutgoingMessage {
        let headers = settings.headers.map { OutgoingMessage.Header($0.name, $0.value) }
        var message = OutgoingMessage(method: settings.method, uri: settings.uri, headers: headers, id: id)
        if let body = settings.body, kind != .none {
            message.body = Self.padded(with(id, in: body, message), padding, isForm: isForm(message))
        } else {
            let sample = sample(id, padding)
            message.body = sample.body
            if let type = sample.type, message.value(of: "Content-Type") == nil {
                message.headers.append(.init("Content-Type", type))
            }
        }
        for name in neededHeaders where message.value(of: name) == nil {
            message.headers.append(.init(name, settings.eventType))
        }
        if case .field(.header(let name))? = settings.dedupe, message.value(of: name) == nil {
            message.headers.append(.init(name, id))
        }
        return message
    }

    /// Where the id stands: for the sender, and for `POSTERN_DEDUPE`.
    var idFields: [RequestField] {
        var fields = [rule.profile?.idField].compactMap { $0 }
        if case .field(let field)? = settings.dedupe, !fields.contains(field) { fields.append(field) }
        return fields
    }

    /// An id that nothing else has, in the form of the one that stands in the operator's own body.
    func makeID() throws(SigningError) -> String {
        do throws(CryptographyError) {
            let bytes = try SecureRandom.bytes(count: 12)
            guard hasNumericID else { return "postern-selftest-" + Hexadecimal.encode(bytes) }
            return "1" + bytes.map { String($0 % 10) }.joined()
        } catch {
            throw .library(error.description)
        }
    }

    /// Headers that the sender has on each event: the type, and what is signed beside the body.
    private var neededHeaders: [String] {
        var names: [String] = []
        if case .header(let name)? = rule.profile?.eventTypeField { names.append(name) }
        return names + (rule.scheme.form?.template.headers ?? [])
    }

    private func isForm(_ message: OutgoingMessage) -> Bool {
        message.value(of: "Content-Type").map { TwilioCheck.isForm($0) } ?? (kind == .form)
    }
}
