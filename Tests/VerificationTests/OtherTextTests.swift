import Testing
import Values
import Verification

@Suite("What a sender signs with the secret of its events for people who are not the sender")
struct OtherTextTests {
    /// A session token's header and claims, of which the third part is the signature.
    private static let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJkZXN0IjoiaHR0cHM6Ly9zaG9wLmV4YW1wbGUifQ"

    private func verdict(_ verify: String, _ body: String, senders: OwnSenders = OwnSenders()) throws -> Verdict {
        let rule = try VerificationRule(verify, senders: senders)
        let secrets = try SecretSet.of(["hush"])
        let signed = try Signer(rule, secrets: secrets).sign(OutgoingMessage(body: Array(body.utf8)), at: 1_760_000_000_000)
        return try Verifier(rule, secrets: secrets).verify(TestRequest(signed), at: 1_760_000_000_000)
    }

    @Test(
        "is no event",
        arguments: [
            ("shopify", "code=1&shop=a.example&timestamp=2"), ("shopify", "shop=a.example"), ("shopify", Self.token),
            ("shopify-events", "id_token=1"), ("shopify-events", Self.token), ("meta", Self.token),
            ("whatsapp", String(repeating: "eyJ1c2VyIjoxfQ", count: 3)), ("instagram", Self.token),
        ])
    func others(verify: String, body: String) throws {
        #expect(try verdict(verify, body).text == "malformed")
    }

    @Test(
        "is nothing that an event could be",
        arguments: [
            ("shopify", #"{"code=1":1}"#), ("shopify", "[]"), ("shopify", "<shop id=\"1\"/>"), ("shopify", ""), ("shopify", "Hello, World!"),
            ("shopify", "=a"), ("meta", #"{"object":"page"}"#), ("meta", "a=b"), ("github", "payload=%7B%7D"), ("github", Self.token),
        ])
    func events(verify: String, body: String) throws {
        #expect(try verdict(verify, body).verified != nil)
    }

    @Test("is no riddle for the doctor: its signature is right")
    func diagnosis() throws {
        let (rule, secrets) = (try VerificationRule("shopify"), try SecretSet.of(["hush"]))
        let signed = try Signer(rule, secrets: secrets).sign(OutgoingMessage(body: Array("code=1".utf8)), at: 0)
        #expect(Diagnosis(rule, secrets: secrets).findings(TestRequest(signed), at: 0) == [])
    }

    @Test("can be said of a sender of one's own")
    func own() throws {
        func own(_ words: String) -> OwnSenders {
            OwnSenders(Array("acme  Acme\n  scheme hmac-sha256 header=X-Signature\n  also-signs \(words)\n".utf8), path: "senders")
        }
        #expect(try verdict("acme", "code=1", senders: own("query")).text == "malformed")
        #expect(try verdict("acme", "code=1", senders: own("token")).verified != nil)
        for words in ["form", "query query", "Token"] {
            #expect(own(words).problems.map(\.problem) == ["also-signs has what is no form of other text"])
        }
    }
}
