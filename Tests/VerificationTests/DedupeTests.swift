import Cryptography
import Testing
import Values
import Verification

@Suite("What makes two deliveries one event")
struct DedupeTests {
    private static let secrets = "geheim"

    /// The key that a signed message gets.
    private func key(
        _ verify: String, _ dedupe: String?, body: String = #"{"id":"a"}"#, id: String? = "d1",
        headers: [OutgoingMessage.Header] = [], at time: Int64 = 1_760_000_000_000
    ) throws -> DedupeKey? {
        let rule = try VerificationRule(verify)
        let secrets = try SecretSet.of(rule.needsSecret ? [Self.secrets] : [])
        let verifier = try Verifier(
            rule, secrets: secrets, url: "https://a.example", dedupe: dedupe.map { try DedupeRule($0) })
        let message = OutgoingMessage(headers: headers, body: Array(body.utf8), id: id)
        let signed = try Signer(rule, secrets: secrets, url: "https://a.example").sign(message, at: time)
        return try #require(verifier.verify(TestRequest(signed), at: time).verified).dedupeKey
    }

    private func digest(_ text: String) throws -> [UInt8] {
        try DigestAlgorithm.sha256.digest(of: Array(text.utf8)).bytes
    }

    @Test("A signed id decides alone")
    func coveredID() throws {
        #expect(try key("stripe", nil) == DedupeKey(kind: "json:/id", value: Array("a".utf8)))
        #expect(try key("stripe", "auto") == key("stripe", nil, body: #"{"pending_webhooks":1,"id":"a"}"#))
        #expect(try key("standard-webhooks", nil)?.value == Array("d1".utf8))
        #expect(try key("standard-webhooks", nil) == key("standard-webhooks", nil, body: "{}", at: 1_760_000_100_000))
    }

    @Test("An id that is not signed decides together with the body")
    func uncoveredID() throws {
        let body = #"{"id":"a"}"#
        let expected = DedupeKey(kind: "header:x-github-delivery+body", value: Array("d1".utf8) + (try digest(body)))
        #expect(try key("github", nil, body: body) == expected)
        #expect(try key("github", nil, body: "other") != expected)
        #expect(try key("github", nil, body: body, id: "d2") != expected)
        #expect(try key("gitlab", nil)?.kind == "header:idempotency-key+body")
        #expect(try key("token bearer", "json:/id")?.kind == "json:/id+body")
    }

    @Test("Without an id, the signed bytes decide where they hold body and timestamp")
    func signedBytes() throws {
        #expect(try key("slack", nil, body: "a=b") == DedupeKey(kind: "signed", value: digest("v0:1760000000:a=b")))
        #expect(try key("slack", nil, body: "a=b") != key("slack", nil, body: "a=b", at: 1_760_000_001_000))
        #expect(try key("typeform", nil, body: "{}") == nil)
        #expect(try key("hmac-sha256 header=X", nil) == nil)
        #expect(try key("hmac-sha256 header=X signed={timestamp} timestamp-header=T body=unsigned", nil) == nil)
        #expect(try key("hmac-sha256 header=X signed={timestamp}{body} timestamp-header=T", nil)?.kind == "signed")
        #expect(try key("token bearer", nil) == nil)
    }

    @Test("A time in the signed body makes the body decide, and a signed place of the JSON is an id by itself")
    func signedPlaces() throws {
        let body = #"{"t":1760000000,"id":"a"}"#
        let dated = "hmac-sha256 header=X timestamp-json=/t"
        #expect(try key(dated, nil, body: body) == DedupeKey(kind: "signed", value: digest(body)))
        let token = "hmac-sha256 json=/s signed={json:/id} body=unsigned"
        #expect(try key(token, "json:/id") == DedupeKey(kind: "json:/id", value: Array("a".utf8)))
        #expect(try key(token, "json:/other", body: #"{"id":"a","other":"b"}"#)?.kind == "json:/other+body")
        #expect(try key(token, nil) == nil)
        let crc = "hmac-sha256 header=X signed={header:X-Id}{crc32:body}"
        #expect(try key(crc, "json:/id", headers: [.init("X-Id", "7")])?.kind == "json:/id+body")
    }

