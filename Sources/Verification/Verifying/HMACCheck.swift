import Cryptography

/// Judges requests by an HMAC over parts of them.
final class HMACCheck: Sendable {
    private let scheme: HMACScheme
    private let keys: HMACKeys
    let reader: SignatureReader

    init(
        _ scheme: HMACScheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        self.scheme = scheme
        reader = SignatureReader(scheme.form, origin: origin, tolerance: tolerance)
        keys = try HMACKeys(scheme.algorithm, scheme.keyRule, secrets)
    }

    func prove(_ request: some SignedRequest, at time: Int64) throws(Refusal) -> Proof {
        var reading = try reader.read(request, byteCount: scheme.algorithm.byteCount)
        var matched = try match(reading.signatures, reading.parts)
        if matched.isEmpty, let parts = reading.parts.withUnescapedAddress(scheme.form.template) {
            matched = try match(reading.signatures, parts)
            reading.parts = parts
        }
        guard !matched.isEmpty else {
            throw Refusal(.wrongSignature(signatures: reading.signatures.count, secrets: keys.keys.count))
        }
        return try reader.proof(reading, request, secrets: matched, at: time)
    }

    private func match(_ signatures: [[UInt8]], _ parts: SignedParts) throws(Refusal) -> SecretMatches {
        do throws(CryptographyError) {
            return try keys.matches(signatures) { stream throws(CryptographyError) in
                try parts.forEachPiece(of: scheme.form.template) { piece throws(CryptographyError) in
                    try stream.update(piece)
                }
            }
        } catch {
            throw Refusal(error)
        }
    }
}
