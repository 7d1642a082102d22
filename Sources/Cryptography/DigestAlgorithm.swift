internal import COpenSSL

/// A hash function: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), SHA-3 (FIPS 202).
///
/// MD5 and SHA-1 are here because senders still sign with them.
package enum DigestAlgorithm: String, CaseIterable, Sendable {
    case md5
    case sha1
    case sha224
    case sha256
    case sha384
    case sha512
    case sha3_224 = "sha3-224"
    case sha3_256 = "sha3-256"
    case sha3_384 = "sha3-384"
    case sha3_512 = "sha3-512"

    /// Length of the digest.
    package var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224, .sha3_224: 28
        case .sha256, .sha3_256: 32
        case .sha384, .sha3_384: 48
        case .sha512, .sha3_512: 64
        }
    }

    /// Length of the blocks that the function eats, to which HMAC fills up its key (RFC 2104).
    package var blockByteCount: Int {
        switch self {
        case .md5, .sha1, .sha224, .sha256: 64
        case .sha384, .sha512: 128
        case .sha3_224: 144
        case .sha3_256: 136
        case .sha3_384: 104
        case .sha3_512: 72
        }
    }
}

extension DigestAlgorithm {
    /// The digest of some bytes.
    ///
    /// - Throws: `CryptographyError` when libcrypto does not offer the algorithm or runs out of memory.
    package func digest(of bytes: Span<UInt8>) throws(CryptographyError) -> Digest {
        var stream = try DigestStream(self)
        try stream.update(bytes)
        return try stream.finish()
    }

    /// The digest of some bytes.
    package func digest(of bytes: [UInt8]) throws(CryptographyError) -> Digest {
        try digest(of: bytes.span)
    }

    /// The HMAC (RFC 2104) of some bytes under a key that is used only once. A key that is used again is an `HMACKey`.
    package func hmac(of bytes: Span<UInt8>, key: Span<UInt8>) throws(CryptographyError) -> Digest {
        try HMACKey(self, key: key).authenticate(bytes)
    }

    /// The HMAC of some bytes under a key that is used only once.
    package func hmac(of bytes: [UInt8], key: [UInt8]) throws(CryptographyError) -> Digest {
        try hmac(of: bytes.span, key: key.span)
    }
}
