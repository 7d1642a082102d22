import Testing
import Values
import Verification

@Suite("The credentials of a location")
struct CredentialPlaceTests {
    private struct Request: SignedRequest {
        var method = "POST"
        var uri = Array("/hook".utf8)
        var body: [UInt8] = []
        var type = "application/json"

        func values(ofHeader name: String) -> [[UInt8]] { name.lowercased() == "content-type" ? [Array(type.utf8)] : [] }
    }

    private func verifier(_ verify: String, secret: String = "robot:s3cret-s3cret") throws -> Verifier {
        var secrets = SecretSet()
        try secrets.add(Array(secret.utf8), from: "file:/s")
        return try Verifier(try VerificationRule(verify), secrets: secrets, url: "https://hooks.example.com")
    }

    @Test("stand in these headers and parameters", arguments: [
        ("basic", ["authorization"], []), ("token bearer", ["authorization"], []), ("token header=X-Key", ["x-key"], []),
        ("token query=key", [], ["key"]), ("token json=/token", [], []), ("github", [], []),
        ("meta verify-token=file:/v", [], ["hub.verify_token"]), ("asana", ["x-hook-secret"], []),
    ] as [(String, [String], [String])])
    func places(verify: String, headers: [String], parameters: [String]) throws {
        let places = try verifier(verify).credentialPlaces
        #expect(places.headers.map(\.name) == headers && places.parameters == parameters)
    }

    @Test("are not the signatures, even where these stand in a header of credentials")
    func signatures() throws {
        let places = try verifier("hmac-sha256 header=Authorization prefix=\"HMAC \" signed={body} encoding=base64").credentialPlaces
        #expect(places.signatures == ["authorization"] && places.headers.isEmpty)
        #expect(try verifier("github").credentialPlaces.signatures == ["x-hub-signature-256"])
    }

    @Test("stand in these parts of a body", arguments: [
        ("token json=/token", "application/json", #"{"token": "abc", "a": 1}"#, ["abc"]),
        ("token json=/items/*/token", "application/json", #"{"items": [{"token": "a"}, {"token": "b"}]}"#, ["a", "b"]),
        ("token form=token", "application/x-www-form-urlencoded", "a=1&token=a%20b", ["a b"]),
        ("github", "application/json", #"{"token": "abc"}"#, []), ("token json=/token", "application/json", "", []),
        ("notion", "application/json", #"{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFCh"}"#, ["secret_tMrlL1qK5vuQAh1b6cZGhFCh"]),
        ("notion", "application/json", #"{"type":"page.created"}"#, []),
        // Here nobody can tell, and so nothing may be kept.
        ("token json=/token", "application/json", #"{"tokens": "abc"}"#, nil), ("token json=/token", "application/json", "{", nil),
        ("token json=/items/*/token", "application/json", #"{"items": [{"token": "a"}, {}]}"#, nil),
        ("token form=token", "text/plain", "token=abc", nil), ("token form=token", "application/x-www-form-urlencoded", "token=a&token=b", nil),
    ] as [(String, String, String, [String]?)])
    func body(verify: String, type: String, body: String, expected: [String]?) throws {
        let found = try verifier(verify).credentialsInBody(of: Request(body: Array(body.utf8), type: type))
        #expect(found.map { $0.map { String(decoding: $0, as: UTF8.self) } } == expected)
    }

    @Test("are looked for as what they are without the usual mistakes")
    func candidates() throws {
        var secrets = SecretSet()
        try secrets.add(Array("\"s3cret\" \n".utf8), from: "file:/s")
        let candidates = CredentialCandidates([secrets])
        #expect(candidates.bytes.count == candidates.origins.count)
        let texts = candidates.bytes.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts.first == "\"s3cret\" " && texts.contains("s3cret") && texts.contains("Bearer \"s3cret\""))
        #expect(!candidates.origins.contains { $0.contains("s3cret") })
    }
}
