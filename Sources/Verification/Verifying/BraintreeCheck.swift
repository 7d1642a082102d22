internal import Cryptography
internal import Values

/// Judges Braintree's notifications: a form of the fields `bt_signature` and `bt_payload`. The former holds pairs
/// `PUBLIC_KEY|HMAC`, `&` between them; the pair of the own public key has the HMAC-SHA1 of the payload, with or
/// without a line feed behind it, under the SHA-1 digest of the private key, which is the secret.
///
/// A further field would not be signed, so it is refused.
///
/// Source: braintree 4.48.0, braintree/webhook_notification_gateway.py and braintree/util/crypto.py.
final class BraintreeCheck: Sendable {
    private let publicKey: [UInt8]
    private let keys: HMACKeys

    static let signature = "bt_signature"
    static let payload = "bt_payload"
    static let keyRule = KeyRule(encoding: .sha1)
    private static let maximumPairs = 8

    init(publicKey: String, _ secrets: SecretSet) throws(SettingProblem) {
        self.publicKey = Array(publicKey.utf8)
        keys = try HMACKeys(.sha1, Self.keyRule, secrets)
    }

    /// The parameter without which nobody's notifications could be told from another's.
    static func publicKey(_ parameters: inout SchemeParameters) throws(SettingProblem) -> String {
        let key = parameters.take("public-key")
        try parameters.finish()
        guard let key else {
            throw parameters.problem(
                .missingParameter, "lacks public-key= after \(parameters.owner)",
                remedy: "name the public key that belongs to the private one, which is the secret")
        }
        return key
    }

    func prove(_ request: some SignedRequest) throws(Refusal) -> Proof {
        let contents = try RequestContents(request, readsForm: true, document: nil)
        let signatures = try signatures(contents.field(Self.signature))
        let range = try contents.range(of: Self.payload)
        let text = contents.form.text
        guard contents.form.fields.count == 2, !contents.hasFiles else {
            throw Refusal(.uncoveredBody(remedy: "it has fields or files beside \(Self.signature) and \(Self.payload)"))
        }
        guard text.span.extracting(range).isBase64InLines else {
            throw Refusal(.malformed(.field(Self.payload), expected: "base 64 in lines"))
        }
        let matched: Int?
        do throws(CryptographyError) {
            matched = try keys.match(signatures, orBefore: [UInt8(ascii: "\n")]) { stream throws(CryptographyError) in
                try stream.update(text.span.extracting(range))
            }
        } catch {
            throw Refusal(error)
        }
        guard let matched else {
            throw Refusal(.wrongSignature(signatures: signatures.count, secrets: keys.keys.count))
        }
        return Proof(secretIndex: matched)
    }

    /// The signatures under the own public key.
    private func signatures(_ value: [UInt8]) throws(Refusal) -> [[UInt8]] {
        let carrier = Carrier.field(Self.signature)
        let pairs = value.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
        guard pairs.count <= Self.maximumPairs else {
            throw Refusal(.tooMany(carrier, what: "pairs", limit: Self.maximumPairs))
        }
        var signatures: [[UInt8]] = []
        for pair in pairs {
            guard let bar = pair.firstIndex(of: UInt8(ascii: "|")) else {
                throw Refusal(.malformed(carrier, expected: "a public key, | and a signature"))
            }
            guard pair[..<bar].elementsEqual(publicKey) else { continue }
            let text = Array(pair[(bar + 1)...])
            guard let signature = SignatureEncoding.hex.decode(text.span),
                signature.count == DigestAlgorithm.sha1.byteCount
            else {
                throw Refusal(.malformed(carrier, expected: "20 bytes in lower-case hexadecimal after the public key"))
            }
            signatures.append(signature)
        }
        guard !signatures.isEmpty else {
            throw Refusal(.malformed(carrier, expected: "a pair of the public key that public-key= names"))
        }
        return signatures
    }
}
