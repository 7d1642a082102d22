internal import Cryptography
internal import Values

extension Signer {
    /// Signs parts of a message with the private key that the secret is.
    func add(
        _ scheme: PublicKeyScheme, _ secret: Secret, to message: inout OutgoingMessage, at time: Int64
    ) throws(SigningError) {
        if case .certificate(let header, let folder, _)? = scheme.publication, message.value(of: header) == nil {
            // Whoever verifies it has to have the key: no certificate stands there.
            try message.set(header, Array("\(folder)CERT".utf8))
        }
        let key = try Self.privateKey(of: secret, scheme.algorithm, prefixes: scheme.keyPrefixes)
        try add(scheme.form, to: &message, at: time) { parts throws(SigningError) in
            try Self.signature(of: parts.bytes(of: scheme.form.template), scheme.algorithm, key)
        }
    }

    static func privateKey(
        of secret: Secret, _ scheme: SignatureScheme, prefixes: [String] = []
    ) throws(SigningError) -> AsymmetricKey {
        let keys = (try? KeyText.keys(of: secret, for: scheme, prefixes: prefixes)) ?? []
        for case .asymmetric(let key) in keys.map(\.material) where key.isPrivate { return key }
        throw .publicKey
    }

    static func signature(
        of message: [UInt8], _ scheme: SignatureScheme, _ key: AsymmetricKey
    ) throws(SigningError) -> [UInt8] {
        do throws(CryptographyError) {
            return try scheme.sign(message, key: key)
        } catch {
            throw .library(error.description)
        }
    }

    /// Makes the form of Travis CI, of a body that is not yet one, about the repository that is bound.
    func addTravis(
        _ repositories: [String], _ secret: Secret, to message: inout OutgoingMessage
    ) throws(SigningError) {
        if !TwilioCheck.isForm(message.value(of: "Content-Type")) {
            guard case .object(var object)? = EventIdentity.json(message.body) else { throw .noJSON }
            let parts = (repositories.first ?? "").split(separator: "/", maxSplits: 1).map { Text(String($0)) }
            if parts.count == 2 { object["repository"] = .object(["owner_name": .text(parts[0]), "name": .text(parts[1])]) }
            let payload = JSON.print(.object(object))
            message.body = []
            try message.set("Content-Type", Array("application/x-www-form-urlencoded".utf8))
            try message.setField(TravisCheck.payload, payload)
        }
        let name = Array(TravisCheck.payload.utf8)
        guard let payload = try message.fields().first(where: { $0.name == name })?.value else { throw .form }
        let key = try Self.privateKey(of: secret, TravisCheck.algorithm)
        let signature = try Self.signature(of: payload, TravisCheck.algorithm, key)
        try message.set("Signature", Array(Base64.standard.encode(signature).utf8))
    }

    func addPaddleClassic(_ secret: Secret, to message: inout OutgoingMessage) throws(SigningError) {
        let text: [UInt8]
        do {
            text = try PaddleClassicCheck.signedText(of: message.fields())
        } catch let error as SigningError {
            throw error
        } catch {
            throw .unsignable("\(error)")
        }
        let key = try Self.privateKey(of: secret, PaddleClassicCheck.algorithm)
        let signature = try Self.signature(of: text, PaddleClassicCheck.algorithm, key)
        try message.setField(PaddleClassicCheck.signature, Array(Base64.standard.encode(signature).utf8))
    }
}

extension Signer {
    /// Makes a notification of SNS, of a body that is not yet a message of it.
    func addSNS(
        _ topics: [String], _ secret: Secret, to message: inout OutgoingMessage, at time: Int64
    ) throws(SigningError) {
        var object: Object = [:]
        if case .object(let given)? = EventIdentity.json(message.body), given.contains("Type") {
            object = given
        } else {
            object["Type"] = "Notification"
            object["Message"] = .text(Text(bytes: message.body))
        }
        if !object.contains("MessageId") { object["MessageId"] = .text(Text(try Self.identifier(of: message))) }
        if !object.contains("TopicArn") {
            object["TopicArn"] = .text(Text(topics.first ?? "arn:aws:sns:us-east-1:123456789012:topic"))
        }
        object["Timestamp"] = .text(Text(bytes: SNSCheck.timestamp.text(time)))
        if !object.contains("SignatureVersion") { object["SignatureVersion"] = "2" }
        if !object.contains("SigningCertURL") {
            object["SigningCertURL"] = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem"
        }
        guard case .text(let version)? = object["SignatureVersion"], let algorithm = SNSCheck.algorithms[version] else {
            throw .unsignable("SignatureVersion is neither \"1\" nor \"2\"")
        }
        let text: [UInt8]
        do throws(Refusal) {
            text = try SNSMessage.signedText(of: object)
        } catch {
            throw .unsignable(error.sentence)
        }
        let key = try Self.privateKey(of: secret, algorithm)
        object["Signature"] = .text(Text(Base64.standard.encode(try Self.signature(of: text, algorithm, key))))
        message.body = JSON.print(.object(object))
        try message.set("x-amz-sns-message-type", object["Type"]?.bytes ?? [])
    }

    /// The id that is given, else one made at random.
    static func identifier(of message: OutgoingMessage) throws(SigningError) -> String {
        if let id = message.id { return id }
        do throws(CryptographyError) {
            return Hexadecimal.encode(try SecureRandom.bytes(count: 16))
        } catch {
            throw .library(error.description)
        }
    }
}

extension Value {
    fileprivate var bytes: [UInt8] { if case .text(let text) = self { text.bytes } else { [] } }
}
