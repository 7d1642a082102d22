/// What is judged in one trial: the request and the settings, one of them changed.
struct Trial {
    var scheme: Scheme
    var secrets: SecretSet
    var origin: SenderOrigin?
    var request: AlteredRequest
}

extension Trial {
    /// Whether the body has a part in the verdict.
    var readsBody: Bool {
        switch scheme {
        case .none, .address, .basic: false
        case .token(let token):
            switch token.place {
            case .header, .bearer, .query: false
            case .form, .json: true
            }
        case .hmac, .digest, .publicKey:
            scheme.coversBody || scheme.form.map { $0.readsForm || $0.readsJSON || $0.template.readsBody } == true
        case .jws(let jws): jws.bodyClaim != nil || jws.place.readsForm || jws.place.readsJSON
        case .twilio, .adyen, .braintree, .vonageSMS, .sns, .travis, .paddleClassic: true
        }
    }

    /// Whether the address has a part in the verdict.
    var readsAddress: Bool { scheme.needsURL || scheme.form?.template.readsURI == true }

    /// The same one tells by.
    var fingerprint: Int {
        var hasher = Hasher()
        for secret in secrets.secrets { hasher.combine(secret.bytes) }
        hasher.combine(origin?.text)
        request.hash(into: &hasher)
        return hasher.finalize()
    }

    /// How much work a verdict is, in bytes that are hashed.
    var cost: Int {
        let isRead = scheme.form.map { $0.readsForm || $0.readsJSON } ?? true
        let body = request.body.count * (isRead ? 8 : 1)
        return (scheme.takesKeys ? 100_000 : 2_000) + body * max(1, secrets.secrets.count)
    }
}

/// A change that may mend a request.
struct Suspicion {
    let mistake: Mistake
    /// What is wrong and what to do about it, if the change mends it.
    let sentence: String
    /// How much work the change is, in bytes that are hashed.
    var cost = 0
    /// Whether the scheme is what it changes.
    var isOfScheme = false
    let change: (inout Trial) -> Void
}
