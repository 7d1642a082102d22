internal import Cryptography

extension Scheme {
    /// Changes what says where the signature stands and what is signed, of a scheme that has such a form.
    mutating func changeForm(_ change: (inout SignatureForm) -> Void) {
        switch self {
        case .hmac(var scheme):
            change(&scheme.form)
            self = .hmac(scheme)
        case .digest(var scheme):
            change(&scheme.form)
            self = .digest(scheme)
        case .publicKey(var scheme):
            change(&scheme.form)
            self = .publicKey(scheme)
        default: break
        }
    }

    /// The digest of an HMAC or of a plain digest.
    var algorithm: DigestAlgorithm? {
        get {
            switch self {
            case .hmac(let scheme): scheme.algorithm
            case .digest(let scheme): scheme.algorithm
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .hmac(var scheme):
                scheme.algorithm = newValue
                self = .hmac(scheme)
            case .digest(var scheme):
                scheme.algorithm = newValue
                self = .digest(scheme)
            default: break
            }
        }
    }

    /// How a secret becomes the key; nil where it is no key, or not made by such a rule.
    var keyRule: KeyRule? {
        switch self {
        case .hmac(let scheme): scheme.keyRule
        case .jws(let scheme): scheme.algorithms.contains(where: \.isSecret) ? scheme.keyRule : nil
        case .adyen: AdyenCheck.keyRule
        case .braintree: BraintreeCheck.keyRule
        case .digest, .twilio, .vonageSMS, .token, .basic: KeyRule()
        case .none, .address, .publicKey, .sns, .travis, .paddleClassic: nil
        }
    }

    /// The headers without which a request cannot be from the sender: its signature's first.
    var neededHeaders: [String] {
        switch self {
        case .none, .address, .adyen, .braintree, .vonageSMS, .sns, .paddleClassic: []
        case .basic: ["Authorization"]
        case .token(let token):
            switch token.place {
            case .header(let name, _): [name]
            case .bearer: ["Authorization"]
            case .query, .form, .json: []
            }
        case .twilio: ["X-Twilio-Signature"]
        case .travis: ["Signature"]
        case .jws(let scheme): scheme.place.headerName.map { [$0] } ?? []
        case .hmac, .digest, .publicKey: form?.neededHeaders ?? []
        }
    }

    /// The headers that carry the signature or the token, of which one is needed.
    var signatureHeaders: [String] {
        if let form { return form.places.places.compactMap(\.headerName) }
        return Array(neededHeaders.prefix(1))
    }
}

extension SignatureForm {
    fileprivate var neededHeaders: [String] {
        let timestamp = [self.timestamp?.place?.headerName].compactMap { $0 }
        let listed = [canonicalHeaders?.list].compactMap { $0 }
        let signature = [places.first.headerName].compactMap { $0 }
        var names: [String] = []
        for name in signature + timestamp + [idHeader].compactMap({ $0 }) + template.headers + required.map(\.name)
            + listed
        where !names.contains(where: { HeaderName.areEqual($0, name) }) {
            names.append(name)
        }
        return names
    }
}

extension SignedTemplate {
    /// Whether the body, or a part of it, is among the signed bytes.
    var readsBody: Bool { contains(.body) || derived.contains { $0.readsForm || $0.readsJSON || $0.isOfBody } }
}

extension DerivedWord {
    fileprivate var isOfBody: Bool { if case .checksum = self { true } else { false } }
}
