import Cryptography
internal import Values

/// Judges messages of Amazon SNS: the signature stands in the JSON, over some of its members, each as a line with its
/// name and a line with its value. Of `Message` alone the value may have several lines, so nothing can be moved from one
/// member to another.
///
/// The key is that of the certificate at `SigningCertURL`, which has to be one of SNS's own addresses.
///
/// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html, and
/// services-custom/sns-message-manager of aws/aws-sdk-java-v2 on the certificate.
final class SNSCheck: Sendable {
    private let topics: [Text]
    private let keys: SigningKeys
    /// Amazon leaves out who issued the certificate.
    private let trust: CertificateTrust
    private let window: ReplayWindow

    static let algorithms: [Text: SignatureScheme] = ["1": .rsa(.sha1), "2": .rsa(.sha256)]
    static let timestamp = SignedTimestamp(place: nil, unit: .rfc3339)
    /// For which host the certificate is.
    private static let certificateHost = "sns.amazonaws.com"

    init(topics: [String], _ secrets: SecretSet, tolerance: Int64) throws(SettingProblem) {
        self.topics = topics.map { Text($0) }
        keys = try SigningKeys(secrets, for: .rsa(.sha256), prefixes: [], takesIssuers: true)
        trust = try CertificateTrust.make(host: Self.certificateHost, issuers: keys.issuers, mayLackIssuer: true)
        window = ReplayWindow(tolerance: tolerance)
    }

    func prove(_ request: some SignedRequest, at time: Int64, _ published: PublishedKeys) throws(Refusal) -> Proof {
        let document = try RequestContents.parse(request.body, .body)
        let message = try SNSMessage(document)
        // Nothing is fetched for what would be refused in any case.
        guard topics.isEmpty || topics.contains(message.topic) else {
            throw Refusal(.wrongClaim("TopicArn"))
        }
        try window.check(message.moment, at: time)
        let keys = try keys(for: message, published)
        guard let matched = try SigningKeys.match(keys, [message.signature], of: message.signedText, message.algorithm)
        else { throw Refusal(.wrongSignature(signatures: 1, secrets: keys.count)) }
        var proof = Proof(matched, timestamp: message.moment.milliseconds, json: document)
        // One that anybody's topic asks for is for the owner to decide.
        if !topics.isEmpty { proof.subscription = message.subscription.flatMap(Self.confirmation) }
        return proof
    }

    private func keys(for message: SNSMessage, _ published: PublishedKeys) throws(Refusal) -> [SigningKeys.Key] {
        if !keys.pinned.isEmpty { return keys.pinned }
        guard let address = Self.address(message.certificate) else {
            throw Refusal(
                .malformed(.json("/SigningCertURL"), expected: "the address of a certificate of SNS in one of its regions"))
        }
        return [try published.key(at: address, trust)]
    }

    /// `https://sns.REGION.amazonaws.com/SimpleNotificationService-NAME.pem`, in China with `.cn` behind the host.
    static func address(_ text: Text) -> KeyAddress? {
        let url = text.string
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "https:", parts[1].isEmpty, text.byteCount <= 255 else { return nil }
        let (host, file) = (parts[2], parts[3])
        let (fileStart, fileEnd) = ("SimpleNotificationService-", ".pem")
        guard isHost(host), file.hasPrefix(fileStart), file.hasSuffix(fileEnd),
            file.utf8.count > fileStart.utf8.count + fileEnd.utf8.count,
            KeyAddress.isPlainName(file.dropFirst(fileStart.utf8.count).dropLast(fileEnd.utf8.count).utf8)
        else { return nil }
        return KeyAddress(url, .certificate, family: "https://sns.…amazonaws.com/\(fileStart)….pem")
    }

    /// `https://sns.REGION.amazonaws.com/?Action=ConfirmSubscription&…`, which SNS itself has signed.
    static func confirmation(_ text: Text) -> KeyAddress? {
        let url = text.string
        guard KeyAddress.isDocument(url), let end = url.dropFirst(8).firstIndex(of: "/") else { return nil }
        let query = url[end...]
        guard isHost(url[..<end].dropFirst(8)), query.hasPrefix("/?Action=ConfirmSubscription") else { return nil }
        return KeyAddress(url, .subscription, family: "https://sns.…amazonaws.com/?Action=ConfirmSubscription")
    }

