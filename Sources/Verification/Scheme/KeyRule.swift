import Cryptography

/// How the text of a secret becomes the key.
struct KeyRule: Sendable, Equatable {
    enum Encoding: String, CaseIterable, Sendable {
        /// Its bytes as they are.
        case utf8
        case base64
        case hex
    }

    var encoding = Encoding.utf8
    /// Taken off first if it is there: `whsec_`.
    var prefix: String?

    /// - Throws: `SettingProblem` when the secret does not have that form or nothing is left of it.
    func key(of secret: Secret) throws(SettingProblem) -> [UInt8] {
        var text = secret.bytes[...]
        if let prefix, text.starts(with: prefix.utf8) { text = text.dropFirst(prefix.utf8.count) }
        let after = prefix.map { " after \($0)" } ?? ""
        guard !text.isEmpty else {
            throw secret.unusable("is empty\(after)", remedy: "copy the whole secret from the sender")
        }
        switch encoding {
        case .utf8:
            return Array(text)
        case .base64:
            // Senders' own libraries take keys without padding and do not look at the bits past the end.
            guard let key = Base64.standard.decode(text.span, padding: .optional, trailingBits: .ignored) else {
                throw secret.unusable(
                    "is no base 64\(after)", remedy: "copy the whole secret from the sender, as it is")
            }
            return key
        case .hex:
            guard let key = Hexadecimal.decode(text.span) else {
                throw secret.unusable(
                    "is no hexadecimal\(after)", remedy: "copy the whole secret from the sender, as it is")
            }
            return key
        }
    }
}
