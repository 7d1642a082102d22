import Cryptography
internal import Values

/// Secrets as keys of an asymmetric scheme: PEM, JSON Web Keys, and the forms in which senders show their public keys.
enum KeyText {
    /// What a scheme wants, in words.
    static func wanted(_ scheme: SignatureScheme) -> String {
        switch scheme {
        case .rsa, .rsaPSS: "an RSA key"
        case .ecdsa: "a key on the curve P-256"
        case .ed25519: "a key of Ed25519"
        }
    }

    /// Forged signatures under shorter ones are within reach.
    private static let minimumBits = 1024

    /// The key that a secret is, public or private.
    ///
    /// - Throws: `SettingProblem` for one that is none, or of another kind.
    static func keys(
        of secret: Secret, for scheme: SignatureScheme, prefixes: [String]
    ) throws(SettingProblem) -> [JSONWebKey] {
        let keys = try Self.keys(of: secret, prefixes: prefixes)
        for key in keys {
            guard case .asymmetric(let asymmetric) = key.material, fits(asymmetric, scheme) else {
                throw secret.unusable(
                    "is no key of the kind that this sender signs with",
                    remedy: "it signs with \(wanted(scheme)): copy that key from the sender")
            }
        }
        return keys
    }

    static func fits(_ key: AsymmetricKey, _ scheme: SignatureScheme) -> Bool {
        switch key.kind {
        case .rsa(let bits): scheme.fits(key) && bits >= minimumBits
        case .curve(let curve): scheme.fits(key) && curve == .p256
        case .ed25519: scheme.fits(key)
        }
    }

    /// The keys that a secret holds: several only where it is a set of JSON Web Keys.
    static func keys(of secret: Secret, prefixes: [String]) throws(SettingProblem) -> [JSONWebKey] {
        switch secret.form {
        case .pem:
            guard let key = try? AsymmetricKey(pem: secret.bytes) else {
                throw secret.unusable(
                    "is a PEM block that holds no key that can be read",
                    remedy: "it has to be a public key, a certificate, or a private key without a passphrase")
            }
            return [JSONWebKey(.asymmetric(key))]
        case .jsonWebKey: return try Self.jsonWebKeys(secret)
        case .text: return [JSONWebKey(.asymmetric(try text(secret, prefixes)))]
        }
    }

    /// Refuses a public key where a secret is wanted: whoever knows it, which may be everybody, could sign.
    static func checkIsSecret(_ secret: Secret) throws(SettingProblem) {
        guard secret.form == .text, secret.bytes.count > 40,
            let bytes = Hexadecimal.decode(secret.bytes.span) ?? Base64.standard.decode(secret.bytes.span, padding: .optional),
            // A sequence in DER, as hardly any secret begins.
            bytes.first == 0x30, (try? AsymmetricKey(publicDER: bytes)) != nil
        else { return }
        throw secret.unusable(
            "is a public key, which is no secret",
            remedy: "copy the signing secret from the sender's webhook page; a key by which others verify is known as such in PEM")
    }

    static func jsonWebKeys(_ secret: Secret) throws(SettingProblem) -> [JSONWebKey] {
        guard case .object(let object)? = try? JSON.parse(secret.bytes) else {
            throw secret.unusable("is no JSON", remedy: "copy the JSON Web Key whole")
        }
        do throws(JOSEError) {
            guard object.contains("keys") else { return [try JSONWebKey(object)] }
            let keys = try JSONWebKey.set(object)
            guard !keys.isEmpty else { throw .key("the set holds none that is known") }
            return keys
        } catch {
            throw secret.unusable(
                "is a JSON Web Key that cannot be read: \(error)", remedy: "copy it whole, with kty and the key itself")
        }
    }

    /// 32 bytes of Ed25519, or a public key in the form of X.509, in base 64 or hexadecimal; 64 bytes, or 32 after the
    /// prefix `whsk_`, are a private key of Ed25519.
    private static func text(_ secret: Secret, _ prefixes: [String]) throws(SettingProblem) -> AsymmetricKey {
        let prefix = prefixes.first { secret.bytes.starts(with: $0.utf8) }
        let text = Array(secret.bytes.dropFirst(prefix?.utf8.count ?? 0))
        let bytes = Hexadecimal.decode(text.span) ?? Base64.standard.decode(text.span, padding: .optional)
        let isPrivate = bytes?.count == 64 || prefix == "whsk_"
        let key: AsymmetricKey? = bytes.flatMap { bytes in
            switch bytes.count {
            case 32, 64: try? AsymmetricKey(ed25519: Array(bytes.prefix(32)), isPrivate: isPrivate)
            default: try? AsymmetricKey(publicDER: bytes)
            }
        }
        guard let key else {
            throw secret.unusable(
                "is no key", remedy: "copy the public key as the sender shows it, in PEM, base 64, hexadecimal or as JWK")
        }
        return key
    }
}
