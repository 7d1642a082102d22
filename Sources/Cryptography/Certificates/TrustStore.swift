internal import COpenSSL
internal import Glibc

/// Authorities whose word counts: the host's, or a few that were named.
///
/// Safe to share: an `X509_STORE` locks itself.
@safe
package final class TrustStore: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// Whether an authority counts that another one has vouched for.
    private let endsAnywhere: Bool

    /// Authorities that were named: one that is no root as well.
    package init(_ authorities: [Certificate]) throws(CryptographyError) {
        unsafe pointer = try Self.make()
        endsAnywhere = true
        for authority in authorities {
            guard unsafe X509_STORE_add_cert(pointer, authority.pointer) == 1 else {
                throw .failure(of: "X509_STORE_add_cert")
            }
        }
    }

    /// The host's authorities, where libcrypto looks for them (`SSL_CERT_FILE` and `SSL_CERT_DIR` among these), and
    /// where other distributions than the one that it was built for have them.
    package init() throws(CryptographyError) {
        unsafe pointer = try Self.make()
        endsAnywhere = false
        guard unsafe X509_STORE_set_default_paths(pointer) == 1 else {
            throw .failure(of: "X509_STORE_set_default_paths")
        }
        for path in Self.bundles where unsafe access(path, R_OK) == 0 {
            _ = unsafe X509_STORE_load_file(pointer, path)
            break
        }
        ERR_clear_error()
    }

    // Debian's are found by their names in a folder, one by one as they are needed.
    private static let bundles = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"]

    private static func make() throws(CryptographyError) -> OpaquePointer {
        guard let pointer = unsafe X509_STORE_new() else { throw .failure(of: "X509_STORE_new") }
        return unsafe pointer
    }

    deinit {
        unsafe X509_STORE_free(pointer)
    }
}

/// Why a certificate is not believed.
package enum CertificateError: Error, Sendable, Equatable {
    /// The certificate of who issued one of the chain is neither beside it nor among the authorities.
    case incomplete
    /// The chain is wrong, in libcrypto's words.
    case rejected(String)
    case cryptography(CryptographyError)
}

extension CertificateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .incomplete: "the certificate's issuer is not known"
        case .rejected(let reason): "the certificate is not to be believed: \(reason)"
        case .cryptography(let error): "\(error)"
        }
    }
}

extension TrustStore {
    /// Looks whether an authority vouches for a certificate, by a chain of which each link was valid at a moment.
    ///
    /// - Parameters:
    ///   - others: those that came beside it. They make the chain, and nobody believes them by themselves.
    ///   - seconds: since 1970.
    /// - Returns: from when to when the whole chain is valid.
    package func vouches(
        for certificate: Certificate, others: [Certificate], at seconds: Int64
    ) throws(CertificateError) -> ClosedRange<Int64> {
        let code: Int32
        let validity: ClosedRange<Int64>?
        do throws(CryptographyError) {
            let chain = try ChainContext()
            try unsafe chain.begin(pointer, certificate, others)
            code = chain.verify(at: seconds, endsAnywhere: endsAnywhere)
            validity = code == X509_V_OK ? try chain.validity() : nil
        } catch {
            throw .cryptography(error)
        }
        if let validity { return validity }
        switch code {
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY: throw .incomplete
        default: throw .rejected(unsafe String(cString: X509_verify_cert_error_string(Int(code))))
        }
    }
}

/// An `X509_STORE_CTX`: one look at a chain.
@safe
private struct ChainContext: ~Copyable {
    private let pointer: OpaquePointer
    private let others: OpaquePointer

    init() throws(CryptographyError) {
        guard let others = unsafe postern_certificates() else { throw .failure(of: "sk_X509_new_null") }
        guard let pointer = unsafe X509_STORE_CTX_new() else {
            unsafe postern_certificates_free(others)
            throw .failure(of: "X509_STORE_CTX_new")
        }
        unsafe self.pointer = pointer
        unsafe self.others = others
    }

    borrowing func begin(
        _ store: OpaquePointer, _ certificate: Certificate, _ others: [Certificate]
    ) throws(CryptographyError) {
        for other in others {
            guard unsafe postern_certificates_add(self.others, other.pointer) == 1 else {
                throw .failure(of: "sk_X509_push")
            }
        }
        guard unsafe X509_STORE_CTX_init(pointer, store, certificate.pointer, self.others) == 1 else {
            throw .failure(of: "X509_STORE_CTX_init")
        }
    }

    deinit {
        unsafe X509_STORE_CTX_free(pointer)
        unsafe postern_certificates_free(others)
    }

    /// - Returns: a code of libcrypto's, `X509_V_OK` if an authority vouches for the certificate.
    borrowing func verify(at seconds: Int64, endsAnywhere: Bool) -> Int32 {
        defer { ERR_clear_error() }
        let parameters = unsafe X509_STORE_CTX_get0_param(pointer)
        unsafe X509_VERIFY_PARAM_set_time(parameters, Int(seconds))
        // No digest and no key that can be forged: at least 80 bits of security.
        unsafe X509_VERIFY_PARAM_set_auth_level(parameters, 1)
        if endsAnywhere {
            _ = unsafe X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        }
        guard unsafe X509_verify_cert(pointer) != 1 else { return X509_V_OK }
        let code = unsafe X509_STORE_CTX_get_error(pointer)
        return code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code
    }

    /// When all of the chain that was found is valid.
    borrowing func validity() throws(CryptographyError) -> ClosedRange<Int64> {
        let chain = unsafe X509_STORE_CTX_get0_chain(pointer)
        var start = Int64.min
        var end = Int64.max
        let count = unsafe postern_certificates_count(chain)
        for index in 0..<count {
            guard let link = unsafe postern_certificates_at(chain, index) else { continue }
            let validity = try unsafe Certificate.validity(of: link)
            start = max(start, validity.lowerBound)
            end = min(end, validity.upperBound)
        }
        guard start <= end else {
            throw .failed(call: "reading a chain of certificates", reasons: ["it was never valid as a whole"])
        }
        return start...end
    }
}
