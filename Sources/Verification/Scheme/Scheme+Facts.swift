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
        case (.json, _), (.form, _): coversBody
        case (.header, _): false
        }
    }
}
