import Cryptography
internal import Values

/// An event as a sender might send it, before it is signed: the operator's own body, or a sample.
struct EventDraft: Sendable {
    let rule: VerificationRule
    let settings: ProbeSettings

    /// Shows in each sample what it is.
    static let marker = "Sent by postern selftest; nothing has happened."
    /// The word of it that is changed where a byte is.
    static let changeable = "nothing"
    private static let boundary = "postern-selftest-boundary"
    private static let formType = "application/x-www-form-urlencoded"

    private enum Kind { case none, json, form, parts, xml }

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
        return message
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

// MARK: The operator's own body

extension EventDraft {
    private var hasNumericID: Bool {
        guard let body = settings.body, case .json(let pointer)? = rule.profile?.idField else { return false }
        if case .integer? = EventIdentity.json(body).flatMap({ pointer.value(in: $0) }) { return true }
        return false
    }

    /// The body with another id where it has one.
    private func with(_ id: String, in body: [UInt8], _ message: OutgoingMessage) -> [UInt8] {
        switch rule.profile?.idField {
        case .json(let pointer)?:
            return Self.with(id, at: pointer, in: body) ?? body
        case .form(let name, let pointer)?:
            var message = message
            message.body = body
            guard let old = (try? message.fields())?.last(where: { $0.name == Array(name.utf8) })?.value else { return body }
            let new = pointer.map { Self.with(id, at: $0, in: old) ?? old } ?? Array(id.utf8)
            guard (try? message.setField(name, new)) != nil else { return body }
            return message.body
        case .header?, nil:
            return body
        }
    }

    private static func with(_ id: String, at pointer: JSONPointer, in body: [UInt8]) -> [UInt8]? {
        guard let document = EventIdentity.json(body), let old = pointer.value(in: document) else { return nil }
        var new = Value.text(Text(id))
        if case .integer = old, let number = Int64(id) { new = .integer(number) }
        if case .text = old {
            // Whatever else the body writes in its own way stays so.
            let spliced = Probes.replacing(JSON.print(old), with: JSON.print(new), in: body)
            if EventIdentity.json(spliced).flatMap({ pointer.value(in: $0) }) == new { return spliced }
        }
        return pointer.setting(new, in: document).map { JSON.print($0) }
    }

    private static func padded(_ body: [UInt8], _ padding: Int?, isForm: Bool) -> [UInt8] {
        guard let padding else { return body }
        if isForm { return body + Array("&padding=".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: padding) }
        if let document = EventIdentity.json(body), case .object(var object) = document {
            object["padding"] = .text(Text(String(repeating: "x", count: padding)))
            return JSON.print(.object(object))
        }
        return body + [UInt8](repeating: UInt8(ascii: " "), count: padding)
    }
}

// MARK: A sample

extension EventDraft {
    private var kind: Kind {
        if ["GET", "HEAD", "OPTIONS"].contains(settings.method) { return .none }
        if case .braintree = rule.scheme { return .xml }
        if case .travis = rule.scheme { return .json }
        if rule.scheme.documentField != nil { return .json }
        switch rule.profile?.contentType {
        case "multipart/form-data"?: return .parts
        case Self.formType?: return .form
        default: return rule.scheme.readsFields ? .form : .json
        }
    }

    private func sample(_ id: String, _ padding: Int?) -> (body: [UInt8], type: String?) {
        let fill = padding.map { String(repeating: "x", count: $0) }
        switch kind {
        case .none: return ([], nil)
        case .json: return (document(id, fill).bytes, nil)
        case .form: return (form(id, fill), Self.formType)
        case .parts: return (parts(fill), "multipart/form-data; boundary=\(Self.boundary)")
        case .xml:
            return (
                Array("<notification><kind>check</kind><note>\(Self.marker)</note>\(fill ?? "")</notification>".utf8), nil
            )
        }
    }

