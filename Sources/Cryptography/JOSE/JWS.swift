package import Values

/// Signed tokens in the compact form (RFC 7515 section 7.1).
package enum JWS {
    /// Signs a payload.
    ///
    /// - Parameter header: further members of the header; `alg` is the algorithm's, whatever it says
    package static func sign(
        _ payload: [UInt8], header: Object = [:], algorithm: JWSAlgorithm, key: JSONWebKey
    ) throws(JOSEError) -> String {
        let material = try algorithm.use(key)
        var members: Object = ["alg": .text(algorithm.rawValue)]
        for (name, value) in header where name != "alg" { members[name] = value }
        let message = CompactToken.encode(JSON.print(.object(members))) + "." + CompactToken.encode(payload)
        let signature = try JOSEError.wrapping { () throws(CryptographyError) in
            try Self.signature(of: Array(message.utf8), algorithm, material)
        }
        return message + "." + CompactToken.encode(signature)
    }

    private static func signature(
        of message: [UInt8], _ algorithm: JWSAlgorithm, _ material: JSONWebKey.Material
    ) throws(CryptographyError) -> [UInt8] {
        switch material {
        case .secret(let secret):
            guard let digest = algorithm.authenticationDigest else { return [] }
            return try digest.hmac(of: message, key: secret).bytes
        case .asymmetric(let key):
            guard let scheme = algorithm.scheme else { return [] }
            return try scheme.sign(message, key: key)
        }
    }

    /// The payload and the header of a token, once its signature is found to be valid.
    ///
    /// - Parameter algorithm: the one that the token has to have: its own header decides nothing
    package static func verify(
        _ token: String, algorithm: JWSAlgorithm, key: JSONWebKey
    ) throws(JOSEError) -> (payload: [UInt8], header: Object) {
        let material = try algorithm.use(key)
        let token = try CompactToken(token, parts: 3, pinned: [("alg", algorithm.rawValue)])
        let message = Array("\(token.texts[0]).\(token.texts[1])".utf8)
        let isValid = try JOSEError.wrapping { () throws(CryptographyError) in
            try isSignature(token.parts[2], of: message, algorithm, material)
        }
        guard isValid else { throw .signature }
        return (token.parts[1], token.header)
    }

    static func isSignature(
        _ signature: [UInt8], of message: [UInt8], _ algorithm: JWSAlgorithm, _ material: JSONWebKey.Material
    ) throws(CryptographyError) -> Bool {
        switch material {
        case .secret(let secret):
            guard let digest = algorithm.authenticationDigest else { return false }
            return try digest.hmac(of: message, key: secret).withBytes { ConstantTime.areEqual($0, signature.span) }
        case .asymmetric(let key):
            guard let scheme = algorithm.scheme else { return false }
            return try scheme.verifies(signature, of: message, key: key)
        }
    }
}
