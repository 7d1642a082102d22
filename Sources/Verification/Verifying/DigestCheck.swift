import Cryptography

/// Judges requests by a plain digest over parts of them and the secret.
final class DigestCheck: Sendable {
    private let scheme: DigestScheme
    private let secrets: [Secret]
    let reader: SignatureReader

    init(
        _ scheme: DigestScheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        self.scheme = scheme
        self.secrets = secrets.secrets
        reader = SignatureReader(scheme.form, origin: origin, tolerance: tolerance)
        guard (try? scheme.algorithm.digest(of: [])) != nil else {
            throw SettingProblem(
                .verify, .badValue, "needs an algorithm that this host does not have",
                remedy: "see the providers in the host's openssl.cnf")
        }
    }

    func prove(_ request: some SignedRequest, at time: Int64) throws(Refusal) -> Proof {
        let reading = try reader.read(request, byteCount: scheme.algorithm.byteCount)
        try checkText(reading.parts)
        var matched = SecretMatches()
        for (index, secret) in secrets.enumerated() {
            let digest: Digest
            do throws(CryptographyError) {
                digest = try Self.digest(scheme, reading.parts, secret.bytes)
            } catch {
                throw Refusal(error)
            }
            for signature in reading.signatures {
                let isEqual = digest.withBytes { ConstantTime.areEqual($0, signature.span) }
                if isEqual { matched.insert(index) }
            }
        }
        guard !matched.isEmpty else {
            throw Refusal(.wrongSignature(signatures: reading.signatures.count, secrets: secrets.count))
        }
        return try reader.proof(reading, request, secrets: matched, at: time)
    }

    static func digest(
        _ scheme: DigestScheme, _ parts: SignedParts, _ secret: [UInt8]
    ) throws(CryptographyError) -> Digest {
        var stream = try DigestStream(scheme.algorithm)
        try parts.forEachPiece(of: scheme.form.template, secret: secret) { piece throws(CryptographyError) in
            try stream.update(piece)
        }
        return try stream.finish()
    }

    /// A NUL byte stands in no text, but always where somebody has lengthened what he has a digest of.
    private func checkText(_ parts: SignedParts) throws(Refusal) {
        var hasNUL = false
        parts.forEachPiece(of: scheme.form.template) { piece in
            for index in piece.indices where piece[index] == 0 { hasNUL = true }
        }
        if hasNUL { throw Refusal(.malformed(.body, expected: "text without a NUL byte")) }
    }
}
