import Cryptography

/// A way to prove who sent a request.
enum Scheme: Sendable, Equatable {
    /// Anybody may call.
    case none
    /// Who calls from an address that `ip=` lists; there is nothing else to prove.
    case address
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
    case publicKey(PublicKeyScheme)
    case jws(JWSScheme)
    /// Members of the JSON, under the key of a certificate that it names.
    case sns(topics: [String])
    /// The one field of a form, about a repository.
    case travis(repositories: [String])
    /// The fields of a form as PHP serialises them.
    case paddleClassic

    /// The words that begin a scheme in `POSTERN_VERIFY`.
    static let names = ["none", "ip", "basic", "token"] + hmacNames + digestNames + PublicKeyScheme.names + ["jws"]

    /// Those that take no parameters.
    private static let plain: [String: Scheme] = [
        "none": .none, "ip": .address, "basic": .basic, "twilio-form": .twilio, "adyen-items": .adyen,
    ]

    /// The words that begin a scheme in an entry: also those that no template can say.
    static let allNames = names + ["twilio-form", "adyen-items", "braintree", "vonage-sms", "sns", "travis", "paddle-classic-form"]

    private static let hmacNames = ["hmac-md5", "hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512"]
    private static let digestNames = ["digest-md5", "digest-sha1", "digest-sha256", "digest-sha384", "digest-sha512"]

    /// nil if the first word names no scheme.
    ///
    /// - Parameter owner: what messages call it; nil for its first word.
    init?(_ words: [SettingWord], of owner: String? = nil) throws(SettingProblem) {
        guard let first = words.first, first.value == nil else { return nil }
        let name = first.name
        var parameters = try SchemeParameters(owner ?? name, name == "token" ? [] : words.dropFirst())
        switch name {
        case "none", "ip", "basic", "twilio-form", "adyen-items":
            try parameters.finish()
            self = Self.plain[name] ?? .none
        case "token":
            self = .token(try TokenScheme(words.dropFirst()))
        case "braintree":
            self = .braintree(publicKey: try BraintreeCheck.publicKey(&parameters))
        case "vonage-sms":
            let algorithm: VonageSMSCheck.Algorithm? = try parameters.choose("algorithm")
            try parameters.finish()
            self = .vonageSMS(algorithm ?? .md5hash)
        case "jws":
            self = .jws(try JWSScheme(&parameters))
        case "sns", "travis", "paddle-classic-form":
            let names = parameters.takeAll(name == "sns" ? "topic" : "repository")
            try parameters.finish()
            self = name == "sns" ? .sns(topics: names) : name == "travis" ? .travis(repositories: names) : .paddleClassic
        case _ where PublicKeyScheme.names.contains(name):
            guard let scheme = try PublicKeyScheme(name, &parameters) else { return nil }
            self = .publicKey(scheme)
        case _ where Self.hmacNames.contains(name):
            guard let algorithm = DigestAlgorithm(rawValue: String(name.dropFirst("hmac-".count))) else { return nil }
            self = .hmac(try HMACScheme(algorithm, &parameters))
        case _ where Self.digestNames.contains(name):
            guard let algorithm = DigestAlgorithm(rawValue: String(name.dropFirst("digest-".count))) else { return nil }
            self = .digest(try DigestScheme(algorithm, &parameters))
        default:
            return nil
        }
    }
}
