import Testing
import Verification

@Suite("Diagnosis")
struct DiagnosisTests {
    @Test("A mistake that was made is named first, with its remedy", arguments: Mishap.all)
    func named(mishap: Mishap) throws {
        let findings = try mishap.findings()
        let finding = try #require(findings.first { $0.mistake == mishap.mistake }, "\(findings)")
        #expect(finding.sentence.contains(mishap.says), "\(findings)")
        #expect(finding.isProved == mishap.isProved)
        #expect(findings.count <= 4, "\(findings)")
        #expect(!finding.sentence.hasSuffix("."))
        if mishap.isProved { #expect(findings.first?.mistake == mishap.mistake, "\(findings)") }
    }

    @Test("Every mistake that the doctor knows is made in these tests")
    func complete() {
        let made = Set(Mishap.all.map(\.mistake))
        #expect(Mistake.allCases.filter { !made.contains($0) } == [])
    }

    @Test("No finding holds the secret or a signature", arguments: Mishap.all)
    func discreet(mishap: Mishap) throws {
        let signed = try mishap.signed()
        let signatures = signed.headers.filter {
            $0.name.lowercased().contains("sig") || $0.name.hasPrefix("X-S") || $0.name == "Authorization"
        }
        .flatMap { String(decoding: $0.value, as: UTF8.self).split { "=, ".contains($0) }.filter { $0.count > 16 } }
        for finding in try mishap.findings() {
            var dumped = ""
            dump(finding, to: &dumped)
            for text in [finding.sentence, dumped] {
                for secret in [mishap.secret, mishap.configured ?? mishap.secret] { #expect(!text.contains(secret)) }
                for signature in signatures { #expect(!text.contains(signature)) }
            }
        }
    }

    @Test("A mistake of the secret and one of the body are found together")
    func pair() throws {
        var mishap = Mishap(.bodyJSON, "", body: #"{"a": 1}"#, arrives: #"{"a":1}"#)
        (mishap.verify, mishap.secret, mishap.configured) = ("github", "s3cr3t-pair", "\"s3cr3t-pair\"")
        #expect(try mishap.findings().map(\.mistake) == [.bodyJSON, .secretQuotes])
        #expect(try mishap.findings().allSatisfy { $0.isProved && $0.sentence.hasPrefix("together: ") })
    }

    @Test("A mistake is found in old requests too, and that they are old")
    func old() throws {
        let mishap = Mishap(.secretSpace, "") {
            ($0.verify, $0.configured, $0.late) = ("stripe", "s3cr3t-of-the-webhook ", 86_400 * 3)
        }
        #expect(try mishap.findings().map(\.mistake) == [.secretSpace, .timeOld])
    }

    @Test(
        "A request that verifies has no finding",
        arguments: try (Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Schemes")).filter {
            !$0.expected.hasPrefix("enrolment")
        })
    func right(vector: Vector) throws {
        guard try vector.verdict().refusal == nil else { return }
        let diagnosis = Diagnosis(
            try VerificationRule(vector.verify), secrets: try .of(vector.secrets), url: vector.url,
            verifyTokens: try .of(vector.tokens))
        #expect(diagnosis.findings(vector.request, at: vector.time) == [])
    }

    @Test("A sender that the workspace describes may be meant, as one of the catalogue may")
    func own() throws {
        let file = "my-crm  The CRM\n  scheme hmac-sha256 header=X-CRM-Signature encoding=base64\n  event-type header:X-CRM-Event\n"
        let senders = OwnSenders(Array(file.utf8), path: "/srv/hooks/senders")
        let secrets = try SecretSet.of([Self.forged])
        let message = OutgoingMessage(headers: [.init("X-CRM-Event", "new")], body: Array("{}".utf8))
        let signed = try Signer(VerificationRule("my-crm", senders: senders), secrets: secrets).sign(message, at: 0)
        func findings(_ secrets: SecretSet, _ senders: OwnSenders) throws -> [Finding] {
            try Diagnosis(VerificationRule("github"), secrets: secrets, senders: senders).examine(TestRequest(signed), at: 0)
        }
        let proved = try findings(secrets, senders)
        #expect(proved.contains { $0.isProved && $0.mistake == .otherSender && $0.sentence.contains("as The CRM signs: write my-crm in") }, "\(proved)")
        let likely = try findings(.of(["another-secret-of-somebody"]), senders)
        #expect(likely.contains { !$0.isProved && $0.sentence.contains("X-CRM-Signature, which my-crm sends") }, "\(likely)")
        #expect(try findings(secrets, OwnSenders()).allSatisfy { $0.mistake != .otherSender })
        // A file that is not understood is of no use.
        #expect(try findings(secrets, OwnSenders(Array((file + "  deadline x\n").utf8), path: "/s")).allSatisfy { $0.mistake != .otherSender })
    }

    /// Fits every key rule, and is none that the doctor would call unusual.
    private static let forged = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test("A forged request has no finding that claims to be proved", arguments: SenderCatalogue.names)
    func forged(sender: String) throws {
        let sample = try SenderSample(sender)
        let rule = try VerificationRule(sample.verify)
        guard rule.needsSecret else { return }
        let url = rule.needsURL ? "https://hooks.example.com" : nil
        let ours = try sample.secrets.isEmpty ? SecretSet.of([Self.forged]) : .of(sample.secrets)
        for body in sample.bodies.prefix(1) + [Array("{}".utf8)] {
            let message = OutgoingMessage(uri: "/in?a=b", body: body)
            guard let signed = try? Signer(rule, secrets: ours, url: url).sign(message, at: 0) else { continue }
            var forged = TestRequest(signed)
            guard forged.alterSignatures() else { continue }
            guard try Verifier(rule, secrets: ours, url: url).verify(forged, at: 0).refusal != nil else { continue }
            let findings = Diagnosis(rule, secrets: ours, url: url).examine(forged, at: 0)
            #expect(findings.filter(\.isProved) == [], "\(findings)")
        }
    }

    @Test(
        "A forged request to a location that is set up well has no finding",
        arguments: ["github", "stripe", "slack", "svix", "shopify", "square", "twilio"])
    func nothing(sender: String) throws {
        let rule = try VerificationRule(sender)
        let url = rule.needsURL ? "https://hooks.example.com" : nil
        let body = sender == "twilio" ? "a=b" : #"{"id":"evt_1","amount":10.50,"name":"Müller/Söhne"}"#
        let message = OutgoingMessage(uri: "/in/x?a=b", body: Array(body.utf8))
        let forged = try Signer(rule, secrets: .of(["whsec_b3RoZXIgc2VjcmV0IG9mIHNvbWVib2R5"]), url: url).sign(
            message, at: 0)
        let findings = Diagnosis(rule, secrets: try .of([Self.forged]), url: url).findings(TestRequest(forged), at: 0)
        #expect(findings == [])
    }

    @Test(
        "What a stranger sends can be as deep, as long and as compressed as he likes",
        .timeLimit(.minutes(5)),
        arguments: [
            String(repeating: #"{"a":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000),
            String(repeating: "[", count: 500) + String(repeating: "1,", count: 20_000) + "1"
                + String(repeating: "]", count: 500),
            String(repeating: "[", count: 100_000), String(repeating: "a=%20&", count: 20_000),
            String(repeating: "\"", count: 50_001),
            String(repeating: #"\u00e9<"#, count: 10_000),
            "[" + String(repeating: #""ü/<b>",1.50,{"z":1,"a":2},"#, count: 4_000) + "1]",
        ])
    func bounded(body: String) throws {
        for type in ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"] {
            let mishap = Mishap(.secretOther, "") { mishap in
                (mishap.body, mishap.configured) = (Array(body.utf8), "s3cr3t-of-another")
                mishap.headers = [.init("Content-Type", type)]
            }
            #expect(try mishap.findings().filter(\.isProved) == [])
        }
    }

    @Test("Where the token is another, nothing is said")
    func token() throws {
        let mishap = Mishap(.tokenPlace, "") { ($0.verify, $0.configured) = ("token bearer", "another-token") }
        #expect(try mishap.findings() == [])
    }
}

extension TestRequest {
    /// Changes one character in each header that may hold a signature.
    fileprivate mutating func alterSignatures() -> Bool {
        var hasChanged = false
        for index in headers.indices {
            let name = headers[index].name.lowercased()
            guard ["signature", "hmac", "sig", "mac", "authorization", "token", "jwt"].contains(where: name.contains)
            else { continue }
            guard !name.contains("timestamp"),
                let last = headers[index].value.lastIndex(where: { $0 != UInt8(ascii: "=") }), last > 4
            else { continue }
            let place = last - 3
            headers[index].value[place] =
                headers[index].value[place] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
            hasChanged = true
        }
        return hasChanged
    }
}
