internal import Cryptography
internal import Values

extension Signer {
    /// Adds what a scheme's form asks for, and the signature last.
    ///
    /// - Parameter code: makes the signature of the parts.
    func add(
        _ form: SignatureForm, to message: inout OutgoingMessage, at time: Int64,
        _ code: (SignedParts) throws(SigningError) -> [UInt8]
    ) throws(SigningError) {
        for header in form.required { try message.set(header.name, header.value) }
        if case .form(let name) = form.document { try message.wrapDocument(in: name) }
        var timestamp: [UInt8] = []
        if let rule = form.timestamp {
            timestamp = rule.text(time)
            if let place = rule.place {
                try message.set(timestamp, at: place, form.document, isNumber: rule.unit != .rfc3339)
            }
        }
        if let header = form.idHeader { try addID(header, to: &message) }
        if let headers = form.canonicalHeaders { try message.list(headers) }
        var parts = try parts(of: message, form, timestamp)
        if form.layout.idTag != nil { parts.id = Array(try Self.identifier(of: message).utf8) }
        let value = form.layout.write(
            signature: Array(form.encoding.encode(try code(parts)).utf8), timestamp: timestamp, id: parts.id)
        try message.set(value, at: form.places.first, form.document, isNumber: false)
    }

    /// What is signed of a message, read of it as of a request that came.
    private func parts(
        of message: OutgoingMessage, _ form: SignatureForm, _ timestamp: [UInt8]
    ) throws(SigningError) -> SignedParts {
        let request = MessageRequest(message)
        do throws(Refusal) {
            var parts = try SignatureReader(form, origin: origin, tolerance: 0).parts(of: request)
            parts.timestamp = timestamp
            let readsJSON = form.template.derived.contains(where: \.readsJSON)
            let readsForm = form.template.derived.contains(where: \.readsForm)
            let readsField = if case .form = form.document { readsJSON } else { false }
            let contents = try RequestContents(
                request, readsForm: readsForm || readsField, document: readsJSON ? form.document : nil)
            try parts.derive(form, request, contents)
            return parts
        } catch {
            if case .missing(.header(let name)) = error.reason { throw .missingHeader(name) }
            if case .empty(.header(let name)) = error.reason { throw .missingHeader(name) }
            throw .unsignable(error.sentence)
        }
    }
}

extension OutgoingMessage {
    /// Writes a value to where a scheme has it, in place of what is there.
    mutating func set(
        _ value: [UInt8], at place: SignaturePlace, _ document: JSONSource, isNumber: Bool
    ) throws(SigningError) {
        switch place {
        case .header(let name): try set(name, value)
        case .query(let name): setQuery(name, value)
        case .form(let name): try setField(name, value)
        case .json(let pointer):
            let number = isNumber ? ASCIIDigits.value(value) : nil
            try setJSON(pointer, number.map { .integer($0) } ?? .text(Text(bytes: value)), document)
        }
    }

    private mutating func setJSON(
        _ pointer: JSONPointer, _ value: Value, _ document: JSONSource
    ) throws(SigningError) {
        try changeJSON(document) { json in
            if let old = pointer.value(in: json), old == value || old.isText(of: value) { return json }
            return pointer.setting(value, in: json)
        }
    }

    /// Writes a token to all of its places.
    mutating func set(_ secret: Secret, at places: JSONPlaces, _ document: JSONSource) throws(SigningError) {
        if case .form(let name) = document { try wrapDocument(in: name) }
        try changeJSON(document) { json in places.setting(.text(Text(bytes: secret.bytes)), in: json) }
    }

    /// Puts another document in place of the one that is there, unless it is the same.
    private mutating func changeJSON(
        _ document: JSONSource, _ change: (Value) -> Value?
    ) throws(SigningError) {
        var old = body
        if case .form(let name) = document {
            old = try fields().last { $0.name == Array(name.utf8) }?.value ?? Array("{}".utf8)
        }
        guard let json = EventIdentity.json(old), let changed = change(json) else { throw .noJSON }
        guard changed != json else { return }
        switch document {
        case .body: body = JSON.print(changed)
        case .form(let name): try setField(name, JSON.print(changed))
        }
    }

    /// A body that is the document itself becomes a form whose field holds it.
    fileprivate mutating func wrapDocument(in field: String) throws(SigningError) {
        guard EventIdentity.json(body) != nil else { return }
        let json = body
        body = []
        try set("Content-Type", Array("application/x-www-form-urlencoded".utf8))
        try setField(field, json)
    }

    /// Sets a field of the form, in place of what was given under its name.
    mutating func setField(_ name: String, _ value: [UInt8]) throws(SigningError) {
        let name = Array(name.utf8)
        var pairs = try fields()
        // A body that was empty becomes a form.
        if body.isEmpty, self.value(of: "Content-Type") == nil {
            try set("Content-Type", Array("application/x-www-form-urlencoded".utf8))
        }
        if let index = pairs.firstIndex(where: { $0.name == name }) {
            pairs[index].value = value
        } else {
            pairs.append(QueryString.Pair(name: name, value: value))
        }
        var text: [UInt8] = []
        for pair in pairs {
            if !text.isEmpty { text.append(UInt8(ascii: "&")) }
            text += PercentEncoding.form.encode(Text(bytes: pair.name)).bytes + [UInt8(ascii: "=")]
            text += PercentEncoding.form.encode(Text(bytes: pair.value)).bytes
        }
        body = text
    }

    func fields() throws(SigningError) -> [QueryString.Pair] {
        guard body.isEmpty || TwilioCheck.isForm(value(of: "Content-Type")),
            let form = try? QueryString(body.span, from: .body)
        else { throw .form }
        return form.pairs
    }

    /// Lists the headers that are signed: the list, the timestamp, those that must be in it, and the content type.
    fileprivate mutating func list(_ headers: CanonicalHeaders) throws(SigningError) {
        guard value(of: headers.list) == nil else { return }
        let others = (headers.guarded + ["Content-Type"]).filter { value(of: $0) != nil }
        var names: [String] = []
        for name in (headers.required + others).map({ $0.lowercased() }).sorted() where !names.contains(name) {
            names.append(name)
        }
        try set(headers.list, Array(names.joined(separator: ",").utf8))
    }
}

extension Value {
    /// Whether this is the text of a number: some senders write their time so.
    fileprivate func isText(of number: Value) -> Bool {
        guard case .text(let text) = self, case .integer(let integer) = number else { return false }
        return text.bytes == Array(String(integer).utf8)
    }
}

/// A message as a request that came.
struct MessageRequest: SignedRequest {
    private let message: OutgoingMessage
    let uri: [UInt8]

    init(_ message: OutgoingMessage) {
        self.message = message
        uri = Array(message.uri.utf8)
    }

    var method: String { message.method }
    var body: [UInt8] { message.body }

    func values(ofHeader name: String) -> [[UInt8]] {
        message.headers.filter { HeaderName.areEqual($0.name, name) }.map(\.value)
    }
}
