internal import COpenSSL

/// An `EVP_CIPHER_CTX`: one encryption or decryption.
@safe
struct CipherContext: ~Copyable {
    private let pointer: OpaquePointer

    private init() throws(CryptographyError) {
        guard let pointer = unsafe EVP_CIPHER_CTX_new() else { throw .failure(of: "EVP_CIPHER_CTX_new") }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(pointer)
    }

    /// - Parameters:
    ///   - name: as libcrypto names the cipher, `AES-256-CBC`
    ///   - iv: nil for a cipher that has none, or a default
    static func start(
        _ name: String, key: [UInt8], iv: [UInt8]?, encrypts: Bool
    ) throws(CryptographyError) -> CipherContext {
        guard [16, 24, 32].contains(key.count) else {
            throw .failed(call: "AES", reasons: ["the key has \(key.count) bytes, not 16, 24 or 32"])
        }
        let context = try CipherContext()
        try context.begin(name, key: key, iv: iv, encrypts: encrypts)
        return context
    }

    private borrowing func begin(
        _ name: String, key: [UInt8], iv: [UInt8]?, encrypts: Bool
    ) throws(CryptographyError) {
        guard let cipher = unsafe EVP_CIPHER_fetch(nil, name, nil) else { throw .failure(of: "EVP_CIPHER_fetch") }
        defer { unsafe EVP_CIPHER_free(cipher) }
        unsafe EVP_CIPHER_CTX_set_flags(pointer, Int32(EVP_CIPHER_CTX_FLAG_WRAP_ALLOW))
        let direction: Int32 = encrypts ? 1 : 0
        guard unsafe EVP_CipherInit_ex2(pointer, cipher, nil, nil, direction, nil) == 1 else {
            throw .failure(of: "EVP_CipherInit_ex2")
        }
        if let iv, unsafe Int(EVP_CIPHER_CTX_get_iv_length(pointer)) != iv.count {
            let result = unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_IVLEN, Int32(clamping: iv.count), nil)
            guard result == 1 else { throw .failure(of: "EVP_CTRL_AEAD_SET_IVLEN") }
        }
        let result = unsafe key.withUnsafeBufferPointer { key in
            guard let iv else { return unsafe EVP_CipherInit_ex2(pointer, nil, key.baseAddress, nil, direction, nil) }
            return unsafe iv.withUnsafeBufferPointer { iv in
                unsafe EVP_CipherInit_ex2(pointer, nil, key.baseAddress, iv.baseAddress, direction, nil)
            }
        }
        guard result == 1 else { throw .failure(of: "EVP_CipherInit_ex2") }
    }

    /// Adds what is authenticated and not encrypted.
    borrowing func authenticate(_ bytes: [UInt8]) throws(CryptographyError) {
        guard !bytes.isEmpty else { return }
        var length: Int32 = 0
        let result = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe EVP_CipherUpdate(pointer, nil, &length, bytes.baseAddress, Int32(clamping: bytes.count))
        }
        guard result == 1 else { throw .failure(of: "EVP_CipherUpdate") }
    }

    /// All of the output for all of the input.
    ///
    /// - Returns: nil if what was to be decrypted is not whole: its padding, its tag, or its length is wrong
    borrowing func transform(_ input: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        guard input.count < Int(Int32.max) - 64 else {
            throw .failed(call: "EVP_CipherUpdate", reasons: ["too many bytes"])
        }
        // A wrapped key grows by eight bytes, a padded text by a block.
        var output = [UInt8](repeating: 0, count: input.count + 32)
        var length: Int32 = 0
        var rest: Int32 = 0
        let isDone = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe input.withUnsafeBufferPointer { input in
                guard
                    unsafe input.isEmpty
                        || EVP_CipherUpdate(
                            pointer, output.baseAddress, &length, input.baseAddress, Int32(input.count)) == 1
                else { return false }
                return unsafe EVP_CipherFinal_ex(pointer, output.baseAddress?.advanced(by: Int(length)), &rest) == 1
            }
        }
        guard isDone else {
            ERR_clear_error()
            output.cleanse()
            return nil
        }
        output.removeLast(output.count - Int(length) - Int(rest))
        return output
    }

    /// The tag of an authenticated encryption, after `transform`.
    borrowing func tag(count: Int) throws(CryptographyError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: count)
        let result = unsafe tag.withUnsafeMutableBytes { tag in
            unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(count), tag.baseAddress)
        }
        guard result == 1 else { throw .failure(of: "EVP_CTRL_AEAD_GET_TAG") }
        return tag
    }

    /// Sets the tag that an authenticated decryption checks, before `transform`.
    borrowing func expect(tag: [UInt8]) throws(CryptographyError) {
        var tag = tag
        let result = unsafe tag.withUnsafeMutableBytes { tag in
            unsafe EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), tag.baseAddress)
        }
        guard result == 1 else { throw .failure(of: "EVP_CTRL_AEAD_SET_TAG") }
    }
}
