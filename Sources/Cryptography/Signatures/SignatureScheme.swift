internal import COpenSSL

/// How a signature is made with a private key and checked with a public one. Which one it is, is known beforehand: it
/// is never read from what was signed.
package enum SignatureScheme: Sendable, Equatable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).
    case rsa(DigestAlgorithm)
    /// RSASSA-PSS (RFC 8017 section 8.1), its mask with the same digest and its salt as long as that.
    case rsaPSS(DigestAlgorithm)
    /// ECDSA (FIPS 186-4).
    case ecdsa(DigestAlgorithm, ECDSAForm)
    /// Ed25519 (RFC 8032).
    case ed25519

    package enum ECDSAForm: Sendable, Equatable {
        /// Both numbers one after the other, each as long as the curve's: JOSE, and the Web's `crypto`.
        case raw
        /// The ASN.1 of X9.62: OpenSSL, Java, and most senders.
        case der
    }

    /// Whether a key can be used with it.
    package func fits(_ key: AsymmetricKey) -> Bool {
        switch (self, key.kind) {
        case (.rsa, .rsa), (.rsaPSS, .rsa), (.ecdsa, .curve), (.ed25519, .ed25519): true
        default: false
        }
    }

    /// The signature of a message.
    ///
    /// - Throws: `CryptographyError` for a key that is public or does not fit.
    package func sign(_ message: Span<UInt8>, key: AsymmetricKey) throws(CryptographyError) -> [UInt8] {
        guard fits(key), key.isPrivate else { throw Self.wrongKey }
        let context = try SignatureContext.start(self, key, signs: true)
        let signature = try context.sign(message)
        guard case .ecdsa(_, .raw) = self, case .curve(let curve) = key.kind else { return signature }
        return try ECDSASignature.raw(signature, curve)
    }

    /// Whether a signature is that of a message.
    ///
    /// - Throws: `CryptographyError` for a key that does not fit.
    package func verifies(
        _ signature: Span<UInt8>, of message: Span<UInt8>, key: AsymmetricKey
    ) throws(CryptographyError) -> Bool {
        guard fits(key) else { throw Self.wrongKey }
        let context = try SignatureContext.start(self, key, signs: false)
        guard case .ecdsa(_, .raw) = self, case .curve(let curve) = key.kind else {
            return context.verifies(signature, of: message)
        }
        guard signature.count == 2 * curve.byteCount else { return false }
        let encoded = ECDSASignature.der(signature)
        return context.verifies(encoded.span, of: message)
    }

    package func sign(_ message: [UInt8], key: AsymmetricKey) throws(CryptographyError) -> [UInt8] {
        try sign(message.span, key: key)
    }

    package func verifies(
        _ signature: [UInt8], of message: [UInt8], key: AsymmetricKey
    ) throws(CryptographyError) -> Bool {
        try verifies(signature.span, of: message.span, key: key)
    }

    private static let wrongKey = CryptographyError.failed(
        call: "signing or verifying", reasons: ["the key is not one for this algorithm"])
}

/// An `EVP_MD_CTX` that signs or verifies.
@safe
private struct SignatureContext: ~Copyable {
    private let pointer: OpaquePointer

    private init() throws(CryptographyError) {
        guard let pointer = unsafe EVP_MD_CTX_new() else { throw .failure(of: "EVP_MD_CTX_new") }
        unsafe self.pointer = pointer
    }

    static func start(
        _ scheme: SignatureScheme, _ key: AsymmetricKey, signs: Bool
    ) throws(CryptographyError) -> SignatureContext {
        let context = try SignatureContext()
        switch scheme {
        case .rsa(let digest), .ecdsa(let digest, _): try context.begin(.method(of: digest), key, signs, isPSS: false)
        case .rsaPSS(let digest): try context.begin(.method(of: digest), key, signs, isPSS: true)
        case .ed25519: try context.begin(nil, key, signs, isPSS: false)
        }
        return context
    }

    private borrowing func begin(
        _ method: FetchedDigest?, _ key: AsymmetricKey, _ signs: Bool, isPSS: Bool
    ) throws(CryptographyError) {
        // Owned by the context that it belongs to.
        var keyContext: OpaquePointer?
        let result = unsafe signs
            ? EVP_DigestSignInit(pointer, &keyContext, method?.pointer, nil, key.pointer)
            : EVP_DigestVerifyInit(pointer, &keyContext, method?.pointer, nil, key.pointer)
        guard result == 1 else { throw .failure(of: "EVP_DigestSignInit") }
        guard isPSS else { return }
        // -1: as long as the digest.
        guard unsafe EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, -1) == 1
        else { throw .failure(of: "EVP_PKEY_CTX_set_rsa_padding") }
    }

    deinit {
        unsafe EVP_MD_CTX_free(pointer)
    }

    borrowing func sign(_ message: Span<UInt8>) throws(CryptographyError) -> [UInt8] {
        let signature = unsafe message.withUnsafeBufferPointer { message -> [UInt8]? in
            var count = 0
            guard unsafe EVP_DigestSign(pointer, nil, &count, message.baseAddress, message.count) == 1 else { return nil }
            var signature = [UInt8](repeating: 0, count: count)
            let result = unsafe signature.withUnsafeMutableBufferPointer { signature in
                unsafe EVP_DigestSign(pointer, signature.baseAddress, &count, message.baseAddress, message.count)
            }
            guard result == 1 else { return nil }
            signature.removeLast(signature.count - count)
            return signature
        }
        guard let signature else { throw .failure(of: "EVP_DigestSign") }
        return signature
    }

    borrowing func verifies(_ signature: Span<UInt8>, of message: Span<UInt8>) -> Bool {
        let result = unsafe message.withUnsafeBufferPointer { message in
            unsafe signature.withUnsafeBufferPointer { signature in
                unsafe EVP_DigestVerify(
                    pointer, signature.baseAddress, signature.count, message.baseAddress, message.count)
            }
        }
        ERR_clear_error()
        return result == 1
    }
}
