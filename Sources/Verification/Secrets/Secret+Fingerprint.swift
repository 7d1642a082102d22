package import Cryptography
internal import Values

extension Secret {
    /// Eight hexadecimal digits by which the operator tells one secret from another.
    ///
    /// They are of an HMAC, so that without the key nobody can try guesses of a weak secret against them, and of so
    /// little of it that they are of no other use.
    /// - Parameter key: a random one that whoever sees fingerprints does not have.
    package func fingerprint(_ key: HMACKey) -> String? {
        let digest = try? key.authenticate(Array("secret\0".utf8) + bytes)
        return digest?.withBytes { Hexadecimal.encode($0.extracting(first: 4)) }
    }

    /// What a JSON Web Key, or each of a set, calls itself (`kid`).
    package var keyIdentifiers: [String] {
        guard form == .jsonWebKey, case .object(let object)? = try? JSON.parse(bytes) else { return [] }
        let keys: [Value] = if case .array(let keys)? = object["keys"] { keys } else { [.object(object)] }
        return keys.compactMap { key in
            guard case .object(let key) = key, case .text(let identifier)? = key["kid"] else { return nil }
            return identifier.string
        }
    }
}
