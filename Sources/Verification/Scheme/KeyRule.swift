import Cryptography

/// How the text of a secret becomes the key.
struct KeyRule: Sendable, Equatable {
    enum Encoding: String, CaseIterable, Sendable {
        /// Its bytes as they are.
        case utf8
        case base64
        case hex
        /// UTF-8 in the normalization form NFKD.
        case nfkd
        /// The SHA-1 digest of its bytes.
        case sha1
        /// Base 64 if the prefix is there, else its bytes as they are.
        case base64IfPrefixed = "base64-if-prefixed"
    }

    var encoding = Encoding.utf8
    /// Taken off first, the first one that is there: `whsec_`.
    var prefixes: [String] = []

    /// - Throws: `SettingProblem` when the secret does not have that form or nothing is left of it.
    func key(of secret: Secret) throws(SettingProblem) -> [UInt8] {
        let prefix = prefixes.first { secret.bytes.starts(with: $0.utf8) }
        let text = secret.bytes.dropFirst(prefix?.utf8.count ?? 0)
        let after = prefixes.isEmpty ? "" : " after \(prefixes.joined(separator: " or "))"
        guard !text.isEmpty else {
            throw secret.unusable("is empty\(after)", remedy: "copy the whole secret from the sender")
        }
        func unusable(_ what: String) -> SettingProblem {
            secret.unusable("is no \(what)\(after)", remedy: "copy the whole secret from the sender, as it is")
        }
        switch encoding {
        case .utf8: return Array(text)
        case .base64IfPrefixed where prefix == nil: return Array(text)
        case .base64, .base64IfPrefixed:
            // Senders' own libraries take keys without padding and do not look at the bits past the end.
            guard let key = Base64.standard.decode(text.span, padding: .optional, trailingBits: .ignored) else {
                throw unusable("base 64")
            }
            return key
        case .hex:
            guard let key = Hexadecimal.decode(text.span) else { throw unusable("hexadecimal") }
            return key
        case .nfkd:
            guard let key = NormalizedLatin.decomposed(text) else {
                throw secret.unusable(
                    "holds characters whose normalization form NFKD is not known here",
                    remedy: "choose a secret of Latin letters, digits and signs")
            }
            return key
        case .sha1:
            do throws(CryptographyError) {
                return try DigestAlgorithm.sha1.digest(of: Array(text)).bytes
            } catch {
                throw SettingProblem(
                    .verify, .badValue, "needs SHA-1, which this host does not have: \(error)",
                    remedy: "see the providers in the host's openssl.cnf")
            }
        }
    }
}
