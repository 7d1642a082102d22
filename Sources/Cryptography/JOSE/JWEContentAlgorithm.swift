/// How the text of an encrypted token is encrypted (RFC 7518 section 5.1).
package enum JWEContentAlgorithm: String, Sendable, CaseIterable {
    case a128CBC = "A128CBC-HS256"
    case a192CBC = "A192CBC-HS384"
    case a256CBC = "A256CBC-HS512"
    case a128GCM = "A128GCM"
    case a192GCM = "A192GCM"
    case a256GCM = "A256GCM"

    struct Sealed {
        var iv: [UInt8]
        var bytes: [UInt8]
        var tag: [UInt8]
    }

    /// Bytes of its key.
    var keyByteCount: Int {
        switch self {
        case .a128GCM: 16
        case .a192GCM: 24
        case .a256GCM, .a128CBC: 32
        case .a192CBC: 48
        case .a256CBC: 64
        }
    }

    private var digest: DigestAlgorithm? {
        switch self {
        case .a128CBC: .sha256
        case .a192CBC: .sha384
        case .a256CBC: .sha512
        default: nil
        }
    }

    /// Bytes of its initialization vector.
    var ivByteCount: Int { digest == nil ? 12 : AES.blockByteCount }

    func seal(
        _ text: [UInt8], key: [UInt8], iv: [UInt8], authenticating data: [UInt8]
    ) throws(CryptographyError) -> Sealed {
        guard let digest else {
            let (bytes, tag) = try AES.encryptGCM(text, key: key, iv: iv, authenticating: data)
            return Sealed(iv: iv, bytes: bytes, tag: tag)
        }
        let half = key.count / 2
        let bytes = try AES.encryptCBC(text, key: Array(key[half...]), iv: iv)
        return Sealed(iv: iv, bytes: bytes, tag: try Self.tag(digest, Array(key[..<half]), data, iv, bytes))
    }

    /// - Returns: nil if anything is not as it was sealed
    func open(_ sealed: Sealed, key: [UInt8], authenticating data: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        guard key.count == keyByteCount, sealed.iv.count == ivByteCount else { return nil }
        guard let digest else {
            return try AES.decryptGCM(sealed.bytes, tag: sealed.tag, key: key, iv: sealed.iv, authenticating: data)
        }
        let half = key.count / 2
        let tag = try Self.tag(digest, Array(key[..<half]), data, sealed.iv, sealed.bytes)
        // Before anything is decrypted: the padding alone would tell a stranger something.
        guard ConstantTime.areEqual(tag.span, sealed.tag.span) else { return nil }
        return try AES.decryptCBC(sealed.bytes, key: Array(key[half...]), iv: sealed.iv)
    }

    /// Half of an HMAC (RFC 7518 section 5.2.2).
    private static func tag(
        _ digest: DigestAlgorithm, _ key: [UInt8], _ data: [UInt8], _ iv: [UInt8], _ bytes: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let bits = UInt64(data.count) * 8
        let length = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) }
        let code = try digest.hmac(of: data + iv + bytes + length, key: key).bytes
        return Array(code[..<(code.count / 2)])
    }
}
