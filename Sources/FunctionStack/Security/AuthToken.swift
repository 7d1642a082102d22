import Cryptography
import Values

/// The token of a signed-in user, as `security.create_auth_token` makes it and a query with `auth` demands it: a JWE
/// (`dir`, `A256GCM`) under a key of the workspace's database that nothing ever shows.
package enum AuthToken {
    /// Bytes of the key.
    package static let keyByteCount = 32

    /// - Parameters:
    ///   - seconds: how long it holds
    ///   - now: milliseconds
    static func make(_ identity: Identity, seconds: Int64, now: Int64, key: [UInt8]) throws -> Text {
        guard case .object(var claims) = identity.stored else { return "" }
        claims["iat"] = .integer(now / 1000)
        claims["exp"] = .integer(now / 1000 + seconds)
        let token = try JWE.encrypt(
            JSON.print(.object(claims)), algorithm: .direct, content: .a256GCM, key: JSONWebKey(.secret(key)))
        return Text(token)
    }

    /// Who brought a token.
    ///
    /// - Parameters:
    ///   - authorization: the values of the header `Authorization`
    ///   - table: the one that the query asks for
    ///   - key: nil if no token was ever made
    /// - Throws: `StackError` of kind `unauthorized`.
    package static func identity(
        authorization: [String], table: String, key: [UInt8]?, now: Int64
    ) throws(StackError) -> Identity {
        guard let header = authorization.first, !header.isEmpty else { throw required }
        let words = header.split(separator: " ", omittingEmptySubsequences: true)
        guard authorization.count == 1, words.count == 2, words[0].lowercased() == "bearer", let key,
            let opened = try? JWE.decrypt(
                String(words[1]), algorithm: .direct, content: .a256GCM, key: JSONWebKey(.secret(key))),
            let claims = try? JSON.parse(opened.text), let identity = Identity(stored: claims), identity.table == table,
            case .integer(let end) = claims["exp"]
        else { throw StackError(.unauthorized, "Invalid token.") }
        guard end > now / 1000 else { throw StackError(.unauthorized, "This token is expired.") }
        return identity
    }

    /// What a request without a token is told.
    package static let required = StackError(.unauthorized, "Authentication Required.")
}
