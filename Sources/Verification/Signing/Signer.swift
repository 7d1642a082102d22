internal import Cryptography

/// Signs requests as a sender does, from the same data by which they are verified.
package struct Signer: Sendable {
    private let rule: VerificationRule
    private let secret: Secret?
    let origin: SenderOrigin?

    /// - Parameters:
    ///   - index: which of the secrets signs.
    ///   - url: scheme, host and port of the address that is called, for senders that sign it.
    /// - Throws: `SettingProblem` as `Verifier` does.
    package init(
        _ rule: VerificationRule, secrets: SecretSet, at index: Int = 0, url: String? = nil
    ) throws(SettingProblem) {
        _ = try Verifier(rule.fromAnywhere, secrets: secrets, url: url)
        self.rule = rule
        secret = secrets.secrets.indices.contains(index) ? secrets.secrets[index] : nil
        if let url { origin = try SenderOrigin(url) } else { origin = nil }
    }

    /// The message with everything that the sender adds: signature or token, timestamp, id, content type, and for
    /// Twilio's JSON the digest of the body in the address.
    ///
    /// - Parameter time: in milliseconds since 1970.
    package func sign(_ message: OutgoingMessage, at time: Int64) throws(SigningError) -> OutgoingMessage {
        guard time >= 0 else { throw .time }
        var message = message
        if message.value(of: "Content-Type") == nil, !message.body.isEmpty {
            try message.set("Content-Type", Array(contentType(of: message.body).utf8))
        }
        if case .header(let name)? = rule.profile?.idField { try addID(name, to: &message) }
        guard let secret else {
            guard rule.scheme.secretUse == .none else { throw .publicKey }
            return message
        }
        switch rule.scheme {
        case .none, .address: break
        case .basic:
            try message.set("Authorization", Array("Basic \(Base64.standard.encode(secret.bytes))".utf8))
        case .token(let scheme): try add(secret, to: &message, at: scheme.place)
        case .hmac(let scheme):
            try add(scheme.form, to: &message, at: time) { parts throws(SigningError) in
                try Self.code(scheme.algorithm, scheme.keyRule, secret) { stream throws(CryptographyError) in
                    try parts.forEachPiece(of: scheme.form.template) { piece throws(CryptographyError) in
                        try stream.update(piece)
                    }
                }.bytes
            }
        case .digest(let scheme):
            try add(scheme.form, to: &message, at: time) { parts throws(SigningError) in
                do throws(CryptographyError) {
                    return try DigestCheck.digest(scheme, parts, secret.bytes).bytes
                } catch {
                    throw .library(error.description)
                }
            }
        case .twilio: try addTwilio(secret, to: &message)
        case .adyen: try addAdyen(secret, to: &message)
        case .braintree(let publicKey): try addBraintree(publicKey, secret, to: &message)
        case .vonageSMS(let algorithm): try addVonage(algorithm, secret, to: &message, at: time)
        case .publicKey(let scheme): try add(scheme, secret, to: &message, at: time)
        case .jws(let scheme): try add(scheme, secret, to: &message, at: time)
        case .sns(let topics): try addSNS(topics, secret, to: &message, at: time)
        case .travis(let repositories): try addTravis(repositories, secret, to: &message)
        case .paddleClassic: try addPaddleClassic(secret, to: &message)
        }
        return message
    }

    private func contentType(of body: [UInt8]) -> String {
        let isJSON = body.first == UInt8(ascii: "{") || body.first == UInt8(ascii: "[")
        return isJSON ? "application/json" : rule.profile?.contentType ?? "application/json"
    }

    func addID(_ name: String, to message: inout OutgoingMessage) throws(SigningError) {
        guard message.value(of: name) == nil else { return }
        try message.set(name, Array(try Self.identifier(of: message).utf8))
    }

    private func add(
        _ secret: Secret, to message: inout OutgoingMessage, at place: TokenScheme.Place
    ) throws(SigningError) {
        switch place {
        case .header(let name, let prefix): try message.set(name, prefix + secret.bytes)
        case .bearer: try message.set("Authorization", Array("Bearer ".utf8) + secret.bytes)
        case .query(let name): message.setQuery(name, secret.bytes)
        case .form(let name): try message.setField(name, secret.bytes)
        case .json(let places, let source): try message.set(secret, at: places, source)
        }
    }
}

extension Signer {
    private func addTwilio(_ secret: Secret, to message: inout OutgoingMessage) throws(SigningError) {
        var fields = SortedFields()
        if TwilioCheck.isForm(message.value(of: "Content-Type")) {
            guard let form = try? QueryString(message.body.span, from: .body) else { throw .form }
            fields = form.sortedFields
        } else if !message.body.isEmpty {
            guard let digest = try? DigestAlgorithm.sha256.digest(of: message.body) else {
                throw .library("no SHA-256")
            }
            message.setQuery(TwilioCheck.bodyDigest, Array(digest.hexadecimal.utf8))
        }
        let uri = Array(message.uri.utf8)
        let code = try Self.code(try Self.algorithm(of: message), KeyRule(), secret) { stream throws(CryptographyError) in
            try TwilioCheck.feed(origin?.text ?? "", uri, fields, to: &stream)
        }
        try message.set("X-Twilio-Signature", Array(SignatureEncoding.base64.encode(code).utf8))
    }

    /// Twilio's, which a header names where a shared key signs.
    private static func algorithm(of message: OutgoingMessage) throws(SigningError) -> DigestAlgorithm {
        do throws(Refusal) {
            return try TwilioCheck.isSharedKey(MessageRequest(message)) ? .sha256 : .sha1
        } catch {
            throw .unsignable(error.sentence)
        }
    }

    static func code(
        _ algorithm: DigestAlgorithm, _ rule: KeyRule, _ secret: Secret,
        _ feed: (inout HMACStream) throws(CryptographyError) -> Void
    ) throws(SigningError) -> Digest {
        // The secret passed the same rule when the signer was made.
        guard let key = try? rule.key(of: secret) else { throw .library("the secret is no key") }
        do throws(CryptographyError) {
            var stream = try HMACStream(HMACKey(algorithm, key: key))
            try feed(&stream)
            return try stream.finish()
        } catch {
            throw .library(error.description)
        }
    }
}
