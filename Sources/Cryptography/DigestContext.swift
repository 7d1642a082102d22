internal import COpenSSL

/// An `EVP_MD_CTX`: the state of one running hash.
///
/// Safe to send: it has one owner at a time, and a context that is only read, as the source of copies, may be
/// shared, since `EVP_MD_CTX_copy_ex` takes its source `const`.
@safe
struct DigestContext: ~Copyable, @unchecked Sendable {
    private let pointer: OpaquePointer

    /// A context without an algorithm, to be the target of a copy.
    private init() throws(CryptographyError) {
        guard let pointer = unsafe EVP_MD_CTX_new() else { throw .failure(of: "EVP_MD_CTX_new") }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_MD_CTX_free(pointer)
    }

    /// A context at the start of a hash.
    static func start(_ algorithm: DigestAlgorithm) throws(CryptographyError) -> DigestContext {
        let method = try FetchedDigest.method(of: algorithm)
        let context = try DigestContext()
        guard unsafe EVP_DigestInit_ex(context.pointer, method.pointer, nil) == 1 else {
            throw .failure(of: "EVP_DigestInit_ex")
        }
        return context
    }

    /// A new context in the same state.
    borrowing func copy() throws(CryptographyError) -> DigestContext {
        let context = try DigestContext()
        try context.become(self)
        return context
    }

    /// Takes over the state of another context; its own is lost.
    borrowing func become(_ other: borrowing DigestContext) throws(CryptographyError) {
        guard unsafe EVP_MD_CTX_copy_ex(pointer, other.pointer) == 1 else {
            throw .failure(of: "EVP_MD_CTX_copy_ex")
        }
    }

    borrowing func update(_ bytes: Span<UInt8>) throws(CryptographyError) {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            unsafe EVP_DigestUpdate(pointer, bytes.baseAddress, bytes.count)
        }
        guard result == 1 else { throw .failure(of: "EVP_DigestUpdate") }
    }

    /// The digest; the context must become another one before it is used again.
    borrowing func finish(_ algorithm: DigestAlgorithm) throws(CryptographyError) -> Digest {
        var digest = Digest(algorithm)
        var length: UInt32 = 0
        var storage = digest.storage.mutableSpan
        let result = unsafe storage.withUnsafeMutableBufferPointer { buffer in
            unsafe EVP_DigestFinal_ex(pointer, buffer.baseAddress, &length)
        }
        guard result == 1, Int(length) == algorithm.byteCount else { throw .failure(of: "EVP_DigestFinal_ex") }
        return digest
    }
}
