import Cryptography

/// A scheme with its secrets, ready to judge requests.
enum SchemeCheck: Sendable {
    case none
    case token(TokenCheck)
    case hmac(HMACCheck)
    case digest(DigestCheck)
    case twilio(TwilioCheck)
    case adyen(AdyenCheck)
    case braintree(BraintreeCheck)
    case vonageSMS(VonageSMSCheck)
    case publicKey(PublicKeyCheck)
    case jws(JWSCheck)
    case sns(SNSCheck)
    case travis(TravisCheck)
    case paddleClassic(PaddleClassicCheck)

    init(
        _ scheme: Scheme, _ secrets: SecretSet, origin: SenderOrigin?, tolerance: Int64
    ) throws(SettingProblem) {
        switch scheme {
        // Where the request comes from is looked at before.
        case .none, .address: self = .none
        case .token(let token): self = .token(try TokenCheck(token, secrets))
        case .basic: self = .token(try TokenCheck(basic: secrets))
        case .hmac(let hmac): self = .hmac(try HMACCheck(hmac, secrets, origin: origin, tolerance: tolerance))
        case .digest(let digest):
            self = .digest(try DigestCheck(digest, secrets, origin: origin, tolerance: tolerance))
        case .twilio: self = .twilio(try TwilioCheck(secrets, origin: origin))
        case .adyen: self = .adyen(try AdyenCheck(secrets))
        case .braintree(let publicKey): self = .braintree(try BraintreeCheck(publicKey: publicKey, secrets))
        case .vonageSMS(let algorithm):
            self = .vonageSMS(try VonageSMSCheck(algorithm, secrets, tolerance: tolerance))
        case .publicKey(let scheme):
            self = .publicKey(try PublicKeyCheck(scheme, secrets, origin: origin, tolerance: tolerance))
        case .jws(let scheme): self = .jws(try JWSCheck(scheme, secrets, origin: origin, tolerance: tolerance))
        case .sns(let topics): self = .sns(try SNSCheck(topics: topics, secrets, tolerance: tolerance))
        case .travis(let repositories): self = .travis(try TravisCheck(repositories: repositories, secrets))
        case .paddleClassic: self = .paddleClassic(try PaddleClassicCheck(secrets))
        }
    }

    /// - Parameters:
    ///   - time: of receipt, in milliseconds since 1970.
    ///   - keys: those that senders publish.
    func prove(
        _ request: some SignedRequest, at time: Int64, _ keys: PublishedKeys
    ) throws(Refusal) -> Proof {
        switch self {
        case .none: Proof()
        case .token(let check): try check.prove(request)
        case .hmac(let check): try check.prove(request, at: time)
        case .digest(let check): try check.prove(request, at: time)
        case .twilio(let check): try check.prove(request)
        case .adyen(let check): try check.prove(request)
        case .braintree(let check): try check.prove(request)
        case .vonageSMS(let check): try check.prove(request, at: time)
        case .publicKey(let check): try check.prove(request, at: time, keys)
        case .jws(let check): try check.prove(request, at: time, keys)
        case .sns(let check): try check.prove(request, at: time, keys)
        case .travis(let check): try check.prove(request, keys)
        case .paddleClassic(let check): try check.prove(request)
        }
    }
}

extension SchemeCheck {
    /// What a proved request's HMAC is of; nil for other schemes.
    func signedBytes(_ proof: Proof) -> [UInt8]? {
        guard case .hmac(let check) = self else { return nil }
        return proof.signed?.bytes(of: check.reader.form.template)
    }

    /// The digest of the bytes that a proved request's signature covers.
    func signedDigest(_ proof: Proof) throws(CryptographyError) -> Digest? {
        switch self {
        case .hmac(let check): return try check.reader.signedDigest(proof)
        case .digest(let check): return try check.reader.signedDigest(proof)
        case .publicKey(let check): return try check.reader.signedDigest(proof)
        case .jws:
            guard let text = proof.signedText else { return nil }
            return try DigestAlgorithm.sha256.digest(of: text)
        default: return nil
        }
    }
}
