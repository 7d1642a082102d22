import Cryptography
import Synchronization

/// What has to be true of a certificate that a sender publishes before its key counts.
final class CertificateTrust: Sendable {
    /// The host that it has to be for.
    private let host: String
    /// nil for the host's own authorities, which are looked up when they are first needed.
    private let authorities: TrustStore?
    /// Whether the sender leaves out who issued it, so that nobody can tell who vouches for it; that it came from the
    /// pinned host over verified TLS has to do then. A chain that can be followed is followed.
    private let mayLackIssuer: Bool
    private let known = Mutex<[Known]>([])

    private struct Known {
        var document: KeyDocument
        var validity: ClosedRange<Int64>
    }

    /// More certificates than a sender uses at a time.
    private static let maximumKnown = 16
    private static let system: Result<TrustStore, CryptographyError> = Result { () throws(CryptographyError) in
        try TrustStore()
    }

    /// - Parameter issuers: the only authorities whose word counts, if a location names any.
    init(host: String, issuers: [Certificate], mayLackIssuer: Bool) throws(CryptographyError) {
        self.host = host
        authorities = issuers.isEmpty ? nil : try TrustStore(issuers)
        self.mayLackIssuer = mayLackIssuer && issuers.isEmpty
    }

    /// The key of a certificate that is to be believed at a moment.
    ///
    /// - Parameter time: of receipt, in milliseconds since 1970.
    func key(of document: KeyDocument, at time: Int64) throws(Refusal) -> AsymmetricKey {
        guard let certificate = document.certificates.first else { throw Refusal(.certificate("there is none")) }
        let seconds = time / 1000
        let validity = try validity(of: document, certificate, at: seconds)
        guard validity.contains(seconds) else {
            throw Refusal(.certificate("it was not valid when the request came"))
        }
        return certificate.key
    }

    private func validity(
        of document: KeyDocument, _ certificate: Certificate, at seconds: Int64
    ) throws(Refusal) -> ClosedRange<Int64> {
        if let found = known.withLock({ known in known.first { $0.document === document } }) { return found.validity }
        guard certificate.isFor(host: host) else { throw Refusal(.certificate("it is not one for \(host)")) }
        let validity = try chain(certificate, document.certificates, at: seconds)
        known.withLock { known in
            if known.count >= Self.maximumKnown { known.removeFirst() }
            known.append(Known(document: document, validity: validity))
        }
        return validity
    }

    private func chain(
        _ certificate: Certificate, _ all: [Certificate], at seconds: Int64
    ) throws(Refusal) -> ClosedRange<Int64> {
        do throws(CertificateError) {
            let authorities = if let authorities { authorities } else { try Self.hostAuthorities() }
            return try authorities.vouches(for: certificate, others: Array(all.dropFirst()), at: seconds)
        } catch {
            if error == .incomplete, mayLackIssuer { return certificate.validity }
            throw Refusal(.certificate("\(error)"))
        }
    }

    private static func hostAuthorities() throws(CertificateError) -> TrustStore {
        do throws(CryptographyError) {
            return try system.get()
        } catch {
            throw .cryptography(error)
        }
    }
}
