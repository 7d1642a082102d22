import Cryptography

/// Judges Twilio's requests: an HMAC over the address as Twilio sees it and the form's fields sorted by name, a name
/// and its value without anything between them, the same value under one name only once. A body that is no form is
/// covered by its digest in the query parameter `bodySHA256`.
///
/// Source: https://www.twilio.com/docs/usage/security and twilio/request_validator.py of twilio 9.13.0.
final class TwilioCheck: Sendable {
    private let keys: HMACKeys
    /// Used where the request says that it is signed with a shared key.
    private let sharedKeys: HMACKeys
    /// Twilio signs the address with or without the scheme's own port.
    private let origins: [String]

    static let signature = Carrier.header("X-Twilio-Signature")
    static let settings = Carrier.header("X-Twilio-Webhooks-Signature-Settings")
    static let bodyDigest = "bodySHA256"

    init(_ secrets: SecretSet, origin: SenderOrigin?) throws(SettingProblem) {
        keys = try HMACKeys(.sha1, KeyRule(), secrets)
        sharedKeys = try HMACKeys(.sha256, KeyRule(), secrets)
        origins = [origin?.text, origin?.alternative].compactMap { $0 }
    }

    func prove(_ request: some SignedRequest) throws(Refusal) -> Proof {
        let keys = try Self.isSharedKey(request) ? sharedKeys : keys
        let value = try Self.signature.value(in: request)
        guard let signature = Base64.standard.decode(value.span) else {
            throw Refusal(.malformed(Self.signature, expected: "padded base 64"))
        }
        let uri = request.uri
        guard uri.first == UInt8(ascii: "/") else {
            throw Refusal(.malformed(.uri, expected: "a path that begins with /"))
        }
        let fields = try Self.fields(of: request, uri: uri)
        var matched: Int?
        do throws(CryptographyError) {
            // Which form of the address it is may show in the time: it is no secret.
            for origin in origins where matched == nil {
                let index = try keys.match([signature]) { stream throws(CryptographyError) in
                    try Self.feed(origin, uri, fields, to: &stream)
                }
                matched = index
            }
        } catch {
            throw Refusal(error)
        }
        guard let matched else { throw Refusal(.wrongSignature(signatures: 1, secrets: keys.keys.count)) }
        return Proof(secretIndex: matched)
    }

    static func feed(
        _ origin: String, _ uri: [UInt8], _ fields: SortedFields, to stream: inout HMACStream
    ) throws(CryptographyError) {
        try stream.update(origin.utf8Span.span)
        try stream.update(uri.span)
        try fields.forEachPiece { piece throws(CryptographyError) in try stream.update(piece) }
    }

    /// Whether the request is signed with a shared key: `key=NAME,algorithm=HMAC_SHA256`.
    static func isSharedKey(_ request: some SignedRequest) throws(Refusal) -> Bool {
        guard let value = try settings.optionalValue(in: request) else { return false }
        let items = value.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
        guard items.count == 2, items[0].count > 4, items[0].starts(with: "key=".utf8),
            items[0].allSatisfy({ $0 > 0x20 && $0 < 0x7F }), items[1].elementsEqual("algorithm=HMAC_SHA256".utf8)
        else { throw Refusal(.malformed(settings, expected: "key=NAME,algorithm=HMAC_SHA256")) }
        return true
    }
}

extension TwilioCheck {
    /// The form's fields as they are signed; nothing if the body is no form.
    private static func fields(of request: some SignedRequest, uri: [UInt8]) throws(Refusal) -> SortedFields {
        let body = request.body
        let digests = try QueryString(of: uri).values(of: bodyDigest)
        guard digests.count <= 1 else {
            throw Refusal(.repeated(.query(bodyDigest), count: digests.count))
        }
        if let digest = digests.first { try check(digest, of: body) }
        guard !body.isEmpty else { return SortedFields() }
        guard isForm(request) else {
            guard !digests.isEmpty else {
                throw Refusal(.uncoveredBody(remedy: "it is no form, and the address has no \(bodyDigest)"))
            }
            return SortedFields()
        }
        let form = try QueryString(body.span, from: .body)
        guard !form.fields.isEmpty || !digests.isEmpty else {
            throw Refusal(.uncoveredBody(remedy: "it is called a form, but has no fields"))
        }
        return form.sortedFields
    }

    private static func check(_ digest: [UInt8], of body: [UInt8]) throws(Refusal) {
        let actual: Digest
        do throws(CryptographyError) {
            actual = try DigestAlgorithm.sha256.digest(of: body)
        } catch {
            throw Refusal(error)
        }
        guard let claimed = SignatureEncoding.hex.decode(digest.span),
            actual.withBytes({ ConstantTime.areEqual($0, claimed.span) })
        else { throw Refusal(.wrongBodyDigest(.query(bodyDigest))) }
    }

    static func isForm(_ request: some SignedRequest) -> Bool {
        let values = request.values(ofHeader: "Content-Type")
        return values.count == 1 && isForm(values.first)
    }

    /// `application/x-www-form-urlencoded`, perhaps with parameters, in any letter case.
    static func isForm(_ contentType: [UInt8]?) -> Bool {
        guard let contentType else { return false }
        var type = contentType.prefix { $0 != UInt8(ascii: ";") }
        while let last = type.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { type.removeLast() }
        while let first = type.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { type.removeFirst() }
        return String(decoding: type, as: UTF8.self).lowercased() == "application/x-www-form-urlencoded"
    }
}
