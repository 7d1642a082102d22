import Cryptography

/// Judges requests by a signature of the sender's private key over parts of them.
final class PublicKeyCheck: Sendable {
    private let scheme: PublicKeyScheme
    private let keys: SigningKeys
    private let trust: CertificateTrust?
    let reader: SignatureReader

    init(
        _ scheme: PublicKeyScheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        self.scheme = scheme
        reader = SignatureReader(scheme.form, origin: origin, tolerance: tolerance)
        let host: String? = if case .certificate(_, _, let host)? = scheme.publication { host } else { nil }
        let keys = try SigningKeys(
            secrets, for: scheme.algorithm, prefixes: scheme.keyPrefixes, takesIssuers: host != nil)
        self.keys = keys
        trust = try host.map { host throws(SettingProblem) in
            try CertificateTrust.make(host: host, issuers: keys.issuers, mayLackIssuer: false)
        }
    }

    func prove(_ request: some SignedRequest, at time: Int64, _ published: PublishedKeys) throws(Refusal) -> Proof {
        let reading = try reader.read(request, byteCount: scheme.byteCount)
        let keys = try keys(of: request, reading, at: time, published)
        let message = reading.parts.bytes(of: scheme.form.template)
        let matched = try SigningKeys.match(keys, reading.signatures, of: message, scheme.algorithm)
        guard let matched else {
            throw Refusal(.wrongSignature(signatures: reading.signatures.count, secrets: keys.count))
        }
        var proof = try reader.proof(reading, request, secrets: SecretMatches(matched.secretIndex), at: time)
        proof.published = matched.published
        return proof
    }

    private func keys(
        of request: some SignedRequest, _ reading: SignatureReader.Reading, at time: Int64, _ published: PublishedKeys
    ) throws(Refusal) -> [SigningKeys.Key] {
        if !keys.pinned.isEmpty { return keys.pinned }
        // Nothing is fetched for what would be refused in any case.
        try reader.checkWindow(reading, at: time)
        switch scheme.publication {
        case .keySet(let address)?: return try published.keys(at: address)
        case .certificate(let header, let folder, _)?:
            guard let trust else { return [] }
            let address = try Self.address(Carrier.header(header), folder, in: request)
            return [try published.key(at: address, trust)]
        case nil: return []
        }
    }

    /// The address of a certificate that a request names: the pinned folder, and a plain name in it.
    private static func address(
        _ carrier: Carrier, _ folder: String, in request: some SignedRequest
    ) throws(Refusal) -> KeyAddress {
        let value = try carrier.value(in: request)
        guard value.starts(with: folder.utf8), KeyAddress.isPlainName(value.dropFirst(folder.utf8.count)) else {
            throw Refusal(.malformed(carrier, expected: "\(folder) and a name"))
        }
        return KeyAddress(String(decoding: value, as: UTF8.self), .certificate, family: folder)
    }
}

extension CertificateTrust {
    static func make(
        host: String, issuers: [Certificate], mayLackIssuer: Bool
    ) throws(SettingProblem) -> CertificateTrust {
        do throws(CryptographyError) {
            return try CertificateTrust(host: host, issuers: issuers, mayLackIssuer: mayLackIssuer)
        } catch {
            throw SettingProblem(
                .secret, .unusableSecret, "holds the certificate of an authority that cannot be used: \(error)",
                remedy: "copy it whole, in PEM")
        }
    }
}
