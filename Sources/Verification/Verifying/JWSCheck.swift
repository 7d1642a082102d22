import Cryptography
internal import Values

/// Judges requests by a signed token that they bring, and by its claims.
final class JWSCheck: Sendable {
    private let scheme: JWSScheme
    private let keys: SigningKeys
    private let claims: TokenClaims

    /// Longer ones come from nobody who means well.
    private static let maximumByteCount = 16 << 10

    init(
        _ scheme: JWSScheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        self.scheme = scheme
        claims = TokenClaims(scheme, origin: origin?.text ?? "", tolerance: tolerance)
        keys = try SigningKeys(secrets) { secret throws(SettingProblem) in try Self.keys(of: secret, scheme) }
    }

    /// Text is a secret of HS256 and its like; where no such algorithm may come, it has to be a public key.
    static func keys(of secret: Secret, _ scheme: JWSScheme) throws(SettingProblem) -> [JSONWebKey] {
        let takesSecret = scheme.algorithms.contains(where: \.isSecret)
        if takesSecret { try KeyText.checkIsSecret(secret) }
        let keys =
            secret.form == .text && takesSecret
            ? [JSONWebKey(.secret(try scheme.keyRule.key(of: secret)))]
            : try KeyText.keys(of: secret, prefixes: scheme.keyRule.prefixes)
        for key in keys where !scheme.algorithms.contains(where: { $0.fits(key) }) {
            throw secret.unusable(
                "is no key for the algorithm that this sender signs with",
                remedy: "it signs with " + scheme.algorithms.map(\.rawValue).joined(separator: " or "))
        }
        return keys
    }

    func prove(_ request: some SignedRequest, at time: Int64, _ published: PublishedKeys) throws(Refusal) -> Proof {
        let token = try token(of: request)
        guard let algorithm = token.algorithm, scheme.algorithms.contains(algorithm) else {
            let names = scheme.algorithms.map(\.rawValue).joined(separator: " or ")
            throw Refusal(.malformed(scheme.place.carrier, expected: "a token signed with \(names)"))
        }
        let candidates = try candidates(for: token, algorithm, published)
        guard let matched = try Self.match(candidates, token, algorithm) else {
            throw Refusal(.wrongSignature(signatures: 1, secrets: candidates.count))
        }
        var proof = Proof(matched)
        proof.timestamp = try claims.check(token.payload, of: request, scheme.place.carrier, at: time)
        proof.signedText = token.signedText
        return proof
    }

    private func token(of request: some SignedRequest) throws(Refusal) -> SignedToken {
        let carrier = scheme.place.carrier
        var text: ArraySlice<UInt8>
        switch scheme.place {
        case .header, .query: text = try carrier.value(in: request)[...]
        case .form(let name): text = try RequestContents(request, readsForm: true, document: nil).field(name)[...]
        case .json(let pointer): text = try RequestContents.text(pointer, in: RequestContents.parse(request.body, .body))[...]
        }
        guard text.count <= Self.maximumByteCount else { throw Refusal(.tooLong(carrier, limit: Self.maximumByteCount)) }
        if text.starts(with: scheme.prefix) {
            text = text.dropFirst(scheme.prefix.count)
        } else if !scheme.mayLackPrefix {
            let prefix = String(decoding: scheme.prefix, as: UTF8.self)
            throw Refusal(.malformed(carrier, expected: "\(prefix)before the token"))
        }
        do throws(JOSEError) {
            return try SignedToken(String(decoding: text, as: UTF8.self))
        } catch {
            throw Refusal(.malformed(carrier, expected: "a signed token of three parts that demands no extension"))
        }
    }

    /// The keys that may have signed a token: those of its identifier, or without one all that go with the algorithm.
    private func candidates(
        for token: SignedToken, _ algorithm: JWSAlgorithm, _ published: PublishedKeys
    ) throws(Refusal) -> [SigningKeys.Key] {
        guard keys.pinned.isEmpty, let address = scheme.keySet else {
            let candidates = Self.candidates(keys.pinned, token, algorithm)
            guard !candidates.isEmpty else { throw Refusal(.unknownKey(scheme.place.carrier)) }
            return candidates
        }
        let candidates = Self.candidates(try published.keys(at: address), token, algorithm)
        guard !candidates.isEmpty else { throw published.unknownKey(at: address, scheme.place.carrier) }
        return candidates
    }

    private static func candidates(
        _ keys: [SigningKeys.Key], _ token: SignedToken, _ algorithm: JWSAlgorithm
    ) -> [SigningKeys.Key] {
        keys.filter { candidate in
            guard algorithm.fits(candidate.key) else { return false }
            guard let wanted = token.keyIdentifier, let own = candidate.key.identifier else { return true }
            return wanted == own
        }
    }

    private static func match(
        _ keys: [SigningKeys.Key], _ token: SignedToken, _ algorithm: JWSAlgorithm
    ) throws(Refusal) -> SigningKeys.Key? {
        var matched: SigningKeys.Key?
        do throws(JOSEError) {
            for key in keys {
                let isSigned = try token.isSigned(by: key.key, algorithm)
                if isSigned, matched == nil { matched = key }
            }
        } catch {
            throw Refusal(.library("\(error)"))
        }
        return matched
    }
}