    @Test(
        "A field of a form is an id, and so is a place in its JSON",
        arguments: [
            ("form:id", "id=7&a=b", "7"), ("form:id", "a=b", nil), ("form:id", "id=7&id=8", nil),
            ("form:id", "id=", nil),
            ("form:d:/id", "d=%7B%22id%22%3A%22x%22%7D", "x"), ("form:d:/id", "d=%7B%22id%22%3A7%7D", "7"),
            ("form:d:/id", "d=%7B%22id%22%3Anull%7D", nil), ("form:d:/id", "d=text", nil),
        ] as [(String, String, String?)])
    func formFields(dedupe: String, body: String, id: String?) throws {
        let form = [OutgoingMessage.Header("Content-Type", "application/x-www-form-urlencoded")]
        let key = try key("hmac-sha256 header=X", dedupe, body: body, headers: form)
        #expect(key == id.map { DedupeKey(kind: dedupe, value: Array($0.utf8)) })
        #expect(try self.key("hmac-sha256 header=X", dedupe, body: body) == nil)
        let field = "hmac-sha256 header=X signed={form:id} body=unsigned"
        let signed = try self.key(field, "form:id", body: "id=7", headers: form)
        #expect(signed?.kind == "form:id")
        let unsigned = try self.key("token form=t", "form:id", body: "id=7", headers: form)
        #expect(unsigned?.kind == "form:id+body")
    }

    @Test("The digest of what is signed does not hold the secret")
    func secretWord() throws {
        let key = try key("digest-sha256 header=X signed={secret}{timestamp}{body} timestamp-header=T", nil, body: "x")
        #expect(key == DedupeKey(kind: "signed", value: try digest("1760000000x")))
    }

    @Test(
        "An id that is missing, null, empty, composite or not exact is no id",
        arguments: [
            #"{}"#, #"{"id":null}"#, #"{"id":""}"#, #"{"id":["a"]}"#, #"{"id":{"a":1}}"#, #"{"id":true}"#,
            #"{"id":1.5}"#,
            #"{"id":12345678901234567890}"#, #"[1]"#, "", "id=a", #"{"id":"a"#, "null",
            #"{"id":""# + String(repeating: "x", count: 256) + #""}"#, String(repeating: "[", count: 10_000),
        ])
    func noID(body: String) throws {
        #expect(try key("hmac-sha256 header=X", "json:/id", body: body) == nil)
        #expect(try key("stripe", nil, body: body)?.kind == "signed")
        #expect(try key("typeform", nil, body: body) == nil)
    }

