import Cryptography

extension KeyRule {
    /// How a secret becomes the key.
    var words: String {
        let rule =
            switch encoding {
            case .utf8: "is the key as it is, byte for byte"
            case .base64: "is base 64, and what that decodes to is the key"
            case .hex: "is hexadecimal, and what that decodes to is the key"
            case .nfkd: "is the key in the Unicode form NFKD"
            case .sha1: "is digested with SHA-1 to make the key"
            case .base64IfPrefixed: "is base 64 if the prefix is there, else the key as it is"
            }
        guard !prefixes.isEmpty else { return "the secret \(rule)" }
        return "\(prefixes.map(Quoted.text).joined(separator: " or ")) is taken off the secret if it is there; the rest \(rule)"
    }
}

extension Scheme {
    /// What the secret is and how it is used, in words.
    var secretWords: String {
        switch self {
        case .none, .address: "there is none"
        case .token: "the secret is the token"
        case .basic: "the secret is user:password"
        case .hmac(let scheme): scheme.keyRule.words
        case .digest, .vonageSMS: "the secret is digested as it is, byte for byte"
        case .twilio: KeyRule().words
        case .adyen: AdyenCheck.keyRule.words
        case .braintree: BraintreeCheck.keyRule.words
        case .publicKey(let scheme): "the secret is the sender's public key, \(KeyText.wanted(scheme.algorithm)): \(KeyText.forms)"
        case .travis: "the secret is the sender's public key, \(KeyText.wanted(TravisCheck.algorithm)): \(KeyText.forms)"
        case .paddleClassic: "the secret is the sender's public key, \(KeyText.wanted(.rsa(.sha1))): \(KeyText.forms)"
        case .sns: "the secret is the sender's public key or the certificate of an authority, in PEM"
        case .jws(let scheme): scheme.secretWords
        }
    }
}

extension KeyText {
    /// In what forms a file may hold a key.
    static let forms = "PEM, a JSON Web Key, or as the sender shows it"
}

extension JWSScheme {
    fileprivate var secretWords: String {
        let isShared = algorithms.contains(where: \.isSecret)
        let isPublic = algorithms.contains { !$0.isSecret }
        let key = "the sender's public key in PEM or as JSON Web Key"
        switch (isShared, isPublic) {
        case (true, true): return "a text is the key of HS256 and its like (\(keyRule.words)); else \(key)"
        case (true, false): return keyRule.words
        default: return "the secret is \(key)"
        }
    }
}
