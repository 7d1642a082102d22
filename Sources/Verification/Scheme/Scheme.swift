import Cryptography

/// A way to prove who sent a request.
enum Scheme: Sendable, Equatable {
    /// Anybody may call.
    case none
    case token(TokenScheme)
    /// `Authorization: Basic` (RFC 7617); the secret is `user:password`.
    case basic
    case hmac(HMACScheme)
    case digest(DigestScheme)
    /// What no template can say: the URL and the sorted form, or the digest of a body that is no form.
    case twilio
    /// Each item of the body signed by itself.
    case adyen
    /// Pairs of a public key and a signature in a form.
    case braintree(publicKey: String)
    /// The sorted parameters of the query, the form or the JSON.
    case vonageSMS(VonageSMSCheck.Algorithm)

    /// The words that begin a scheme in `POSTERN_VERIFY`.
    static let names = ["none", "basic", "token"] + hmacNames + digestNames

    private static let hmacNames = ["hmac-md5", "hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512"]
    private static let digestNames = ["digest-md5", "digest-sha1", "digest-sha256", "digest-sha384", "digest-sha512"]

    /// nil if the first word names no scheme.
    ///
    /// - Parameter owner: what messages call it; nil for its first word.
    init?(_ words: [SettingWord], of owner: String? = nil) throws(SettingProblem) {
        guard let first = words.first, first.value == nil else { return nil }
        switch first.name {
        case "none", "basic", "twilio-form", "adyen-items":
            try SchemeParameters(owner ?? first.name, words.dropFirst()).finish()
            self = first.name == "none" ? .none : first.name == "basic" ? .basic : first.name == "adyen-items" ? .adyen : .twilio
        case "braintree":
            var parameters = try SchemeParameters(owner ?? first.name, words.dropFirst())
            let publicKey = parameters.take("public-key")
            try parameters.finish()
            guard let publicKey else {
                throw parameters.problem(
                    .missingParameter, "lacks public-key= after \(parameters.owner)",
                    remedy: "name the public key that belongs to the private one, which is the secret")
            }
            self = .braintree(publicKey: publicKey)
        case "vonage-sms":
            var parameters = try SchemeParameters(owner ?? first.name, words.dropFirst())
            let algorithm: VonageSMSCheck.Algorithm? = try parameters.choose("algorithm")
            try parameters.finish()
            self = .vonageSMS(algorithm ?? .md5hash)
        case "token":
            self = .token(try TokenScheme(words.dropFirst()))
        case let name where Self.hmacNames.contains(name):
            guard let algorithm = DigestAlgorithm(rawValue: String(name.dropFirst("hmac-".count))) else { return nil }
            var parameters = try SchemeParameters(owner ?? name, words.dropFirst())
            self = .hmac(try HMACScheme(algorithm, &parameters))
        case let name where Self.digestNames.contains(name):
            guard let algorithm = DigestAlgorithm(rawValue: String(name.dropFirst("digest-".count))) else { return nil }
            var parameters = try SchemeParameters(owner ?? name, words.dropFirst())
            self = .digest(try DigestScheme(algorithm, &parameters))
        default:
            return nil
        }
    }
}

extension Scheme {
    var needsSecret: Bool { self != .none }

    /// What says where the signature stands and what is signed, of a scheme that has such a form.
    var form: SignatureForm? {
        switch self {
        case .hmac(let scheme): scheme.form
        case .digest(let scheme): scheme.form
        case .none, .token, .basic, .twilio, .adyen, .braintree, .vonageSMS: nil
        }
    }

    /// Whether the address as the sender sees it is among the signed bytes.
    var needsURL: Bool {
        switch self {
        case .twilio: true
        case .hmac, .digest: form?.template.readsOrigin == true
        case .none, .token, .basic, .adyen, .braintree, .vonageSMS: false
        }
    }

    /// Whether a changed body would be noticed.
    var coversBody: Bool {
        switch self {
        case .twilio, .braintree, .vonageSMS: true
        case .hmac, .digest: form?.coversBody == true
        case .none, .token, .basic, .adyen: false
        }
    }

    var hasTimestamp: Bool {
        switch self {
        case .vonageSMS: true
        case .hmac, .digest: form?.timestamp != nil
        case .none, .token, .basic, .twilio, .adyen, .braintree: false
        }
    }

    /// Whether the digest of the signed bytes can make two deliveries one.
    var hasSignedDigest: Bool { form?.coversBody == true && hasTimestamp }

    /// Whether the signature covers what a field holds.
    func covers(_ field: RequestField) -> Bool {
        switch (field, self) {
        case (_, .hmac), (_, .digest): form?.covers(field) == true
        case (.json(let pointer), .adyen): AdyenCheck.covers(pointer)
        case (.json, _): coversBody
        case (.header, _): false
        }
    }
}
