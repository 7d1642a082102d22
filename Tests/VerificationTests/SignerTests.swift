import Foundation
import Testing
import Values
import Verification

@Suite("Signing")
struct SignerTests {
    private static let time: Int64 = 1_760_000_000_000

    private static let schemes = [
        "hmac-sha1 header=X-S", "hmac-sha256 header=X-S encoding=base64 prefix=sig:", "hmac-sha384 query=sig",
        "hmac-sha512 header=X-S encoding=base64url", "hmac-sha256 header=X-S encoding=hex-upper",
        "hmac-sha256 header=X-S signed=\"{method}\\n{url}\\n{path}{query}\\n{timestamp}\\n{id}\\n{body}\" "
            + "timestamp-header=X-T timestamp-unit=ms id-header=X-Id",
        "hmac-sha256 header=X-S items=\"; \" pair=: tag=s timestamp-tag=t signed={timestamp}{body}",
        "hmac-sha256 header=X-S items=,", "token header=X-Token", "token header=X-Token prefix=\"Key \"",
        "token bearer",
        "token query=tok%n", "basic", "none", "hmac-md5 header=X-S", "hmac-sha256 header=X-S encoding=hex-any",
        "hmac-sha256 header=X-S encoding=base64-any", "hmac-sha256 header=X-S encoding=base64-hex",
        "hmac-sha256 header=X-A header=X-B require=\"X-Version: 1\"", "hmac-sha256 header=X-S-{1-9}",
        "hmac-sha256 header=X-S items=, timestamp-index=0 signed={timestamp}.{body}",
        "hmac-sha256 header=X-S items=, timestamp-index=1 signed={timestamp}.{body}",
        "hmac-sha256 header=X-S signed={timestamp}{body} timestamp-header=X-T timestamp-unit=rfc3339",
        "hmac-sha256 header=X-S signed={query}.{body} timestamp-query=t",
        "hmac-sha256 header=X-S signed={method}{decoded_url}{escaped_path}{webhook_id}{sha256:body}{crc32:body} "
            + "webhook-id=7",
        "hmac-sha256 header=X-S signed={canonical_headers}.{body} signed-headers=X-L timestamp-header=X-T",
        "hmac-sha256 header=X-S key=sha1", "hmac-sha256 header=X-S key=nfkd",
        "hmac-sha256 header=X-S key=base64-if-prefixed key-prefix=whsec_",
        "digest-sha256 header=X-S signed={secret}{method}{url}{body}", "digest-md5 query=s signed={body}{secret}",
    ]

