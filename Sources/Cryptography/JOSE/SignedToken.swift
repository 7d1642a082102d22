package import Values

/// A signed token (RFC 7515 section 7.1) that was taken apart and is not yet believed: what it says may help to find
/// the key, and nothing else, until `isSigned` says that it is that key's.
package struct SignedToken: Sendable {
    package let header: Object
    package let payload: [UInt8]
    /// What is signed: header and payload as they stand in the token, a dot between them.
    package let signedText: [UInt8]
    private let signature: [UInt8]

    /// - Throws: `JOSEError` for text that is no such token, or demands an extension.
    package init(_ text: String) throws(JOSEError) {
        let token = try CompactToken(text, parts: 3, pinned: [])
        header = token.header
        payload = token.parts[1]
        signature = token.parts[2]
        signedText = Array("\(token.texts[0]).\(token.texts[1])".utf8)
    }

    /// What the header names, if it is an algorithm that is known. It is to be compared with the one that is wanted.
    package var algorithm: JWSAlgorithm? {
        guard case .text(let name)? = header["alg"] else { return nil }
        return JWSAlgorithm(rawValue: name.string)
    }

    /// Which key the token says that it was signed with.
    package var keyIdentifier: Text? {
        guard case .text(let identifier)? = header["kid"] else { return nil }
        return identifier
    }

    /// Whether it was signed with this key.
    ///
    /// - Throws: `JOSEError` for a key that is none for the algorithm.
    package func isSigned(by key: JSONWebKey, _ algorithm: JWSAlgorithm) throws(JOSEError) -> Bool {
        let material = try algorithm.use(key)
        return try JOSEError.wrapping { () throws(CryptographyError) in
            try JWS.isSignature(signature, of: signedText, algorithm, material)
        }
    }
}

extension JWSAlgorithm {
    /// Whether a key is one for this algorithm.
    package func fits(_ key: JSONWebKey) -> Bool { (try? use(key)) != nil }
}
