import Cryptography

/// What the check of a scheme proved.
struct Proof {
    /// Which secret matched, from 0.
    var secretIndex: Int?
    /// Milliseconds since 1970.
    var timestamp: Int64?
    /// The timestamp as the request writes it.
    var timestampDigits: [UInt8]?
}

/// A scheme with its secrets, ready to judge requests.
enum SchemeCheck: Sendable {
    case none
    case token(TokenCheck)
    case hmac(HMACCheck)
    case twilio(TwilioCheck)

    init(
        _ scheme: Scheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        switch scheme {
        case .none: self = .none
        case .token(let token): self = .token(try TokenCheck(token, secrets))
        case .basic: self = .token(try TokenCheck(basic: secrets))
        case .hmac(let hmac): self = .hmac(try HMACCheck(hmac, secrets, origin: origin, tolerance: tolerance))
        case .twilio: self = .twilio(try TwilioCheck(secrets, origin: origin))
        }
    }

    /// - Parameter time: of receipt, in milliseconds since 1970.
    func prove(_ request: some SignedRequest, at time: Int64) throws(Refusal) -> Proof {
        switch self {
        case .none: Proof()
        case .token(let check): try check.prove(request)
        case .hmac(let check): try check.prove(request, at: time)
        case .twilio(let check): try check.prove(request)
        }
    }
}

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

    /// The first key under which one of the signatures is that of the bytes that `feed` gives. All keys and all
    /// signatures are compared, whichever matches, so that the time tells nothing about them.
    func match(
        _ signatures: [[UInt8]], _ feed: (inout HMACStream) throws(CryptographyError) -> Void
    ) throws(CryptographyError) -> Int? {
        var matched: Int?
        for (index, key) in keys.enumerated() {
            var stream = try HMACStream(key)
            try feed(&stream)
            let code = try stream.finish()
            for signature in signatures {
                let isEqual = code.withBytes { ConstantTime.areEqual($0, signature.span) }
                if isEqual, matched == nil { matched = index }
            }
        }
        return matched
    }
}
