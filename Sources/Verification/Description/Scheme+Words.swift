import Cryptography
internal import Values

extension Scheme {
    /// The algorithm in a few words: `HMAC-SHA256`.
    var brief: String {
        switch self {
        case .none: "none"
        case .address: "address"
        case .token(let scheme): scheme.place == .bearer ? "bearer token" : "token"
        case .basic: "user and password"
        case .hmac(let scheme): "HMAC-\(scheme.algorithm.words)"
        case .digest(let scheme): "\(scheme.algorithm.words) digest"
        case .twilio, .braintree: "HMAC-SHA1"
        case .adyen: "HMAC-SHA256"
        case .vonageSMS(let algorithm): algorithm == .md5hash ? "MD5 digest" : "HMAC-\(algorithm.digest.words)"
        case .publicKey(let scheme): scheme.algorithm.words
        case .jws(let scheme): scheme.brief
        case .sns: "RSA, certificate"
        case .travis, .paddleClassic: "RSA-SHA1"
        }
    }

    /// Where the signature or the token stands and how it is written: one sentence each.
    var placement: [String] {
        switch self {
        case .none: ["there is nothing to look at"]
        case .address: ["the address that the request comes from, as ip= lists it"]
        case .token(let scheme): [scheme.placement]
        case .basic: ["header Authorization, as HTTP has user and password (Basic)"]
        case .hmac(let scheme): scheme.form.placement
        case .digest(let scheme): scheme.form.placement
        case .publicKey(let scheme): scheme.form.placement + scheme.writing
        case .jws(let scheme): scheme.placement
        case .twilio: ["header X-Twilio-Signature, in padded base 64"]
        case .adyen: ["\(AdyenCheck.signature.dropFirst()) of each item, in padded base 64"]
        case .braintree:
            ["field \(BraintreeCheck.signature) of the form: pairs of a public key and a signature in lower-case hexadecimal"]
        case .vonageSMS: ["parameter \(VonageSMSCheck.signature) of the query, the form or the JSON, in hexadecimal"]
        case .sns: ["member Signature of the JSON, in padded base 64"]
        case .travis: ["header Signature, in padded base 64"]
        case .paddleClassic: ["field p_signature of the form, in base 64"]
        }
    }

    /// What is signed, part by part; nothing where only a token comes.
    var signedParts: [String] {
        switch self {
        case .none, .address, .token, .basic: []
        case .hmac, .digest, .publicKey: form?.signedParts ?? []
        case .jws(let scheme): scheme.signedParts
        case .twilio:
            ["address", "names and values of the form's fields, sorted by name, or the SHA256 digest of another body in the address"]
        case .adyen: ["of each item " + AdyenCheck.fields.map { String($0.dropFirst()) }.joined(separator: " ") + ", \":\" between them"]
        case .braintree: ["field \(BraintreeCheck.payload) of the form"]
        case .vonageSMS: ["all other parameters, sorted by name"]
        case .sns: ["of the JSON Message MessageId Subject Timestamp TopicArn Type, or what a subscription has of them"]
        case .travis: ["field \(TravisCheck.payload) of the form"]
        case .paddleClassic: ["all other fields of the form, as PHP serializes them"]
        }
    }

    /// How much of the body is signed.
    var bodyCover: String {
        switch self {
        case .adyen: "the body only in the fields named above"
        case .sns: "the body only in the members named above"
        case .none, .address, .token, .basic: "nothing of the request"
        case _ where coversBody: "the whole body"
        default:
            form?.template.derived.contains(.checksum(.crc32)) == true ? "a CRC of the body, which shows accidents only" : "not the body"
        }
    }

    /// Whether what proves the request has an end that it names itself.
    var expires: Bool {
        if case .jws(let scheme) = self { scheme.hasWindow } else { false }
    }

    /// Where the sender publishes its keys.
    var publishedKeys: String? {
        switch self {
        case .publicKey(let scheme):
            switch scheme.publication {
            case .keySet(let address)?: address.url
            case .certificate(_, let folder, _)?: folder
            case nil: nil
            }
        case .jws(let scheme): scheme.keySet?.url
        case .sns: "https://sns.REGION.amazonaws.com/"
        case .travis: TravisCheck.address.url
        default: nil
        }
    }
}

extension DigestAlgorithm {
    var words: String { rawValue.uppercased() }
}

extension SignatureScheme {
    /// The algorithm's usual name.
    var words: String {
        switch self {
        case .ed25519: "Ed25519"
        case .ecdsa(let digest, _): "ECDSA-\(digest.words), P-256"
        case .rsa(let digest): "RSA-\(digest.words)"
        case .rsaPSS(let digest): "RSA-PSS-\(digest.words)"
        }
    }
}

extension TokenScheme {
    var placement: String {
        switch place {
        case .bearer: "header Authorization, behind \"Bearer \""
        case .header(let name, let prefix): "header \(name)" + (prefix.isEmpty ? "" : ", behind \(Quoted.text(prefix))")
        case .query(let name): "parameter \(name) of the address"
        case .form(let name): "field \(name) of the form"
        case .json(let places, let document): "\(places.text) of the JSON\(document.words)"
        }
    }
}

extension PublicKeyScheme {
    /// What is not as always with a signature of its kind.
    var writing: [String] {
        guard case .ecdsa(_, let form) = algorithm else { return [] }
        return [form == .raw ? "both numbers one after the other, 64 bytes" : "both numbers as ASN.1 (DER)"]
    }
}

extension JWSScheme {
    var brief: String {
        guard let first = algorithms.first else { return "JWS" }
        return algorithms.count == 1 ? "JWS \(first.rawValue)" : "JWS \(first.rawValue) or others"
    }

    var placement: [String] {
        var sentences = ["\(place.words()), a token of \(algorithms.map(\.rawValue).joined(separator: " "))"]
        if !prefix.isEmpty { sentences.append("\(Quoted.text(prefix)) stands before it\(mayLackPrefix ? ", or nothing" : "")") }
        if !issuers.isEmpty { sentences.append("iss has to be \(Self.list(issuers))") }
        if !audiences.isEmpty { sentences.append("aud has to be \(Self.list(audiences))") }
        if !emails.isEmpty { sentences.append("email has to be \(Self.list(emails))") }
        for claim in claims { sentences.append("\(claim.name.string) has to be \(claim.value.string)") }
        if !required.isEmpty { sentences.append("it has to hold \(required.map(\.string).joined(separator: " "))") }
        return sentences
    }

    private static func list(_ texts: [Text]) -> String { texts.map(\.string).joined(separator: " or ") }

    var signedParts: [String] {
        let digest = "\(digest.words) digest of the"
        let named = [
            bodyClaim.map { "\(digest) body (claim \($0.string))" }, urlClaim.map { "\(digest) address (claim \($0.string))" },
            timestampClaim.map { "timestamp (claim \($0.string))" },
        ].compactMap { $0 }
        return named + [named.isEmpty ? "the token's claims, which say nothing of the request" : "the token's other claims"]
    }
}
