import Cryptography
internal import Values

/// Reads of a request what its signature is about: the signatures offered, the signed parts and the timestamp. What
/// proves them depends on the algorithm.
struct SignatureReader: Sendable {
    let form: SignatureForm
    private let origin: String
    private let headers: [String]
    /// The members of the JSON document in which something stands.
    private let members: [Text]
    private let window: ReplayWindow

    /// A request that is read and not yet proved.
    struct Reading {
        /// Decoded, at least one.
        var signatures: [[UInt8]]
        var parts: SignedParts
        var moment: SignedTimestamp.Moment?
    }

    init(_ form: SignatureForm, origin: SenderOrigin?, tolerance: Int64) {
        self.form = form
        self.origin = origin?.text ?? ""
        window = ReplayWindow(tolerance: tolerance)
        headers = form.template.headers
        members = form.members
    }

    /// - Parameter byteCount: of a signature; nil if that differs.
    func read(_ request: some SignedRequest, byteCount: Int?) throws(Refusal) -> Reading {
        for header in form.required { try header.check(request) }
        let contents = try contents(of: request)
        var signatures: [[UInt8]] = []
        var timestamp: [UInt8]?
        var id: [UInt8]?
        var offered = 0
        for place in form.places.places {
            guard let value = try value(at: place, of: request, contents) else {
                if form.places.isNumbered { break }
                continue
            }
            let offer = try form.layout.read(value.span, from: place.carrier)
            offered += offer.signatures.count
            if let range = offer.timestamp { timestamp = value.span.copy(range) }
            if let range = offer.id { id = value.span.copy(range) }
            decode(offer, value, byteCount, into: &signatures)
        }
        guard offered > 0 else { throw Refusal(.missing(form.places.first.carrier)) }
        guard !signatures.isEmpty else {
            throw Refusal(.malformed(form.places.first.carrier, expected: expected(byteCount)))
        }
        var reading = Reading(signatures: signatures, parts: try parts(of: request), moment: nil)
        if form.layout.idTag != nil {
            guard let id else { throw Refusal(.missing(.item(form.layout.idName, of: form.places.first.carrier))) }
            reading.parts.id = id
        }
        if let rule = form.timestamp, !form.readsTimestampLate {
            let text = if let timestamp { timestamp } else { try self.timestamp(rule, request, contents) }
            reading.moment = try moment(rule, text)
            reading.parts.timestamp = text
        }
        try reading.parts.derive(form, request, contents)
        return reading
    }

    /// What is signed of a request, without a look at its signatures.
    func parts(of request: some SignedRequest) throws(Refusal) -> SignedParts {
        var parts = SignedParts(method: request.method, uri: request.uri, body: request.body, origin: origin)
        if form.template.readsURI, parts.uri.first != UInt8(ascii: "/") {
            throw Refusal(.malformed(.uri, expected: "a path that begins with /"))
        }
        if let header = form.idHeader { parts.id = try Carrier.header(header).value(in: request) }
        for header in headers { parts.headers.append((header, try Carrier.header(header).value(in: request))) }
        return parts
    }

    private func contents(of request: some SignedRequest) throws(Refusal) -> RequestContents {
        try RequestContents(
            request, readsForm: form.readsForm, document: form.readsJSON ? form.document : nil, members: members)
    }

    private func value(
        at place: SignaturePlace, of request: some SignedRequest, _ contents: RequestContents
    ) throws(Refusal) -> [UInt8]? {
        switch place {
        case .header, .query: try place.carrier.optionalValue(in: request)
        case .form(let name): try contents.field(name)
        case .json(let pointer): try contents.text(pointer)
        }
    }

    /// A signature that cannot be decoded equals none. If that is true of all, the form is what is wrong.
    private func decode(
        _ offer: SignatureLayout.Offer, _ value: [UInt8], _ byteCount: Int?, into signatures: inout [[UInt8]]
    ) {
        for range in offer.signatures {
            guard let signature = form.encoding.decode(value.span.extracting(range)) else { continue }
            if byteCount == nil || signature.count == byteCount { signatures.append(signature) }
        }
    }

    private func expected(_ byteCount: Int?) -> String {
        byteCount.map { "\($0) bytes in \(form.encoding.expected)" } ?? form.encoding.expected
    }
}

extension SignatureReader {
    private func timestamp(
        _ rule: SignedTimestamp, _ request: some SignedRequest, _ contents: RequestContents
    ) throws(Refusal) -> [UInt8] {
        guard let place = rule.place else { throw Refusal(.missing(carrier(of: rule))) }
        switch place {
        case .header, .query: return try place.carrier.value(in: request)
        case .form(let name): return try contents.field(name)
        case .json(let pointer): return try contents.text(pointer)
        }
    }

    private func carrier(of rule: SignedTimestamp) -> Carrier {
        rule.place?.carrier ?? .item(form.layout.timestampName, of: form.places.first.carrier)
    }

    private func moment(_ rule: SignedTimestamp, _ text: [UInt8]) throws(Refusal) -> SignedTimestamp.Moment {
        guard let moment = rule.moment(text) else {
            throw Refusal(.malformed(carrier(of: rule), expected: rule.expected))
        }
        return moment
    }

    /// What a request's signature has proved.
    ///
    /// - Parameter time: of receipt, in milliseconds since 1970.
    /// - Throws: `Refusal` if the timestamp lies outside of the tolerance.
    func proof(
        _ reading: consuming Reading, _ request: some SignedRequest, secrets: SecretMatches, at time: Int64
    ) throws(Refusal) -> Proof {
        var proof = Proof(secrets: secrets, signed: reading.parts)
        var moment = reading.moment
        if let rule = form.timestamp, form.readsTimestampLate, case .json(let pointer)? = rule.place {
            // All of the body is signed, so nothing of it has to be read but this.
            let body = request.body
            var value =
                pointer.onlyMember.map { JSON.value(of: $0, nearEndsOf: body.span) } ?? JSON.value(at: pointer, in: body.span)
            if value == nil { value = pointer.value(in: try RequestContents.parse(body, .body)) }
            moment = try self.moment(rule, RequestContents.text(value, .json(pointer.text)))
        }
        if let moment {
            proof.timestamp = moment.milliseconds
            try window.check(moment, at: time)
        }
        return proof
    }

    /// Looks at the timestamp before anything is proved.
    ///
    /// - Throws: `Refusal` if it lies outside of the tolerance.
    func checkWindow(_ reading: Reading, at time: Int64) throws(Refusal) {
        if let moment = reading.moment { try window.check(moment, at: time) }
    }

    /// The digest of the bytes that a proved request's signature covers. The secret is not among them.
    func signedDigest(_ proof: Proof) throws(CryptographyError) -> Digest? {
        guard let parts = proof.signed else { return nil }
        var stream = try DigestStream(.sha256)
        try parts.forEachPiece(of: form.template) { piece throws(CryptographyError) in try stream.update(piece) }
        return try stream.finish()
    }
}
