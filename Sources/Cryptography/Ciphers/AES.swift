/// AES (FIPS 197) in the modes of NIST SP 800-38A (CBC), 800-38D (GCM) and of RFC 3394 (key wrap).
///
/// Keys are of 16, 24 or 32 bytes; any other is an error of `CryptographyError`.
package enum AES {
    /// Bytes of a block, and of the initialization vector of CBC.
    package static let blockByteCount = 16
    /// Bytes of a tag of GCM. Shorter ones are not taken.
    package static let tagByteCount = 16

    /// CBC, padded as PKCS #7 has it.
    ///
    /// - Parameter iv: of 16 bytes
    package static func encryptCBC(
        _ text: [UInt8], key: [UInt8], iv: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try check(iv: iv)
        let context = try CipherContext.start("AES-\(key.count * 8)-CBC", key: key, iv: iv, encrypts: true)
        guard let result = try context.transform(text) else { throw .failure(of: "EVP_CipherFinal_ex") }
        return result
    }

    /// - Returns: nil if the padding is wrong, as it is under another key, save once in a hundred times or so: CBC
    ///   alone proves nothing
    package static func decryptCBC(
        _ bytes: [UInt8], key: [UInt8], iv: [UInt8]
    ) throws(CryptographyError) -> [UInt8]? {
        try check(iv: iv)
        return try CipherContext.start("AES-\(key.count * 8)-CBC", key: key, iv: iv, encrypts: false).transform(bytes)
    }

    /// - Parameter iv: of at least one byte, used once only under one key; 12 bytes are usual
    package static func encryptGCM(
        _ text: [UInt8], key: [UInt8], iv: [UInt8], authenticating data: [UInt8] = []
    ) throws(CryptographyError) -> (bytes: [UInt8], tag: [UInt8]) {
        let context = try CipherContext.start("AES-\(key.count * 8)-GCM", key: key, iv: iv, encrypts: true)
        try context.authenticate(data)
        guard let result = try context.transform(text) else { throw .failure(of: "EVP_CipherFinal_ex") }
        return (result, try context.tag(count: tagByteCount))
    }

    /// - Returns: nil if the tag is not that of the bytes, the data, the key and the vector
    package static func decryptGCM(
        _ bytes: [UInt8], tag: [UInt8], key: [UInt8], iv: [UInt8], authenticating data: [UInt8] = []
    ) throws(CryptographyError) -> [UInt8]? {
        guard tag.count == tagByteCount else { return nil }
        let context = try CipherContext.start("AES-\(key.count * 8)-GCM", key: key, iv: iv, encrypts: false)
        try context.expect(tag: tag)
        try context.authenticate(data)
        return try context.transform(bytes)
    }

    /// A key, encrypted under another one (RFC 3394).
    ///
    /// - Parameter wrapped: of at least 16 bytes, a multiple of 8
    package static func wrap(_ wrapped: [UInt8], key: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let context = try CipherContext.start("AES-\(key.count * 8)-WRAP", key: key, iv: nil, encrypts: true)
        guard let result = try context.transform(wrapped) else { throw .failure(of: "EVP_CipherFinal_ex") }
        return result
    }

    /// - Returns: nil if it was not wrapped under this key
    package static func unwrap(_ wrapped: [UInt8], key: [UInt8]) throws(CryptographyError) -> [UInt8]? {
        guard wrapped.count >= 24, wrapped.count.isMultiple(of: 8) else { return nil }
        return try CipherContext.start("AES-\(key.count * 8)-WRAP", key: key, iv: nil, encrypts: false).transform(wrapped)
    }

    private static func check(iv: [UInt8]) throws(CryptographyError) {
        guard iv.count == blockByteCount else {
            throw .failed(call: "AES-CBC", reasons: ["the initialization vector has \(iv.count) bytes, not 16"])
        }
    }
}