    private func document(_ id: String, _ fill: String?) -> SampleDocument {
        var document = SampleDocument()
        if case .sns = rule.scheme {
            // What SNS carries is a text; the signer puts it into a message of its own.
            document.setMember("postern_selftest", .text(Text(Self.marker)))
            if let fill { document.setMember("padding", .text(Text(fill))) }
            return document
        }
        if case .json(let pointer)? = rule.profile?.eventTypeField { document.set(pointer.text, .text(Text(settings.eventType))) }
        if case .json(let pointer)? = rule.profile?.idField { document.set(pointer.text, .text(Text(id))) }
        // A field's JSON may hold them as well.
        for field in [rule.profile?.eventTypeField, rule.profile?.idField] {
            guard case .form(_, let pointer?)? = field else { continue }
            document.set(pointer.text, .text(Text(field == rule.profile?.idField ? id : settings.eventType)))
        }
        for place in rule.scheme.preparedPlaces { document.prepare(place) }
        for place in rule.scheme.neededPlaces { document.set(place, .text(Text(Self.needed(place)))) }
        document.setMember("postern_selftest", .text(Text(Self.marker)))
        if let fill { document.setMember("padding", .text(Text(fill))) }
        return document
    }

    private func form(_ id: String, _ fill: String?) -> [UInt8] {
        var fields: [(String, String)] = []
        if case .form(let name, nil)? = rule.profile?.eventTypeField { fields.append((name, settings.eventType)) }
        if case .form(let name, nil)? = rule.profile?.idField { fields.append((name, id)) }
        for name in rule.scheme.neededFields { fields.append((name, Self.needed(name))) }
        fields.append(("postern_selftest", Self.marker))
        if let fill { fields.append(("padding", fill)) }
        return Array(
            fields.map { "\($0.0)=\(PercentEncoding.form.encode(Text($0.1)).string)" }.joined(separator: "&").utf8)
    }

    private func parts(_ fill: String?) -> [UInt8] {
        let fields = [("postern_selftest", Self.marker)] + (fill.map { [("padding", $0)] } ?? [])
        let parts = fields.map { name, value in
            "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        return Array((parts.joined() + "--\(Self.boundary)--\r\n").utf8)
    }

    /// What stands where the sender signs something beside the body.
    private static func needed(_ place: String) -> String {
        place.lowercased().hasSuffix("time") ? "1760000000" : "selftest"
    }
}

extension Scheme {
    /// The form field whose text is the JSON document.
    fileprivate var documentField: String? {
        if case .form(let name)? = form?.document { return name }
        if case .token(let token) = self, case .json(_, of: .form(let name)) = token.place { return name }
        return nil
    }

    /// Whether something of it stands in fields of a form.
    fileprivate var readsFields: Bool {
        switch self {
        case .twilio, .paddleClassic: true
        case .token(let token): if case .form = token.place { true } else { false }
        case .jws(let scheme): scheme.place.readsForm
        default: form?.readsForm == true
        }
    }

    /// Places in the document that a signer writes.
    fileprivate var preparedPlaces: [String] {
        switch self {
        case .token(let token): if case .json(let places, _) = token.place { [places.text] } else { [] }
        case .jws(let scheme): [scheme.place].compactMap(\.pointerText)
        default: [form?.places.first, form?.timestamp?.place].compactMap { $0?.pointerText }
        }
    }

    /// Places in the document that are signed.
    fileprivate var neededPlaces: [String] {
        if case .adyen = self { return AdyenCheck.fields.map { AdyenCheck.items + "/0/NotificationRequestItem" + $0 } }
        let written = preparedPlaces
        return (form?.template.derived ?? []).compactMap { word in
            if case .json(let pointer) = word, !written.contains(pointer.text) { pointer.text } else { nil }
        }
    }

    /// Fields of a form that are signed.
    fileprivate var neededFields: [String] {
        (form?.template.derived ?? []).compactMap { word in if case .form(let name) = word { name } else { nil } }
    }
}

extension SignaturePlace {
    fileprivate var pointerText: String? { if case .json(let pointer) = self { pointer.text } else { nil } }
}
