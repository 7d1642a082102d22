import Cryptography
import Foundation
import Synchronization
import Testing
import Values
import Verification

/// What senders publish, as a test says it.
private final class Published: KeySource {
    private let documents: [String: KeyDocument]
    private let prospect: KeyProspect
    private let wanted = Mutex<[String]>([])

    init(_ documents: [String: KeyDocument] = [:], _ prospect: KeyProspect = .none) {
        self.documents = documents
        self.prospect = prospect
    }

    var asked: [String] { wanted.withLock { $0 } }

    func document(at address: KeyAddress) -> KeyDocument? { documents[address.url] }

    func fetch(_ address: KeyAddress) -> KeyProspect {
        wanted.withLock { $0.append(address.url) }
        return prospect
    }
}

/// Certificates that OpenSSL has made for this run, by the script of the tests of certificates.
private enum Chain {
    private static let files = Result { () throws -> [String: String] in
        let folder = NSTemporaryDirectory() + "published-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        process.arguments = [tests.appendingPathComponent("CryptographyTests/Fixtures/chain.sh").path, folder]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        }
        return files
    }

    static func text(_ file: String) throws -> String {
        try #require(try files.get()[file])
    }

    static func document(_ names: String...) throws -> KeyDocument {
        let pem = try names.map { try Self.text($0 + ".pem") }.joined()
        return try KeyDocument.read(Array(pem.utf8), .certificate)
    }
}

@Suite("Keys that a sender publishes")
struct PublishedKeyCheckTests {
    private static let topic = "arn:aws:sns:us-east-1:123456789012:topic"
    private static let address = "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem"
    private let now = (Int64(Date().timeIntervalSince1970) + 60) * 1000
    private let day: Int64 = 86_400_000

    /// A notification that the key of one of the certificates has signed.
    private func notification(by name: String, at time: Int64) throws -> TestRequest {
        let rule = try VerificationRule("aws-sns topic=\(Self.topic)")
        let signer = try Signer(rule, secrets: .of([Chain.text(name + ".key").trimmingCharacters(in: .newlines)]))
        return TestRequest(try signer.sign(OutgoingMessage(body: Array("hello".utf8)), at: time))
    }

    private func judge(
        _ document: KeyDocument, by name: String, issuer: String? = nil, at time: Int64
    ) throws -> Verdict {
        let secrets = try issuer.map { try SecretSet.of([Chain.text($0 + ".pem").trimmingCharacters(in: .newlines)]) }
        let verifier = try Verifier(VerificationRule("aws-sns topic=\(Self.topic)"), secrets: secrets ?? SecretSet())
        return verifier.verify(
            try notification(by: name, at: time), at: time, keys: Published([Self.address: document]))
    }

    @Test("SNS's certificate counts by itself, for Amazon leaves out who issued it; a named issuer has to vouch for it")
    func sns() throws {
        let verified = try judge(Chain.document("leaf"), by: "leaf", at: now).verified
        #expect(verified?.secretIndex == nil && verified?.deliveryID != nil)
        #expect(try judge(Chain.document("leaf", "intermediate"), by: "leaf", issuer: "root", at: now).verified != nil)
        #expect(try judge(Chain.document("leaf"), by: "leaf", issuer: "intermediate", at: now).verified != nil)
        #expect(try judge(Chain.document("leaf"), by: "leaf", issuer: "root", at: now).text == "certificate")
        #expect(try judge(Chain.document("leaf", "intermediate"), by: "leaf", issuer: "other", at: now).text == "certificate")
    }

    @Test(
        "A certificate for another host, of nobody's or of its own making, is not believed",
        arguments: ["elsewhere", "self"])
    func impostors(name: String) throws {
        #expect(try judge(Chain.document(name), by: name, at: now).text == "certificate")
        #expect(try judge(Chain.document(name), by: name, issuer: "root", at: now).text == "certificate")
    }

    @Test("A certificate counts while it is valid, by the time of receipt, also when it was looked at before")
    func validity() throws {
        let document = try Chain.document("leaf", "intermediate")
        let rule = try VerificationRule("aws-sns topic=any")
        let verifier = try Verifier(
            rule, secrets: .of([Chain.text("root.pem").trimmingCharacters(in: .newlines)]))
        let keys = Published([Self.address: document])
        for (time, expected) in [
            (now, "verified"), (now + 9 * day, "verified"), (now + 11 * day, "certificate"), (now, "verified"),
            (now - 2 * day, "certificate"),
        ] {
            #expect(verifier.verify(try notification(by: "leaf", at: time), at: time, keys: keys).text == expected)
        }
        let fresh = try Verifier(rule, secrets: SecretSet())
        for time in [now - 2 * day, now + 11 * day] {
            #expect(fresh.verify(try notification(by: "leaf", at: time), at: time, keys: keys).text == "certificate")
        }
    }

