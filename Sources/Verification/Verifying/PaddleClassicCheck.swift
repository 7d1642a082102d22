import Cryptography

/// Judges the alerts of Paddle Classic: a form whose field `p_signature` is an RSA signature with SHA-1 of all the others,
/// sorted by name and serialised as PHP does it.
///
/// Source: https://developer.paddle.com/classic/reference/verifying-webhooks
final class PaddleClassicCheck: Sendable {
    private let keys: SigningKeys

    static let signature = "p_signature"
    static let algorithm = SignatureScheme.rsa(.sha1)

    init(_ secrets: SecretSet) throws(SettingProblem) {
        keys = try SigningKeys(secrets, for: Self.algorithm, prefixes: [])
    }

    func prove(_ request: some SignedRequest) throws(Refusal) -> Proof {
        let contents = try RequestContents(request, readsForm: true, document: nil)
        guard !contents.hasFiles else { throw Refusal(.uncoveredBody(remedy: "it holds files")) }
        let value = try contents.field(Self.signature)
        guard let signature = Base64.standard.decode(value.span) else {
            throw Refusal(.malformed(.field(Self.signature), expected: "padded base 64"))
        }
        let text = try Self.signedText(of: contents.fields)
        guard let matched = try SigningKeys.match(keys.pinned, [signature], of: text, Self.algorithm) else {
            throw Refusal(.wrongSignature(signatures: 1, secrets: keys.pinned.count))
        }
        return Proof(secretIndex: matched.secretIndex)
    }

    /// All fields but the signature: `a:2:{s:1:"a";s:3:"one";s:1:"b";s:0:"";}`, lengths in bytes.
    static func signedText(of fields: [QueryString.Pair]) throws(Refusal) -> [UInt8] {
        let name = Array(signature.utf8)
        let signed = fields.filter { $0.name != name }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        var text = Array("a:\(signed.count):{".utf8)
        var last: [UInt8]?
        for field in signed {
            // The last of several would count with PHP, and perhaps another one with others.
            guard field.name != last else { throw Refusal(.malformed(.body, expected: "each field once")) }
            // PHP takes such a name for a number, and sorts and writes it as one.
            guard !field.name.isEmpty, ASCIIDigits.value(field.name) == nil else {
                throw Refusal(.malformed(.body, expected: "names of fields that are no numbers"))
            }
            last = field.name
            text += string(field.name) + string(field.value)
        }
        return text + [UInt8(ascii: "}")]
    }

    private static func string(_ bytes: [UInt8]) -> [UInt8] {
        Array("s:\(bytes.count):\"".utf8) + bytes + Array("\";".utf8)
    }
}
