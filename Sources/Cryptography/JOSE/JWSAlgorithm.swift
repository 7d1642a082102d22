import Values

/// How a token is signed (RFC 7518 section 3.1, RFC 8037). `none` is no algorithm here.
package enum JWSAlgorithm: String, Sendable, CaseIterable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case eddsa = "EdDSA"

    /// The digest of its HMAC, nil for a signature.
    var authenticationDigest: DigestAlgorithm? {
        switch self {
        case .hs256: .sha256
        case .hs384: .sha384
        case .hs512: .sha512
        default: nil
        }
    }

    /// The scheme of its signature, nil for an HMAC.
    var scheme: SignatureScheme? {
        switch self {
        case .hs256, .hs384, .hs512: nil
        case .rs256: .rsa(.sha256)
        case .rs384: .rsa(.sha384)
        case .rs512: .rsa(.sha512)
        case .ps256: .rsaPSS(.sha256)
        case .ps384: .rsaPSS(.sha384)
        case .ps512: .rsaPSS(.sha512)
        case .es256: .ecdsa(.sha256, .raw)
        case .es384: .ecdsa(.sha384, .raw)
        case .es512: .ecdsa(.sha512, .raw)
        case .eddsa: .ed25519
        }
    }

    private var curve: Curve? {
        switch self {
        case .es256: .p256
        case .es384: .p384
        case .es512: .p521
        default: nil
        }
    }

    /// The key, if it is one for this algorithm.
    func use(_ key: JSONWebKey) throws(JOSEError) -> JSONWebKey.Material {
        if let own = key.algorithm?.string, own != rawValue { throw .key("it is one for \(own), not for \(rawValue)") }
        switch key.material {
        case .secret(let bytes):
            guard authenticationDigest != nil else { throw .key("\(rawValue) needs one that is no mere secret") }
            guard !bytes.isEmpty else { throw .key("it is empty") }
        case .asymmetric(let asymmetric):
            guard let scheme, scheme.fits(asymmetric) else { throw .key("it is of another kind than \(rawValue) takes") }
            if let curve, asymmetric.kind != .curve(curve) { throw .key("\(rawValue) takes one on \(curve.rawValue)") }
        }
        return key.material
    }
}