    @Test(
        "An id is text or an integer, at any depth",
        arguments: [
            (#"{"id":7}"#, "json:/id", "7"), (#"{"id":-7}"#, "json:/id", "-7"), (#"{"id":"7"}"#, "json:/id", "7"),
            (#"{"a":[{"b/c":{"~":"x"}}]}"#, "json:/a/0/b~1c/~0", "x"), (#"{"":"y"}"#, "json:/", "y"),
            (#"{"id":"a","id":"b"}"#, "json:/id", "a"), (#"{"b":["{",{"id":1}],"id":"a","c":"#, "json:/id", "a"),
        ])
    func ids(body: String, dedupe: String, id: String) throws {
        #expect(try key("hmac-sha256 header=X", dedupe, body: body) == DedupeKey(kind: dedupe, value: Array(id.utf8)))
    }

    @Test("An index of an array has one form", arguments: ["json:/00", "json:/-", "json:/+0", "json:/2", "json:/0x0"])
    func indexes(dedupe: String) throws {
        #expect(try key("hmac-sha256 header=X", dedupe, body: #"["a","b"]"#) == nil)
    }

    @Test("A header or pointer set by hand decides alone if it is signed")
    func byHand() throws {
        let header = [OutgoingMessage.Header("X-Id", "7")]
        #expect(try key("hmac-sha256 header=X", "header:x-id", headers: header)?.kind == "header:x-id+body")
        let signed = "hmac-sha256 header=X signed={header:X-Id}.{body}"
        #expect(try key(signed, "header:X-ID", headers: header) == DedupeKey(kind: "header:x-id", value: [0x37]))
        #expect(try key("hmac-sha256 header=X", "header:x-id") == nil)
    }

    @Test("body is the digest of the body, off is nothing")
    func bodyAndOff() throws {
        #expect(try key("github", "body", body: "x") == DedupeKey(kind: "body", value: digest("x")))
        #expect(try key("stripe", "off") == nil)
        #expect(try key("none", nil) == nil)
        #expect(try key("none", "off") == nil)
    }

    @Test("Of requests without a body it is the address that body tells apart")
    func noBody() throws {
        func key(_ uri: String, _ method: String, _ dedupe: String) throws -> DedupeKey? {
            let verifier = try Verifier(
                VerificationRule("twilio"), secrets: .of([Self.secrets]), url: "https://a.example", dedupe: DedupeRule(dedupe))
            let message = OutgoingMessage(
                method: method, uri: uri, headers: [.init("X-Id", "1")], body: method == "GET" ? [] : Array("a=b".utf8))
            let signed = try Signer(verifier.rule, secrets: .of([Self.secrets]), url: "https://a.example").sign(message, at: 0)
            return try #require(verifier.verify(TestRequest(signed), at: 0).verified).dedupeKey
        }
        for dedupe in ["body", "header:X-Id"] {
            let first = try #require(try key("/in?Body=one", "GET", dedupe))
            #expect(try key("/in?Body=one", "GET", dedupe) == first)
            #expect(try key("/in?Body=two", "GET", dedupe) != first)
            #expect(try key("/in?Body=one", "POST", dedupe) == key("/in?Body=two", "POST", dedupe))
        }
    }

    @Test("A header that holds the id and comes twice or empty is refused")
    func repeatedID() throws {
        let verifier = try Verifier(
            VerificationRule("token bearer"), secrets: .of([Self.secrets]), dedupe: DedupeRule("header:X-Id"))
        var request = TestRequest()
        request.add("Authorization", "Bearer geheim")
        #expect(verifier.verify(request, at: 0).verified != nil)
        request.add("x-id", "")
        #expect(verifier.verify(request, at: 0).text == "empty")
        request.headers[1].value = [0x31]
        #expect(verifier.verify(request, at: 0).verified?.dedupeKey?.kind == "header:x-id+body")
        request.add("X-ID", "1")
        #expect(verifier.verify(request, at: 0).text == "repeated")
    }

    @Test("The body is read as JSON neither for an id, nor for a signature that stands in it, nor where it can be no handshake")
    func json() throws {
        func json(_ verify: String, _ dedupe: DedupeRule?) throws -> Value? {
            let rule = try VerificationRule(verify)
            let secrets = try SecretSet.of([Self.secrets])
            let signed = try Signer(rule, secrets: secrets).sign(
                OutgoingMessage(body: Array(#" {"id":1}"#.utf8)), at: 0)
            let verdict = try Verifier(rule, secrets: secrets, dedupe: dedupe).verify(TestRequest(signed), at: 0)
            return try #require(verdict.verified).json
        }
        #expect(try json("stripe", nil) == nil)
        #expect(try json("slack", .off) == nil)
        #expect(try json("github", DedupeRule("json:/id")) == nil)
        #expect(try json("hmac-sha256 json=/s signed={json:/id} body=unsigned", .off) == nil)
        #expect(try json("shopify", .off) == nil)
    }
}
