package import Values

/// Encrypted tokens in the compact form (RFC 7516 section 7.1).
package enum JWE {
    /// Encrypts a text.
    ///
    /// - Parameters:
    ///   - header: further members of the header; `alg`, `enc` and what they need are the algorithms', whatever it says
    ///   - key: a secret, or the recipient's public key
    package static func encrypt(
        _ text: [UInt8], header: Object = [:], algorithm: JWEKeyAlgorithm, content: JWEContentAlgorithm, key: JSONWebKey
    ) throws(JOSEError) -> String {
        var delivery = try algorithm.deliver(content, to: key)
        defer { delivery.key.cleanse() }
        var members: Object = ["alg": .text(algorithm.rawValue), "enc": .text(content.rawValue)]
        for (name, value) in header where !reserved.contains(name) { members[name] = value }
        for (name, value) in delivery.header { members[name] = value }
        let protected = CompactToken.encode(JSON.print(.object(members)))
        let sealed = try JOSEError.wrapping { () throws(CryptographyError) in
            try content.seal(
                text, key: delivery.key, iv: SecureRandom.bytes(count: content.ivByteCount),
                authenticating: Array(protected.utf8))
        }
        let parts = [delivery.encrypted, sealed.iv, sealed.bytes, sealed.tag].map(CompactToken.encode)
        return ([protected] + parts).joined(separator: ".")
    }

    private static let reserved: [Text] = ["alg", "enc", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c", "zip", "crit"]

    /// The text and the header of a token that was encrypted for a key.
    ///
    /// - Parameters:
    ///   - algorithm: the one that the token has to have: its own header decides nothing. The same holds for `content`.
    ///   - key: the secret, or the recipient's private key
    package static func decrypt(
        _ token: String, algorithm: JWEKeyAlgorithm, content: JWEContentAlgorithm, key: JSONWebKey
    ) throws(JOSEError) -> (text: [UInt8], header: Object) {
        let token = try CompactToken(
            token, parts: 5, pinned: [("alg", algorithm.rawValue), ("enc", content.rawValue)])
        let parts = token.parts
        guard var contentKey = try algorithm.receive(parts[1], token.header, content, key: key) else {
            throw .decryption
        }
        defer { contentKey.cleanse() }
        let sealed = JWEContentAlgorithm.Sealed(iv: parts[2], bytes: parts[3], tag: parts[4])
        let text = try JOSEError.wrapping { () throws(CryptographyError) in
            try content.open(sealed, key: contentKey, authenticating: Array(token.texts[0].utf8))
        }
        guard let text else { throw .decryption }
        return (text, token.header)
    }
}
