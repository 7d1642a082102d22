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
    /// What no template can say: the URL and the sorted form.
    case twilio

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
        case "none", "basic", "twilio-form":
            try SchemeParameters(owner ?? first.name, words.dropFirst()).finish()
            self = first.name == "none" ? .none : first.name == "basic" ? .basic : .twilio
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
        case .none, .token, .basic, .twilio: nil
        }
    }

    /// Whether the address as the sender sees it is among the signed bytes.
    var needsURL: Bool {
        switch self {
        case .twilio: true
        case .none, .token, .basic, .hmac, .digest: form?.template.readsOrigin == true
        }
    }

    /// Whether a changed body would be noticed.
    var coversBody: Bool {
        switch self {
        case .twilio: true
        case .none, .token, .basic, .hmac, .digest: form?.coversBody == true
        }
    }

    var hasTimestamp: Bool { form?.timestamp != nil }

    /// Whether the signature covers what a field holds.
    func covers(_ field: RequestField) -> Bool {
        switch (field, form) {
        case (_, let form?): form.covers(field)
        case (.json, nil): coversBody
        case (.header, nil): false
        }
    }
}
