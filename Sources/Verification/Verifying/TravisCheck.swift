import Cryptography
internal import Values

/// Judges Travis CI's notifications: a form whose one field `payload` is JSON, and an RSA signature of that text with
/// SHA-1 in the header `Signature`. Travis signs for every repository with the same key, so the JSON has to say that it
/// is about one of those that the location names.
///
/// Source: salt/modules/travisci.py of saltstack/salt, and https://api.travis-ci.com/config for the key.
final class TravisCheck: Sendable {
    private let repositories: [Text]
    private let keys: SigningKeys

    static let signature = Carrier.header("Signature")
    static let payload = "payload"
    static let algorithm = SignatureScheme.rsa(.sha1)
    static let address = KeyAddress(
        "https://api.travis-ci.com/config", .travisConfiguration, family: "https://api.travis-ci.com/config")

    init(repositories: [String], _ secrets: SecretSet) throws(SettingProblem) {
        self.repositories = repositories.map { Text($0) }
        keys = try SigningKeys(secrets, for: Self.algorithm, prefixes: [])
    }

    func prove(_ request: some SignedRequest, _ published: PublishedKeys) throws(Refusal) -> Proof {
        let contents = try RequestContents(request, readsForm: true, document: nil)
        let payload = try contents.field(Self.payload)
        // Another field would not be signed.
        guard contents.form.fields.count == 1, !contents.hasFiles else {
            throw Refusal(.uncoveredBody(remedy: "it has more than the field \(Self.payload)"))
        }
        let value = try Self.signature.value(in: request)
        guard let signature = Base64.standard.decode(value.span) else {
            throw Refusal(.malformed(Self.signature, expected: "padded base 64"))
        }
        let keys = keys.pinned.isEmpty ? try published.keys(at: Self.address) : keys.pinned
        guard let matched = try SigningKeys.match(keys, [signature], of: payload, Self.algorithm) else {
            throw Refusal(.wrongSignature(signatures: 1, secrets: keys.count))
        }
        let document = try RequestContents.parse(payload, .field(Self.payload))
        guard repositories.isEmpty || repositories.contains(Self.repository(of: document)) else {
            throw Refusal(.wrongClaim("repository"))
        }
        return Proof(matched)
    }

    /// `owner/name`
    private static func repository(of document: Value) -> Text {
        guard case .text(let owner) = document["repository"]["owner_name"],
            case .text(let name) = document["repository"]["name"]
        else { return "" }
        return Text(bytes: owner.bytes + [UInt8(ascii: "/")] + name.bytes)
    }
}
