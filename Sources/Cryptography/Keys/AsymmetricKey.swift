internal import COpenSSL

/// A public key, or a private key with its public part: RSA, a curve of NIST, Ed25519.
///
/// Safe to share: an `EVP_PKEY` does not change once it is made, and its reference count is atomic.
@safe
package final class AsymmetricKey: @unchecked Sendable {
    package enum Kind: Sendable, Equatable {
        case rsa(bits: Int)
        case curve(Curve)
        case ed25519
    }

    package let kind: Kind
    package let isPrivate: Bool
    let pointer: OpaquePointer

    /// Takes a key over.
    ///
    /// - Throws: `CryptographyError` for a key of another kind.
    init(taking pointer: OpaquePointer, isPrivate: Bool) throws(CryptographyError) {
        guard let kind = unsafe Self.kind(of: pointer) else {
            unsafe EVP_PKEY_free(pointer)
            throw .failed(call: "reading a key", reasons: ["it is neither RSA, nor P-256, P-384, P-521, nor Ed25519"])
        }
        self.kind = kind
        self.isPrivate = isPrivate
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }

    private static func kind(of pointer: OpaquePointer) -> Kind? {
        if unsafe EVP_PKEY_is_a(pointer, "RSA") == 1 {
            return unsafe .rsa(bits: Int(EVP_PKEY_get_bits(pointer)))
        }
        if unsafe EVP_PKEY_is_a(pointer, "ED25519") == 1 { return .ed25519 }
        guard unsafe EVP_PKEY_is_a(pointer, "EC") == 1 else { return nil }
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        guard unsafe EVP_PKEY_get_group_name(pointer, &name, name.count, &length) == 1 else { return nil }
        let group = String(decoding: name[..<min(length, name.count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Curve(group: group).map { .curve($0) }
    }
}

extension AsymmetricKey {
    /// A new RSA key.
    ///
    /// - Parameter bits: 1024 to 16384
    package static func generateRSA(bits: Int) throws(CryptographyError) -> AsymmetricKey {
        guard (1024...16384).contains(bits) else {
            throw .failed(call: "making an RSA key", reasons: ["it has 1024 to 16384 bits, not \(bits)"])
        }
        guard let pointer = unsafe postern_generate_rsa(bits) else { throw .failure(of: "EVP_PKEY_Q_keygen") }
        return try unsafe AsymmetricKey(taking: pointer, isPrivate: true)
    }

    /// A new key on a curve.
    package static func generate(on curve: Curve) throws(CryptographyError) -> AsymmetricKey {
        guard let pointer = unsafe postern_generate_curve(curve.rawValue) else {
            throw .failure(of: "EVP_PKEY_Q_keygen")
        }
        return try unsafe AsymmetricKey(taking: pointer, isPrivate: true)
    }

    /// A new key of Ed25519.
    package static func generateEd25519() throws(CryptographyError) -> AsymmetricKey {
        guard let pointer = unsafe postern_generate_ed25519() else { throw .failure(of: "EVP_PKEY_Q_keygen") }
        return try unsafe AsymmetricKey(taking: pointer, isPrivate: true)
    }
}