    /// `sns.REGION.amazonaws.com`
    private static func isHost(_ host: Substring) -> Bool {
        let ends = [".amazonaws.com", ".amazonaws.com.cn"]
        guard host.hasPrefix("sns."), let end = ends.first(where: host.hasSuffix),
            host.utf8.count > 4 + end.utf8.count
        else { return false }
        return isRegion(host.dropFirst(4).dropLast(end.utf8.count))
    }

    /// `us-east-1`, `us-gov-west-1`. Nothing else: `sns.s3.amazonaws.com` and `sns.s3-us-west-2.amazonaws.com` are what
    /// somebody keeps in a bucket called sns.
    private static func isRegion(_ text: Substring) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (3...5).contains(words.count), text.utf8.count <= 32, let number = words.last else { return false }
        return (1...2).contains(number.count) && number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && words.dropLast().allSatisfy { word in
                !word.isEmpty && word.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            }
    }

    /// Whether a place in the body is a member that is always signed.
    static func covers(_ pointer: JSONPointer) -> Bool {
        ["/Message", "/MessageId", "/Timestamp", "/TopicArn", "/Type"].contains(pointer.text)
    }
}

/// A message of SNS, read and not proved.
struct SNSMessage {
    let topic: Text
    let certificate: Text
    let moment: SignedTimestamp.Moment
    let algorithm: SignatureScheme
    let signature: [UInt8]
    let signedText: [UInt8]
    /// What confirms the subscription that it asks about.
    let subscription: Text?

    private static let notification: [Text] = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    private static let confirmation: [Text] = [
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ]

    init(_ document: Value) throws(Refusal) {
        guard case .object(let object) = document else { throw Refusal(.malformed(.body, expected: "a JSON object")) }
        topic = try Self.line("TopicArn", of: object)
        guard let moment = SNSCheck.timestamp.moment(try Self.line("Timestamp", of: object).bytes) else {
            throw Refusal(.malformed(.json("/Timestamp"), expected: SNSCheck.timestamp.expected))
        }
        self.moment = moment
        guard let algorithm = SNSCheck.algorithms[try Self.line("SignatureVersion", of: object)] else {
            throw Refusal(.malformed(.json("/SignatureVersion"), expected: "1 or 2"))
        }
        self.algorithm = algorithm
        guard let signature = Base64.standard.decode(try Self.line("Signature", of: object).string), !signature.isEmpty else {
            throw Refusal(.malformed(.json("/Signature"), expected: "padded base 64"))
        }
        self.signature = signature
        // Where a key is pinned, nobody looks at it.
        if case .text(let text)? = object["SigningCertURL"] { certificate = text } else { certificate = "" }
        signedText = try Self.signedText(of: object)
        let asks = object["Type"] == "SubscriptionConfirmation"
        subscription = asks ? try Self.line("SubscribeURL", of: object) : nil
    }

    /// The members that are signed, as they are.
    static func signedText(of object: Object) throws(Refusal) -> [UInt8] {
        let names: [Text]
        switch try line("Type", of: object) {
        case "Notification": names = notification
        case "SubscriptionConfirmation", "UnsubscribeConfirmation": names = confirmation
        default:
            throw Refusal(.malformed(.json("/Type"), expected: "Notification or a confirmation"))
        }
        var text: [UInt8] = []
        for name in names {
            if name == "Subject", object[name] == nil || object[name] == .null { continue }
            let value = name == "Message" ? try Self.text(name, of: object) : try line(name, of: object)
            text += name.bytes + [UInt8(ascii: "\n")] + value.bytes + [UInt8(ascii: "\n")]
        }
        return text
    }

    private static func text(_ name: Text, of object: Object) throws(Refusal) -> Text {
        guard case .text(let text)? = object[name] else { throw Refusal(.missing(.json("/\(name.string)"))) }
        return text
    }

    private static func line(_ name: Text, of object: Object) throws(Refusal) -> Text {
        let text = try text(name, of: object)
        guard !text.isEmpty || name == "Subject" else { throw Refusal(.empty(.json("/\(name.string)"))) }
        guard !text.bytes.contains(UInt8(ascii: "\n")) else {
            throw Refusal(.malformed(.json("/\(name.string)"), expected: "one line"))
        }
        return text
    }
}
