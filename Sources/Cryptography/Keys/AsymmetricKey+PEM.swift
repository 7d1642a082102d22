internal import COpenSSL

extension AsymmetricKey {
    /// A key in the forms in which keys are handed about: PEM with a public key (`PUBLIC KEY`, `RSA PUBLIC KEY`), a
    /// private one (`PRIVATE KEY`, `RSA PRIVATE KEY`, `EC PRIVATE KEY`) or a certificate, of which only the key counts.
    ///
    /// - Throws: `CryptographyError` for anything else, keys under a passphrase among them.
    package convenience init(pem: [UInt8]) throws(CryptographyError) {
        let isCertificate = Self.contains(pem, "-----BEGIN CERTIFICATE-----")
        let isPrivate = Self.contains(pem, "PRIVATE KEY-----")
        let pointer = unsafe isCertificate && !isPrivate ? Self.certified(pem) : Self.decoded(pem, "PEM", isPrivate: isPrivate)
        guard let pointer = unsafe pointer else { throw .failure(of: "reading a key in PEM") }
        try unsafe self.init(taking: pointer, isPrivate: isPrivate)
    }

    /// A public key as X.509 has it (SubjectPublicKeyInfo).
    package convenience init(publicDER der: [UInt8]) throws(CryptographyError) {
        guard let pointer = unsafe Self.decoded(der, "DER", isPrivate: false) else {
            throw .failure(of: "reading a key in DER")
        }
        try unsafe self.init(taking: pointer, isPrivate: false)
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(text)
    }

    private static func certified(_ pem: [UInt8]) -> OpaquePointer? {
        unsafe withMemory(pem) { memory in
            guard let certificate = unsafe PEM_read_bio_X509(memory, nil, nil, nil) else { return nil }
            defer { unsafe X509_free(certificate) }
            return unsafe X509_get_pubkey(certificate)
        }
    }

    private static func decoded(_ bytes: [UInt8], _ form: String, isPrivate: Bool) -> OpaquePointer? {
        var key: OpaquePointer?
        let selection = isPrivate ? EVP_PKEY_PRIVATE_KEY | EVP_PKEY_PUBLIC_KEY : EVP_PKEY_PUBLIC_KEY
        let context = unsafe OSSL_DECODER_CTX_new_for_pkey(&key, form, nil, nil, selection, nil, nil)
        guard let context = unsafe context else { return nil }
        defer { unsafe OSSL_DECODER_CTX_free(context) }
        // Without one, libcrypto would ask for it on the terminal.
        var none: UInt8 = 0
        guard unsafe OSSL_DECODER_CTX_set_passphrase(context, &none, 0) == 1 else { return nil }
        return unsafe withMemory(bytes) { memory in
            unsafe OSSL_DECODER_from_bio(context, memory) == 1 ? key : nil
        }
    }

    private static func withMemory(
        _ bytes: [UInt8], _ body: (OpaquePointer) -> OpaquePointer?
    ) -> OpaquePointer? {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let memory = unsafe postern_memory(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { unsafe BIO_free(memory) }
            return unsafe body(memory)
        }
    }

    // Selections of core_dispatch.h, of which EVP_PKEY_PUBLIC_KEY and its like are macros of macros.
    private static var EVP_PKEY_PRIVATE_KEY: Int32 { 0x01 }
    private static var EVP_PKEY_PUBLIC_KEY: Int32 { 0x02 | 0x04 | 0x80 }
}
