import Cryptography

/// A way to prove who sent a request.
enum Scheme: Sendable, Equatable {
    /// Anybody may call.
    case none
    case token(TokenScheme)
    /// `Authorization: Basic` (RFC 7617); the secret is `user:password`.
    case basic
    case hmac(HMACScheme)
    /// What no template can say: the URL and the sorted form.
    case twilio

    /// The words that begin a scheme in `POSTERN_VERIFY`.
    static let names = ["none", "basic", "token", "hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512"]

    /// nil if the first word names no scheme.
    init?(_ words: [SettingWord]) throws(SettingProblem) {
        guard let first = words.first, first.value == nil else { return nil }
        switch first.name {
        case "none", "basic", "twilio-form":
            try SchemeParameters(first.name, words.dropFirst()).finish()
            self = first.name == "none" ? .none : first.name == "basic" ? .basic : .twilio
        case "token":
            self = .token(try TokenScheme(words.dropFirst()))
        case "hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512":
            guard let algorithm = DigestAlgorithm(rawValue: String(first.name.dropFirst("hmac-".count))) else {
                return nil
            }
            var parameters = try SchemeParameters(first.name, words.dropFirst())
            self = .hmac(try HMACScheme(algorithm, &parameters))
        default:
            return nil
        }
    }
}

extension Scheme {
    var needsSecret: Bool { self != .none }

    /// Whether the address as the sender sees it is among the signed bytes.
    var needsURL: Bool {
        switch self {
        case .twilio: true
        case .hmac(let scheme): scheme.template.contains(.url)
        case .none, .token, .basic: false
        }
    }

    /// Whether a changed body would be noticed.
    var coversBody: Bool {
        switch self {
        case .twilio: true
        case .hmac(let scheme): scheme.coversBody
        case .none, .token, .basic: false
        }
    }

    var hasTimestamp: Bool {
        if case .hmac(let scheme) = self { scheme.timestamp != nil } else { false }
    }

    /// Whether the signature covers what a field holds.
    func covers(_ field: RequestField) -> Bool {
        switch (field, self) {
        case (.json, _): coversBody
        case (.header(let name), .hmac(let scheme)): scheme.coversHeader(name)
        case (.header, _): false
        }
    }
}
