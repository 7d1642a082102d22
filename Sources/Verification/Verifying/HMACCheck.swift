import Cryptography

/// Judges requests by an HMAC over parts of them.
struct HMACCheck: Sendable {
    let scheme: HMACScheme
    private let keys: HMACKeys
    private let origin: String
    private let headers: [String]
    /// Seconds.
    private let tolerance: Int64

    init(
        _ scheme: HMACScheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        self.scheme = scheme
        self.tolerance = tolerance
        self.origin = origin?.text ?? ""
        headers = scheme.template.headers
        keys = try HMACKeys(scheme.algorithm, scheme.keyRule, secrets)
    }

    func prove(_ request: some SignedRequest, at time: Int64) throws(Refusal) -> Proof {
        let value = try scheme.carrier.value(in: request)
        let offer = try scheme.layout.read(value.span, from: scheme.carrier)
        let stamp = try timestamp(offer, value, request)
        let parts = try parts(of: request, timestamp: stamp?.digits)
        let signatures = try decode(offer, value)
        let matched: Int?
        do throws(CryptographyError) {
            matched = try keys.match(signatures) { stream throws(CryptographyError) in
                try parts.forEachPiece(of: scheme.template) { piece throws(CryptographyError) in
                    try stream.update(piece)
                }
            }
        } catch {
            throw Refusal(error)
        }
        guard let matched else {
            throw Refusal(.wrongSignature(signatures: offer.signatures.count, secrets: keys.keys.count))
        }
        if let stamp { try checkWindow(stamp.milliseconds, at: time) }
        return Proof(secretIndex: matched, timestamp: stamp?.milliseconds, timestampDigits: stamp?.digits)
    }

    /// The parts of a request that are signed, once it is proved.
    func parts(of request: some SignedRequest, timestamp: [UInt8]?) throws(Refusal) -> SignedParts {
        var parts = SignedParts(
            method: request.method, uri: request.uri, body: request.body, origin: origin,
            timestamp: timestamp ?? [], id: [], headers: [])
        if scheme.template.readsURI, parts.uri.first != UInt8(ascii: "/") {
            throw Refusal(.malformed(.uri, expected: "a path that begins with /"))
        }
        if let header = scheme.idHeader { parts.id = try Carrier.header(header).value(in: request) }
        for header in headers { parts.headers.append((header, try Carrier.header(header).value(in: request))) }
        return parts
    }

    /// The digest of the bytes that a proved request's signature covers.
    func signedDigest(of request: some SignedRequest, timestamp: [UInt8]?) throws(CryptographyError) -> Digest? {
        guard let parts = try? parts(of: request, timestamp: timestamp) else { return nil }
        var stream = try DigestStream(.sha256)
        try parts.forEachPiece(of: scheme.template) { piece throws(CryptographyError) in try stream.update(piece) }
        return try stream.finish()
    }

    /// A signature that cannot be decoded equals none. If that is true of all, the form is what is wrong.
    private func decode(_ offer: SignatureLayout.Offer, _ value: [UInt8]) throws(Refusal) -> [[UInt8]] {
        var signatures: [[UInt8]] = []
        for range in offer.signatures {
            guard let signature = scheme.encoding.decode(value.span.extracting(range)) else { continue }
            if signature.count == scheme.algorithm.byteCount { signatures.append(signature) }
        }
        guard !signatures.isEmpty else {
            let expected = "\(scheme.algorithm.byteCount) bytes in \(scheme.encoding.expected)"
            throw Refusal(.malformed(scheme.carrier, expected: expected))
        }
        return signatures
    }
}

extension HMACCheck {
    struct Stamp {
        var digits: [UInt8]
        var milliseconds: Int64
    }

    private func timestamp(
        _ offer: SignatureLayout.Offer, _ value: [UInt8], _ request: some SignedRequest
    ) throws(Refusal) -> Stamp? {
        guard let rule = scheme.timestamp else { return nil }
        let carrier: Carrier
        let digits: [UInt8]
        if let header = rule.header {
            carrier = .header(header)
            digits = try carrier.value(in: request)
        } else {
            let tag = String(decoding: scheme.layout.timestampTag ?? [], as: UTF8.self)
            carrier = .item(tag, of: scheme.carrier)
            guard let range = offer.timestamp else { throw Refusal(.missing(carrier)) }
            digits = value.span.copy(range)
        }
        guard let milliseconds = rule.milliseconds(digits) else {
            throw Refusal(.malformed(carrier, expected: "digits only, at most \(ASCIIDigits.maximumCount)"))
        }
        return Stamp(digits: digits, milliseconds: milliseconds)
    }

    /// In whole seconds where the sender counts in seconds: it has cut its own fraction off.
    private func checkWindow(_ timestamp: Int64, at time: Int64) throws(Refusal) {
        let inSeconds = scheme.timestamp?.unit == .seconds
        let received = inSeconds ? time / 1000 * 1000 : time
        // Neither can overflow: a timestamp has 15 digits, and a second more than that is below 2^63.
        let (age, overflow) = received.subtractingReportingOverflow(timestamp)
        guard !overflow else { throw Refusal(.stale(age: .max, tolerance: tolerance)) }
        if age > tolerance * 1000 { throw Refusal(.stale(age: age / 1000, tolerance: tolerance)) }
        if age < -tolerance * 1000 { throw Refusal(.early(ahead: -(age / 1000), tolerance: tolerance)) }
    }
}

extension SignedTemplate {
    /// Whether a word stands for a part of the request's address.
    var readsURI: Bool {
        segments.contains { segment in
            switch segment {
            case .url, .path, .query: true
            default: false
            }
        }
    }
}
