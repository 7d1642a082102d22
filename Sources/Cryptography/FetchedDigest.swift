internal import COpenSSL

/// An algorithm of libcrypto, looked up once a process: since OpenSSL 3 each look-up walks the providers
/// and takes about as long as hashing 300 bytes.
///
/// Safe to share: an `EVP_MD` does not change once it is fetched, its reference count is atomic, and these
/// live as long as the process.
@safe
final class FetchedDigest: @unchecked Sendable {
    let pointer: OpaquePointer

    private init?(_ name: String) {
        guard let pointer = unsafe EVP_MD_fetch(nil, name, nil) else {
            ERR_clear_error()
            return nil
        }
        unsafe self.pointer = unsafe pointer
    }

    static func method(of algorithm: DigestAlgorithm) throws(CryptographyError) -> FetchedDigest {
        guard let method = fetched(algorithm) else { throw .unavailable(algorithm) }
        return method
    }

    private static func fetched(_ algorithm: DigestAlgorithm) -> FetchedDigest? {
        switch algorithm {
        case .md5: md5
        case .sha1: sha1
        case .sha224: sha224
        case .sha256: sha256
        case .sha384: sha384
        case .sha512: sha512
        case .sha3_224: sha3_224
        case .sha3_256: sha3_256
        case .sha3_384: sha3_384
        case .sha3_512: sha3_512
        }
    }

    // One each, so that a CGI process looks up only what its request needs.
    private static let md5 = FetchedDigest("MD5")
    private static let sha1 = FetchedDigest("SHA1")
    private static let sha224 = FetchedDigest("SHA224")
    private static let sha256 = FetchedDigest("SHA256")
    private static let sha384 = FetchedDigest("SHA384")
    private static let sha512 = FetchedDigest("SHA512")
    private static let sha3_224 = FetchedDigest("SHA3-224")
    private static let sha3_256 = FetchedDigest("SHA3-256")
    private static let sha3_384 = FetchedDigest("SHA3-384")
    private static let sha3_512 = FetchedDigest("SHA3-512")
}
