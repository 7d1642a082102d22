internal import COpenSSL

extension AsymmetricKey {
    /// RSA-OAEP (RFC 8017 section 7.1) under this public key.
    ///
    /// - Parameter digest: of the padding and of its mask
    func encryptOAEP(_ bytes: [UInt8], digest: DigestAlgorithm) throws(CryptographyError) -> [UInt8] {
        let context = try KeyContext(self)
        try unsafe context.begin("EVP_PKEY_encrypt_init") { unsafe EVP_PKEY_encrypt_init($0) }
        try context.setOAEP(digest)
        guard let result = try unsafe context.output(bytes, { unsafe EVP_PKEY_encrypt($0, $1, $2, $3, $4) }) else {
            throw .failure(of: "EVP_PKEY_encrypt")
        }
        return result
    }

    /// - Returns: nil if it was not encrypted under this key
    func decryptOAEP(_ bytes: [UInt8], digest: DigestAlgorithm) throws(CryptographyError) -> [UInt8]? {
        let context = try KeyContext(self)
        try unsafe context.begin("EVP_PKEY_decrypt_init") { unsafe EVP_PKEY_decrypt_init($0) }
        try context.setOAEP(digest)
        let result = try unsafe context.output(bytes) { unsafe EVP_PKEY_decrypt($0, $1, $2, $3, $4) }
        if result == nil { ERR_clear_error() }
        return result
    }

    /// The secret that this private key shares with another's public key on the same curve.
    func agree(with other: AsymmetricKey) throws(CryptographyError) -> [UInt8] {
        let context = try KeyContext(self)
        try unsafe context.begin("EVP_PKEY_derive_init") { unsafe EVP_PKEY_derive_init($0) }
        try unsafe context.begin("EVP_PKEY_derive_set_peer") { unsafe EVP_PKEY_derive_set_peer($0, other.pointer) }
        guard let secret = try unsafe context.output([], { pointer, output, count, _, _ in
            unsafe EVP_PKEY_derive(pointer, output, count)
        }) else { throw .failure(of: "EVP_PKEY_derive") }
        return secret
    }
}

/// An `EVP_PKEY_CTX`: one use of a key.
@safe
private struct KeyContext: ~Copyable {
    private let pointer: OpaquePointer

    init(_ key: AsymmetricKey) throws(CryptographyError) {
        guard let pointer = unsafe EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil) else {
            throw .failure(of: "EVP_PKEY_CTX_new_from_pkey")
        }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_PKEY_CTX_free(pointer)
    }

    borrowing func begin(_ call: String, _ body: (OpaquePointer) -> Int32) throws(CryptographyError) {
        guard unsafe body(pointer) == 1 else { throw .failure(of: call) }
    }

    borrowing func setOAEP(_ digest: DigestAlgorithm) throws(CryptographyError) {
        let method = try FetchedDigest.method(of: digest)
        guard unsafe EVP_PKEY_CTX_set_rsa_padding(pointer, RSA_PKCS1_OAEP_PADDING) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_oaep_md(pointer, method.pointer) == 1,
            unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(pointer, method.pointer) == 1
        else { throw .failure(of: "EVP_PKEY_CTX_set_rsa_padding") }
    }

    /// The output of a call that is asked for its size first.
    ///
    /// - Returns: nil if the call failed
    borrowing func output(
        _ input: [UInt8],
        _ call: (OpaquePointer, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>, UnsafePointer<UInt8>?, Int) -> Int32
    ) throws(CryptographyError) -> [UInt8]? {
        unsafe input.withUnsafeBufferPointer { input in
            var count = 0
            guard unsafe call(pointer, nil, &count, input.baseAddress, input.count) == 1 else { return nil }
            var output = [UInt8](repeating: 0, count: count)
            let result = unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe call(pointer, output.baseAddress, &count, input.baseAddress, input.count)
            }
            guard result == 1 else { return nil }
            output.removeLast(output.count - count)
            return output
        }
    }
}