    @Test("The key of another certificate does not verify")
    func otherKey() throws {
        #expect(try judge(Chain.document("leaf"), by: "direct", at: now).text == "wrongSignature")
    }

    @Test("PayPal's certificate has to come with its chain")
    func paypal() throws {
        let text = "paypal webhook-id=W certificate-name=sns.amazonaws.com"
        let rule = try VerificationRule(text)
        let signer = try Signer(rule, secrets: .of([Chain.text("leaf.key").trimmingCharacters(in: .newlines)]))
        let request = TestRequest(try signer.sign(OutgoingMessage(body: Array("{}".utf8)), at: now))
        let address = "https://api.paypal.com/v1/notifications/certs/CERT"
        func judge(_ document: KeyDocument, _ issuer: String?) throws -> String {
            let secrets = try issuer.map { try SecretSet.of([Chain.text($0 + ".pem").trimmingCharacters(in: .newlines)]) }
            return try Verifier(rule, secrets: secrets ?? SecretSet())
                .verify(request, at: now, keys: Published([address: document])).text
        }
        #expect(try judge(Chain.document("leaf", "intermediate"), "root") == "verified")
        #expect(try judge(Chain.document("leaf", "intermediate"), nil) == "certificate")
        #expect(try judge(Chain.document("leaf"), nil) == "certificate")
    }

    @Test("While a key is fetched the request may come again; where nothing can be fetched it is refused")
    func missing() throws {
        let request = try notification(by: "leaf", at: now)
        let verifier = try Verifier(VerificationRule("aws-sns topic=\(Self.topic)"), secrets: SecretSet())
        let underWay = Published([:], .underWay)
        #expect(verifier.verify(request, at: now, keys: underWay).refusal?.isTemporary == true)
        #expect(underWay.asked == [Self.address])
        // Strangers have had too many others asked for: the sender, which would give up after 401, is to come again.
        let crowded = verifier.verify(request, at: now, keys: Published([:], .later)).refusal
        #expect(crowded?.isTemporary == true && crowded?.isWorthWaiting == false)
        #expect(verifier.verify(request, at: now, keys: Published()).text == "noKeys")
        #expect(verifier.verify(request, at: now).text == "noKeys")
    }

    @Test("Nothing is fetched for a request that would be refused in any case")
    func implausible() throws {
        let genuine = try notification(by: "leaf", at: now)
        let keys = Published([:], .underWay)
        let other = try Verifier(VerificationRule("aws-sns topic=\(Self.topic)-other"), secrets: SecretSet())
        #expect(other.verify(genuine, at: now, keys: keys).text == "wrongClaim")
        let verifier = try Verifier(VerificationRule("aws-sns topic=\(Self.topic)"), secrets: SecretSet())
        #expect(verifier.verify(genuine, at: now + 4_000_000, keys: keys).text == "stale")
        for (member, value) in [("SigningCertURL", "https://evil.example/x.pem"), ("Signature", "?"), ("Type", "x")] {
            guard case .object(var object) = try JSON.parse(genuine.body) else { continue }
            object[Text(member)] = .text(Text(value))
            var request = genuine
            request.body = JSON.print(.object(object))
            #expect(verifier.verify(request, at: now, keys: keys).text == "malformed")
        }
        let paypal = try Verifier(VerificationRule("paypal webhook-id=W"), secrets: SecretSet())
        #expect(paypal.verify(TestRequest(), at: now, keys: keys).text == "missing")
        #expect(keys.asked == [])
    }

    @Test(
        "A certificate of SNS is asked for at SNS and nowhere else",
        arguments: [
            ("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem", true),
            ("https://sns.us-gov-west-1.amazonaws.com/SimpleNotificationService-0123abc.pem", true),
            ("https://sns.ap-southeast-12.amazonaws.com/SimpleNotificationService-a_b-c.pem", true),
            ("https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0.pem", true),
            // A bucket called sns is anybody's.
            ("https://sns.s3.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.s3-accelerate.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.s3-external-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us--1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1.amazonaws.com.evil.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1.evil.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://evil.com/sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1.amazonaws.com@evil.com/SimpleNotificationService-0.pem", false),
            ("https://evil.com#sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://u:p@sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0.pem", false),
            ("https://SNS.us-east-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.US-EAST-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem#x", false),
            ("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem?x=.pem", false),
            ("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-../x.pem", false),
            ("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-%2e.pem", false),
            ("https://sns.us-east-1.amazonaws.com//SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1.amazonaws.com\\evil.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-east-1\u{0}.amazonaws.com/SimpleNotificationService-0.pem", false),
            ("https://sns.us-\u{0435}ast-1.amazonaws.com/SimpleNotificationService-0.pem", false),
        ])
    func certificatePlaces(url: String, isSNS: Bool) throws {
        let genuine = try notification(by: "leaf", at: now)
        guard case .object(var object) = try JSON.parse(genuine.body) else { throw Vector.UnknownKey(key: "body") }
        object["SigningCertURL"] = .text(Text(url))
        var request = genuine
        request.body = JSON.print(.object(object))
        // Whatever stands there, it would be that of a certificate for SNS's host whose issuer nobody knows.
        let keys = Published([url: try Chain.document("leaf")], .underWay)
        let verifier = try Verifier(VerificationRule("aws-sns topic=\(Self.topic)"), secrets: SecretSet())
        #expect(verifier.verify(request, at: now, keys: keys).text == (isSNS ? "verified" : "malformed"))
        #expect(keys.asked == [])
    }

