internal import COpenSSL
internal import Glibc

/// A certificate (X.509, RFC 5280). What it says counts only once a `TrustStore` vouches for it.
///
/// Safe to share: an `X509` is parsed when it is made, its lazily filled parts are filled here, and its reference count
/// is atomic.
@safe
package final class Certificate: @unchecked Sendable {
    let pointer: OpaquePointer
    package let key: AsymmetricKey
    /// From the first to the last second, since 1970, in which it is valid.
    package let validity: ClosedRange<Int64>
    /// Whether it may vouch for others.
    package let isAuthority: Bool

    private init(_ pointer: OpaquePointer, _ key: AsymmetricKey, _ validity: ClosedRange<Int64>) {
        self.key = key
        self.validity = validity
        isAuthority = unsafe X509_check_ca(pointer) == 1
        unsafe self.pointer = pointer
    }

    /// Takes a certificate over.
    private static func make(taking pointer: OpaquePointer) throws(CryptographyError) -> Certificate {
        do throws(CryptographyError) {
            guard let key = unsafe X509_get_pubkey(pointer) else { throw .failure(of: "X509_get_pubkey") }
            return try unsafe Certificate(
                pointer, AsymmetricKey(taking: key, isPrivate: false), validity(of: pointer))
        } catch {
            unsafe X509_free(pointer)
            throw error
        }
    }

    deinit {
        unsafe X509_free(pointer)
    }

    /// All certificates of a text in PEM, in their order; others of its blocks are passed over.
    ///
    /// - Throws: `CryptographyError` for a block that cannot be read, and where there is none.
    package static func all(pem: [UInt8]) throws(CryptographyError) -> [Certificate] {
        var certificates: [Certificate] = []
        let memory = try CertificateText()
        try memory.write(pem)
        while let pointer = unsafe memory.next() {
            certificates.append(try unsafe make(taking: pointer))
            guard certificates.count <= maximumCount else {
                throw .failed(call: "reading certificates", reasons: ["they are more than \(maximumCount)"])
            }
        }
        let isEnd = memory.isAtEnd
        ERR_clear_error()
        guard isEnd, !certificates.isEmpty else {
            throw .failed(call: "reading certificates", reasons: ["the text is no certificate in PEM"])
        }
        return certificates
    }

    private static let maximumCount = 16

    /// Whether it is one for a host (RFC 9525): by its alternative names, and only where it has none by its common
    /// name.
    package func isFor(host: String) -> Bool {
        let isMatch = unsafe host.withCString { name in unsafe X509_check_host(pointer, name, 0, 0, nil) == 1 }
        ERR_clear_error()
        return isMatch
    }

    static func validity(of pointer: OpaquePointer) throws(CryptographyError) -> ClosedRange<Int64> {
        guard let start = unsafe seconds(X509_get0_notBefore(pointer)),
            let end = unsafe seconds(X509_get0_notAfter(pointer)), start <= end
        else { throw .failed(call: "reading a certificate", reasons: ["its period of validity is none"]) }
        return start...end
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var parts = unsafe tm()
        guard let time = unsafe time, unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return unsafe Int64(timegm(&parts))
    }
}

/// A `BIO` over PEM.
@safe
private struct CertificateText: ~Copyable {
    private let memory: OpaquePointer

    init() throws(CryptographyError) {
        guard let memory = unsafe BIO_new(BIO_s_mem()) else { throw .failure(of: "BIO_new") }
        unsafe self.memory = memory
    }

    /// Takes a copy of the text.
    borrowing func write(_ pem: [UInt8]) throws(CryptographyError) {
        let count = Int32(clamping: pem.count)
        let written = unsafe pem.withUnsafeBytes { unsafe BIO_write(memory, $0.baseAddress, count) }
        guard written == count || pem.isEmpty else { throw .failure(of: "BIO_write") }
    }

    deinit {
        unsafe BIO_free(memory)
    }

    borrowing func next() -> OpaquePointer? {
        unsafe PEM_read_bio_X509(memory, nil, nil, nil)
    }

    /// Whether the last failure was that no further block begins.
    var isAtEnd: Bool {
        let code = ERR_peek_last_error()
        return code == 0 || ERR_GET_REASON(code) == PEM_R_NO_START_LINE
    }
}