    /// Schemes that put something into the body, and a body in which it has a place.
    private static let schemesInBody = [
        ("hmac-sha256 header=X-S timestamp-json=/t timestamp-unit=ms", #"{"a":1}"#),
        ("hmac-sha256 json=/s/s signed={json:/s/t}{json:/id} timestamp-json=/s/t body=unsigned", #"{"id":"x"}"#),
        ("hmac-sha256 json=/list/0/s signed={json:/id} body=unsigned", #"{"id":"x","list":[{}]}"#),
        (
            "hmac-sha256 document=form:json json=/s signed={json:/id}@{json:/t} timestamp-json=/t body=unsigned",
            #"{"id":7}"#
        ),
        ("hmac-sha256 form=s signed={form:a} body=unsigned", "a=%20b&c=d"),
        ("hmac-sha256 header=X-S signed={form_sorted_kv} timestamp-form=t", "b=%20b&a=+"),
        ("token form=t", "a=b"), ("token json=/t", "{}"), ("token json=/v/*/t", #"{"v":[{"t":"x"},{}]}"#),
        ("token json=/t document=form:data", #"{"a":1}"#), ("token json=/t document=form:data", "data=%7B%7D&a=b"),
    ]

    @Test("What a scheme has in the body is put there, and verifies", arguments: schemesInBody)
    func inBody(verify: String, body: String) throws {
        let rule = try VerificationRule(verify)
        let secrets = try Self.secrets(rule)
        let isForm = !body.hasPrefix("{")
        let headers = isForm ? [OutgoingMessage.Header("Content-Type", "application/x-www-form-urlencoded")] : []
        let message = OutgoingMessage(headers: headers, body: Array(body.utf8))
        let signed = try Signer(rule, secrets: secrets).sign(message, at: Self.time)
        let verifier = try Verifier(rule, secrets: secrets)
        #expect(verifier.verify(TestRequest(signed), at: Self.time + 1).verified != nil)
        let other = try Verifier(rule, secrets: .of(["b3RoZXI="]))
        #expect(other.verify(TestRequest(signed), at: Self.time).refusal != nil)
        // Signed once more, it is the same.
        #expect(try Signer(rule, secrets: secrets).sign(signed, at: Self.time) == signed)
    }

    @Test(
        "A body in which a scheme's fields have no place cannot be signed",
        arguments: [
            ("hmac-sha256 header=X-S timestamp-json=/t", "a=b", SigningError.noJSON),
            ("hmac-sha256 json=/a/s signed={json:/id} body=unsigned", #"{"id":"x","a":1}"#, .noJSON),
            ("token json=/v/*/t", #"{"v":[]}"#, .noJSON), ("token form=t", #"{}"#, .form),
            ("hmac-sha256 json=/s signed={json:/id} body=unsigned", "{}", .unsignable("/id in the JSON is missing")),
        ])
    func noPlace(verify: String, body: String, error: SigningError) throws {
        let rule = try VerificationRule(verify)
        let signer = try Signer(rule, secrets: Self.secrets(rule))
        #expect(throws: error) { try signer.sign(OutgoingMessage(body: Array(body.utf8)), at: 0) }
    }

    private static let bodies = ["", "{}", #"{"id":"a","type":"b"}"#, "a=1&b=%20&a=+", "grüße\r\n"]

    private static func secrets(_ rule: VerificationRule) throws -> SecretSet {
        // Fits every key rule: base 64, with a colon only where user and password are wanted.
        guard rule.needsSecret else { return SecretSet() }
        return try .of([rule.name == "basic" ? "user:s3cr3t" : "whsec_c2VjcmV0"])
    }

    @Test(
        "What is signed verifies, and one byte more does not",
        arguments: SenderCatalogue.names + schemes, ["POST", "GET", "DELETE"])
    func roundTrip(verify: String, method: String) throws {
        let sample = try SenderSample(verify)
        let rule = try VerificationRule(sample.verify)
        let secrets = try sample.secrets.isEmpty ? Self.secrets(rule) : .of(sample.secrets)
        let url = "https://hooks.example.com:8443"
        let signer = try Signer(rule, secrets: secrets, url: url)
        let verifier = try Verifier(rule, secrets: secrets, url: url)
        var count = 0
        let others = rule.profile?.otherTexts ?? []
        let bodies = (Self.bodies.map { Array($0.utf8) } + sample.bodies).filter { body in !others.contains { $0.fits(body) } }
        for body in bodies {
            let message = OutgoingMessage(method: method, uri: "/in?a=%20b&c", body: body)
            // A sender's fields may have a place in bodies of its own only.
            guard let signed = try? signer.sign(message, at: Self.time) else { continue }
            count += 1
            var request = TestRequest(signed)
            request.peer = sample.peer
            let verdict = verifier.verify(request, at: Self.time + 1)
            // Some senders' empty requests ask only whether the address is right.
            #expect(verdict.verified != nil || verdict.handshake != nil, "\(verdict)")
            var changed = TestRequest(signed)
            changed.body.append(0x21)
            if verifier.coversBody { #expect(verifier.verify(changed, at: Self.time).refusal != nil) }
        }
        #expect(count >= (sample.bodies.isEmpty ? bodies.count : 1))
    }

    @Test("Signing a vector of a sender gives its signature", arguments: try Fixtures.vectors(in: "Senders"))
    func vectors(vector: Vector) throws {
        let special = [
            "among others", "while the secret is rotated", "with a shared key", "the secret without its prefix",
        ]
        guard vector.expected == "verified", vector.signer == nil, !vector.secrets.isEmpty, !special.contains(vector.title), !vector.title.contains("port") else {
            return
        }
        let rule = try VerificationRule(vector.verify)
        let timestamp = try vector.verdict().verified?.timestamp ?? vector.time
        let kept = vector.request.headers.filter { !$0.name.lowercased().contains("signature") }
        let message = OutgoingMessage(
            method: vector.request.method, uri: String(decoding: vector.request.uri, as: UTF8.self),
            headers: kept.map { .init($0.name, $0.value) }, body: vector.request.body)
        let signed = try Signer(rule, secrets: .of([try #require(vector.secrets.last)]), url: vector.url)
            .sign(message, at: timestamp)
        #expect(try vector.verifier().verify(TestRequest(signed), at: vector.time).verified != nil)
        for header in vector.request.headers {
            #expect(TestRequest(signed).values(ofHeader: header.name) == [header.value], "\(header.name)")
        }
    }

    @Test("A message gets the content type that the sender's bodies have, unless it brings one")
    func contentType() throws {
        func type(_ verify: String, _ body: String, _ headers: [OutgoingMessage.Header] = []) throws -> [String] {
            let rule = try VerificationRule(verify)
            let message = OutgoingMessage(headers: headers, body: Array(body.utf8))
            let signed = try Signer(rule, secrets: .of(["x"]), url: "https://a.b").sign(message, at: 0)
            return TestRequest(signed).values(ofHeader: "content-type").map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(try type("github", "{}") == ["application/json"])
        #expect(try type("twilio", "a=b") == ["application/x-www-form-urlencoded"])
        #expect(try type("twilio", "{}") == ["application/json"])
        #expect(try type("github", "") == [])
        #expect(try type("github", "{}", [.init("content-type", "text/plain")]) == ["text/plain"])
    }

    @Test("An id that is not given is a new one each time")
    func ids() throws {
        let signer = try Signer(VerificationRule("github"), secrets: .of(["x"]))
        func id(_ given: String?) throws -> [UInt8]? {
            let signed = try signer.sign(OutgoingMessage(id: given), at: 0)
            return TestRequest(signed).values(ofHeader: "X-GitHub-Delivery").first
        }
        #expect(try id("7") == [0x37])
        #expect(try id(nil)?.count == 32)
        #expect(try id(nil) != id(nil))
    }

    @Test("A request that names a shared key of Twilio is signed with SHA-256, and verifies")
    func sharedKey() throws {
        let rule = try VerificationRule("twilio")
        let settings = OutgoingMessage.Header(
            "X-Twilio-Webhooks-Signature-Settings", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256")
        let signer = try Signer(rule, secrets: .of(["x"]), url: "https://a.b")
        let signed = try signer.sign(OutgoingMessage(headers: [settings], body: Array("a=b".utf8)), at: 0)
        let verifier = try Verifier(rule, secrets: .of(["x"]), url: "https://a.b")
        #expect(verifier.verify(TestRequest(signed), at: 0).verified != nil)
        let bad = OutgoingMessage.Header("X-Twilio-Webhooks-Signature-Settings", "key=k,algorithm=HMAC_MD5")
        #expect(throws: SigningError.self) { try signer.sign(OutgoingMessage(headers: [bad]), at: 0) }
    }

    @Test("A header that is signed must be given, and none may hold a line end")
    func unusable() throws {
        let signer = try Signer(
            VerificationRule("hmac-sha256 header=X signed={header:X-Topic}{body}"), secrets: .of(["x"]))
        #expect(throws: SigningError.missingHeader("X-Topic")) { try signer.sign(OutgoingMessage(), at: 0) }
        #expect(throws: SigningError.time) { try signer.sign(OutgoingMessage(), at: -1) }
        let github = try Signer(VerificationRule("github"), secrets: .of(["x"]))
        #expect(throws: SigningError.unusableHeader("X-GitHub-Delivery")) {
            try github.sign(OutgoingMessage(id: "a\r\nX: y"), at: 0)
        }
        let twilio = try Signer(VerificationRule("twilio"), secrets: .of(["x"]), url: "https://a.b")
        #expect(throws: SigningError.form) { try twilio.sign(OutgoingMessage(body: Array("a=%".utf8)), at: 0) }
    }
}