    @Test("A key that a set does not hold is looked for once more, by nobody where the location pins one")
    func unknownKey() throws {
        let (known, forged) = (try AsymmetricKey.generate(on: .p256), try AsymmetricKey.generate(on: .p256))
        func text(_ key: AsymmetricKey, _ identifier: Text) throws -> String {
            JSON.text(.object(try JSONWebKey(.asymmetric(key), identifier: identifier).object())).string
        }
        let url = "https://sender.example/keys"
        let rule = try VerificationRule("jws header=X algorithm=ES256 body-claim=b keys=\(url)")
        func request(_ key: AsymmetricKey, _ identifier: Text) throws -> TestRequest {
            let signer = try Signer(rule, secrets: .of([text(key, identifier)]))
            return TestRequest(try signer.sign(OutgoingMessage(body: [0x31]), at: now))
        }
        let point = try text(known, "a").replacingOccurrences(of: #""d":"[^"]*","#, with: "", options: .regularExpression)
        let published = try KeyDocument.read(Array("{\"keys\":[\(point)]}".utf8), .keySet)
        let keys = Published([url: published], .underWay)
        let verifier = try Verifier(rule, secrets: SecretSet())
        #expect(verifier.verify(try request(known, "a"), at: now, keys: keys).verified != nil)
        #expect(verifier.verify(try request(forged, "a"), at: now, keys: keys).text == "wrongSignature")
        #expect(keys.asked == [])
        #expect(verifier.verify(try request(forged, "b"), at: now, keys: keys).text == "keysUnderWay")
        #expect(keys.asked == [url])
        #expect(verifier.verify(try request(forged, "b"), at: now, keys: Published([url: published])).text == "unknownKey")
        let pinned = try Verifier(rule, secrets: .of([text(forged, "b")]))
        #expect(pinned.verify(try request(forged, "b"), at: now, keys: keys).verified != nil)
        #expect(pinned.verify(try request(known, "a"), at: now, keys: keys).text == "unknownKey")
        #expect(keys.asked == [url])
    }

    @Test(
        "A document that holds no key of its kind is refused",
        arguments: [
            (KeyAddress.Content.keySet, ""), (.keySet, "{}"), (.keySet, #"{"keys":[]}"#),
            (.keySet, #"{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"#), (.keySet, "<html>"), (.certificate, "{}"),
            (.travisConfiguration, "{}"),
            (.travisConfiguration, #"{"config":{"notifications":{"webhook":{"public_key":"x"}}}}"#),
        ])
    func documents(content: KeyAddress.Content, text: String) {
        #expect(throws: KeyDocument.Unusable.self) { try KeyDocument.read(Array(text.utf8), content) }
    }

    @Test("A private key is not published, and one that is does not count")
    func privateKey() throws {
        let key = try JSONWebKey(.asymmetric(.generate(on: .p256))).object()
        let text = JSON.text(.object(["keys": .array([.object(key)])])).string
        #expect(throws: KeyDocument.Unusable.self) { try KeyDocument.read(Array(text.utf8), .keySet) }
    }

    @Test("Travis CI's key stands in its configuration")
    func travis() throws {
        let rule = try VerificationRule("travis-ci repository=example/gate")
        let vector = try #require(try Fixtures.vectors(in: "Senders").first { $0.testDescription == "travis-ci.txt: a build" })
        let pem = JSON.text(.text(Text(vector.secrets[0]))).string
        let document = try KeyDocument.read(
            Array(#"{"config":{"notifications":{"webhook":{"public_key":\#(pem)}}}}"#.utf8), .travisConfiguration)
        let keys = Published(["https://api.travis-ci.com/config": document])
        let verifier = try Verifier(rule, secrets: SecretSet())
        #expect(verifier.verify(vector.request, at: vector.time, keys: keys).verified != nil)
        #expect(keys.asked == [])
    }
}
