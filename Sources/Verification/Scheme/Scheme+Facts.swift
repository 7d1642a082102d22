extension Scheme {
    /// What secrets are to it.
    var secretUse: SecretUse {
        switch self {
        case .none, .address: .none
        case .sns, .travis: .optional
        case .publicKey(let scheme): scheme.publication == nil ? .required : .optional
        case .jws(let scheme): scheme.keySet == nil ? .required : .optional
        case .token, .basic, .hmac, .digest, .twilio, .adyen, .braintree, .vonageSMS, .paddleClassic: .required
        }
    }

    /// Whether a secret may be a key in PEM or a JSON Web Key.
    var takesKeys: Bool {
        switch self {
        case .publicKey, .jws, .sns, .travis, .paddleClassic: true
        case .none, .address, .token, .basic, .hmac, .digest, .twilio, .adyen, .braintree, .vonageSMS: false
        }
    }

    /// What says where the signature stands and what is signed, of a scheme that has such a form.
    var form: SignatureForm? {
        switch self {
        case .hmac(let scheme): scheme.form
        case .digest(let scheme): scheme.form
        case .publicKey(let scheme): scheme.form
        default: nil
        }
    }

    /// Whether the address as the sender sees it is among the signed bytes.
    var needsURL: Bool {
        switch self {
        case .twilio: true
        case .jws(let scheme): scheme.urlClaim != nil
        default: form?.template.readsOrigin == true
        }
    }

    /// Whether a changed body would be noticed.
    var coversBody: Bool {
        switch self {
        case .twilio, .braintree, .vonageSMS, .travis, .paddleClassic: true
        case .hmac, .digest, .publicKey: form?.coversBody == true
        case .jws(let scheme): scheme.bodyClaim != nil
        case .none, .address, .token, .basic, .adyen, .sns: false
        }
    }

    /// Whether anything that stands in the body is proved.
    var coversPartOfBody: Bool {
        switch self {
        case .adyen, .sns: true
        case .hmac, .digest, .publicKey: coversBody || form?.template.derived.contains(where: \.readsBody) == true
        default: coversBody
        }
    }

    /// Whether the query string is among what is proved.
    var coversQuery: Bool {
        switch self {
        case .twilio: true
        case .jws(let scheme): scheme.urlClaim != nil
        default: form?.template.readsQuery == true
        }
    }

    var hasTimestamp: Bool {
        switch self {
        case .vonageSMS, .sns: true
        case .jws(let scheme): scheme.timestampClaim != nil
        default: form?.timestamp != nil
        }
    }

    /// Whether the digest of the signed bytes can make two deliveries one.
    var hasSignedDigest: Bool {
        if case .jws(let scheme) = self { return scheme.bodyClaim != nil && scheme.hasWindow }
        return form?.coversBody == true && hasTimestamp
    }

    /// Whether the signature covers what a field holds.
    func covers(_ field: RequestField) -> Bool {
        switch (field, self) {
        case (_, .hmac), (_, .digest), (_, .publicKey): form?.covers(field) == true
        case (.json(let pointer), .adyen): AdyenCheck.covers(pointer)
        case (.json(let pointer), .sns): SNSCheck.covers(pointer)
        case (.json, _), (.form, _): coversBody
        case (.header, _): false
        }
    }
}
