import Cryptography

/// The keys under which a sender's requests may be signed, as its location's secrets pin them.
///
/// Nothing that describes them shows one: a location may hold a private key.
struct SigningKeys: Sendable {
    struct Key: Sendable, CustomReflectable {
        let key: JSONWebKey
        /// Which secret it is; nil for one that the sender publishes.
        let secretIndex: Int?
        /// Where the sender publishes it; nil for a secret.
        var address: KeyAddress?

        var published: PublishedKey? { address.map { PublishedKey(key.identifier, at: $0) } }
        var asymmetric: AsymmetricKey? { if case .asymmetric(let key) = key.material { key } else { nil } }
        var customMirror: Mirror { Mirror(self, children: ["secretIndex": secretIndex as Any]) }
    }

    let pinned: [Key]
    /// Authorities that a certificate has to lead to, where no key is pinned.
    let issuers: [Certificate]

    private static let maximumCount = 32

    /// - Parameters:
    ///   - takesIssuers: whether a certificate that may vouch for others is an authority and no key.
    ///   - read: makes keys of a secret.
    init(
        _ secrets: SecretSet, takesIssuers: Bool = false, read: (Secret) throws(SettingProblem) -> [JSONWebKey]
    ) throws(SettingProblem) {
        var pinned: [Key] = []
        var issuers: [Certificate] = []
        for (index, secret) in secrets.secrets.enumerated() {
            if takesIssuers, secret.form == .pem, let certificate = try? Certificate.all(pem: secret.bytes).first,
                certificate.isAuthority
            {
                issuers.append(certificate)
                continue
            }
            for key in try read(secret) { pinned.append(Key(key: key, secretIndex: index)) }
            guard pinned.count <= Self.maximumCount else {
                throw secret.unusable(
                    "makes them more than \(Self.maximumCount) keys", remedy: "remove those that are no longer used")
            }
        }
        guard pinned.isEmpty || issuers.isEmpty else {
            throw SettingProblem(
                .secret, .contradiction, "holds keys and the certificate of an authority",
                remedy: "leave one of them: keys are pinned, an authority vouches for those that the sender publishes")
        }
        self.pinned = pinned
        self.issuers = issuers
    }

    /// The keys of secrets for a scheme.
    init(
        _ secrets: SecretSet, for scheme: SignatureScheme, prefixes: [String], takesIssuers: Bool = false
    ) throws(SettingProblem) {
        try self.init(secrets, takesIssuers: takesIssuers) { secret throws(SettingProblem) in
            try KeyText.keys(of: secret, for: scheme, prefixes: prefixes)
        }
    }
}

extension SigningKeys {
    /// The first key under which one of the signatures is that of a message.
    static func match(
        _ keys: [Key], _ signatures: [[UInt8]], of message: [UInt8], _ scheme: SignatureScheme
    ) throws(Refusal) -> Key? {
        do throws(CryptographyError) {
            for key in keys {
                guard let asymmetric = key.asymmetric, KeyText.fits(asymmetric, scheme) else { continue }
                for signature in signatures {
                    if try scheme.verifies(signature.span, of: message.span, key: asymmetric) { return key }
                }
            }
        } catch {
            throw Refusal(error)
        }
        return nil
    }
}
