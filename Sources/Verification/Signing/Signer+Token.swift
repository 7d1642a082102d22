internal import Cryptography
internal import Values

extension Signer {
    /// For how long a token counts that is made here.
    static let lifetime: Int64 = 300

    /// Signs a token with the claims that a scheme asks for.
    func add(
        _ scheme: JWSScheme, _ secret: Secret, to message: inout OutgoingMessage, at time: Int64
    ) throws(SigningError) {
        let claims = try claims(scheme, message, at: time)
        let (key, algorithm) = try Self.key(of: secret, scheme)
        let token: String
        do throws(JOSEError) {
            var header: Object = ["typ": "JWT"]
            if let identifier = key.identifier { header["kid"] = .text(identifier) }
            token = try JWS.sign(JSON.print(.object(claims)), header: header, algorithm: algorithm, key: key)
        } catch {
            throw .library("\(error)")
        }
        try message.set(scheme.prefix + Array(token.utf8), at: scheme.place, .body, isNumber: false)
    }

    private static func key(
        of secret: Secret, _ scheme: JWSScheme
    ) throws(SigningError) -> (key: JSONWebKey, algorithm: JWSAlgorithm) {
        for key in (try? JWSCheck.keys(of: secret, scheme)) ?? [] {
            if case .asymmetric(let asymmetric) = key.material, !asymmetric.isPrivate { continue }
            if let algorithm = scheme.algorithms.first(where: { $0.fits(key) }) { return (key, algorithm) }
        }
        throw .publicKey
    }

    private func claims(
        _ scheme: JWSScheme, _ message: OutgoingMessage, at time: Int64
    ) throws(SigningError) -> Object {
        let seconds = time / 1000
        var claims: Object = [:]
        if let issuer = scheme.issuers.first { claims["iss"] = .text(issuer) }
        if let audience = scheme.audiences.first { claims["aud"] = .text(audience) }
        if let email = scheme.emails.first {
            claims["email"] = .text(email)
            claims["email_verified"] = .boolean(true)
        }
        claims["iat"] = .integer(seconds)
        if let name = scheme.timestampClaim { claims[name] = .integer(seconds) }
        for claim in scheme.claims { claims[claim.name] = .text(claim.value) }
        if let name = scheme.bodyClaim {
            claims[name] = .text(Text(try Self.digest(scheme, message.body)))
        }
        if let name = scheme.urlClaim {
            claims[name] = .text(Text(try Self.digest(scheme, Array(((origin?.text ?? "") + message.uri).utf8))))
        }
        for name in scheme.required where !claims.contains(name) {
            switch name {
            case "exp": claims[name] = .integer(seconds + Self.lifetime)
            case "nbf": claims[name] = .integer(seconds)
            case "jti": claims[name] = .text(Text(try Self.identifier(of: message)))
            default: throw .unsignable("nobody says what claim \(name.string) holds")
            }
        }
        return claims
    }

    private static func digest(_ scheme: JWSScheme, _ bytes: [UInt8]) throws(SigningError) -> String {
        do throws(CryptographyError) {
            return scheme.encoding.encode(try scheme.digest.digest(of: bytes))
        } catch {
            throw .library(error.description)
        }
    }
}
