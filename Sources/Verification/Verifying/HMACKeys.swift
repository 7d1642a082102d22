import Cryptography

/// The keys of all secrets, tried one after the other.
struct HMACKeys: Sendable {
    let keys: [HMACKey]

    init(_ algorithm: DigestAlgorithm, _ rule: KeyRule, _ secrets: SecretSet) throws(SettingProblem) {
        var keys: [HMACKey] = []
        for secret in secrets.secrets {
            var bytes = try rule.key(of: secret)
            defer { bytes.cleanse() }
            do throws(CryptographyError) {
                keys.append(try HMACKey(algorithm, key: bytes))
            } catch {
                throw SettingProblem(
                    .verify, .badValue, "needs an algorithm that this host does not have: \(error)",
                    remedy: "see the providers in the host's openssl.cnf")
            }
        }
        self.keys = keys
    }

    /// The first key under which one of the signatures is that of the bytes that `feed` gives.
    func match(
        _ signatures: [[UInt8]], _ feed: (inout HMACStream) throws(CryptographyError) -> Void
    ) throws(CryptographyError) -> Int? {
        try matches(signatures, feed).first
    }

    /// All keys under which one of the signatures is that of the bytes that `feed` gives. All keys and all signatures are
    /// compared, whichever matches, so that the time tells nothing about them.
    func matches(
        _ signatures: [[UInt8]], _ feed: (inout HMACStream) throws(CryptographyError) -> Void
    ) throws(CryptographyError) -> SecretMatches {
        var matched = SecretMatches()
        for (index, key) in keys.enumerated() {
            var stream = try HMACStream(key)
            try feed(&stream)
            let isMatch = Self.isAmong(signatures, try stream.finish())
            if isMatch { matched.insert(index) }
        }
        return matched
    }

    /// The first key under which one of the signatures is that of the bytes that `feed` gives, or of those with an end
    /// behind them.
    func match(
        _ signatures: [[UInt8]], orBefore end: [UInt8], _ feed: (inout HMACStream) throws(CryptographyError) -> Void
    ) throws(CryptographyError) -> Int? {
        var matched: Int?
        for (index, key) in keys.enumerated() {
            var stream = try HMACStream(key)
            try feed(&stream)
            var longer = try stream.copy()
            try longer.update(end.span)
            let isMatch = Self.isAmong(signatures, try stream.finish())
            let isLonger = Self.isAmong(signatures, try longer.finish())
            if isMatch || isLonger, matched == nil { matched = index }
        }
        return matched
    }

    /// Whether one of the signatures is the code; all of them are compared.
    private static func isAmong(_ signatures: [[UInt8]], _ code: Digest) -> Bool {
        var isAmong = false
        for signature in signatures {
            let isEqual = code.withBytes { ConstantTime.areEqual($0, signature.span) }
            if isEqual { isAmong = true }
        }
        return isAmong
    }
}
