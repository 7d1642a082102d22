import Testing
import Verification

/// Numbers that look random and are the same in every run (xorshift64*).
private struct FixedRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

extension [UInt8] {
    /// A few random edits: bytes changed, removed, inserted, doubled.
    fileprivate func edited(_ random: inout FixedRandom) -> [UInt8] {
        var bytes = self
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            let byte =
                Bool.random(using: &random) ? Array("{}=,\"\\ &%.:#0\n\r".utf8).randomElement(using: &random) : nil
            let new = byte ?? UInt8.random(in: 0...255, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0 where position < bytes.count: bytes[position] = new
            case 1 where position < bytes.count: bytes.remove(at: position)
            case 2: bytes.insert(contentsOf: bytes[..<Swift.min(position, 40)], at: position)
            default: bytes.insert(new, at: position)
            }
        }
        return bytes
    }
}

@Suite("Input that nobody means")
struct FuzzTests {
    @Test(
        "Settings of any bytes are read or refused, and nothing stops the process",
        arguments: 1...4 as ClosedRange<UInt64>)
    func settings(seed: UInt64) throws {
        var random = FixedRandom(state: seed)
        let vectors = try Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Schemes")
        for _ in 0..<400 {
            let vector = try #require(vectors.randomElement(using: &random))
            let verify = String(decoding: Array(vector.verify.utf8).edited(&random), as: UTF8.self)
            let dedupe = String(decoding: Array("json:/a/0/~1".utf8).edited(&random), as: UTF8.self)
            let url = String(decoding: Array((vector.url ?? "https://[::1]:443").utf8).edited(&random), as: UTF8.self)
            var secrets = SecretSet()
            try? secrets.add(Array(vector.secrets.joined(separator: "\n").utf8).edited(&random), from: "file:/secret")
            guard let rule = try? VerificationRule(verify) else { continue }
            _ = try? Verifier(rule, secrets: secrets, url: url, dedupe: try? DedupeRule(dedupe))
        }
    }

    @Test(
        "A request of any bytes is verified only where an edit left all that counts",
        arguments: 1...4 as ClosedRange<UInt64>)
    func requests(seed: UInt64) throws {
        var random = FixedRandom(state: seed)
        let vectors = try Fixtures.vectors(in: "Senders").filter { $0.expected == "verified" && $0.verify != "twilio" }
        for _ in 0..<400 {
            let vector = try #require(vectors.randomElement(using: &random))
            var request = vector.request
            let place = Int.random(in: -1..<request.headers.count, using: &random)
            if place < 0 {
                request.body = request.body.edited(&random)
                guard request.body != vector.request.body, !vector.unsigned.contains("body") else { continue }
                #expect(try vector.verifier().verify(request, at: vector.time).refusal != nil)
            } else {
                request.headers[place].value = request.headers[place].value.edited(&random)
                _ = try vector.verifier().verify(request, at: vector.time)
            }
        }
    }

    @Test("A request and a secret of any bytes can be diagnosed", arguments: 1...2 as ClosedRange<UInt64>)
    func diagnoses(seed: UInt64) throws {
        var random = FixedRandom(state: seed)
        let vectors = try Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Schemes")
        for _ in 0..<40 {
            let vector = try #require(vectors.randomElement(using: &random))
            guard let rule = try? VerificationRule(vector.verify) else { continue }
            var request = vector.request
            request.body = request.body.edited(&random)
            request.uri = request.uri.edited(&random)
            for index in request.headers.indices { request.headers[index].value = request.headers[index].value.edited(&random) }
            var secrets = SecretSet()
            try? secrets.add(Array((vector.secrets.first ?? "x").utf8).edited(&random), from: "file:/secret")
            let diagnosis = Diagnosis(rule, secrets: secrets, url: vector.url)
            // Whatever is found, it is said of the same request in the same words.
            #expect(diagnosis.examine(request, at: vector.time) == diagnosis.examine(request, at: vector.time))
        }
    }

    @Test("Twilio's address and form of any bytes stop nothing", arguments: 1...4 as ClosedRange<UInt64>)
    func forms(seed: UInt64) throws {
        var random = FixedRandom(state: seed)
        let vectors = try Fixtures.vectors(in: "Senders").filter { $0.verify == "twilio" }
        for _ in 0..<200 {
            let vector = try #require(vectors.randomElement(using: &random))
            var request = vector.request
            request.uri = request.uri.edited(&random)
            request.body = request.body.edited(&random)
            let same = request.uri == vector.request.uri
            #expect(try same || vector.verifier().verify(request, at: vector.time).refusal != nil)
        }
    }

    @Test("A form of more fields than any sender sends is refused before it is sorted")
    func manyFields() throws {
        let rule = try VerificationRule("twilio")
        let secrets = try SecretSet.of(["x"])
        let form = String(repeating: "a=b&", count: 1001)
        var request = TestRequest(method: "POST", body: Array(form.utf8))
        request.add("Content-Type", "application/x-www-form-urlencoded")
        request.add("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
        #expect(try Verifier(rule, secrets: secrets, url: "https://a.b").verify(request, at: 0).text == "tooMany")
    }

    @Test("A plain digest of bytes with a NUL is refused, so that nobody can lengthen what is signed")
    func lengthened() throws {
        let rule = try VerificationRule("digest-sha256 header=X signed={secret}{body}")
        let verifier = try Verifier(rule, secrets: .of(["geheim"]))
        for (body, expected) in [("text", "verified"), ("te\0xt", "malformed")] {
            let message = OutgoingMessage(body: Array(body.utf8))
            let signed = try Signer(rule, secrets: .of(["geheim"])).sign(message, at: 0)
            #expect(verifier.verify(TestRequest(signed), at: 0).text == expected)
        }
    }

    @Test(
        "Bodies of any bytes stop nothing where a signature stands in them", arguments: 1...4 as ClosedRange<UInt64>)
    func bodies(seed: UInt64) throws {
        var random = FixedRandom(state: seed)
        let vectors = try (Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Schemes"))
            .filter { $0.expected == "verified" && $0.unsigned.contains("body") && !$0.request.body.isEmpty }
        for _ in 0..<400 {
            let vector = try #require(vectors.randomElement(using: &random))
            var request = vector.request
            request.body = request.body.edited(&random)
            if request.body.count < 2 { #expect(try vector.verifier().verify(request, at: vector.time).refusal != nil) }
            _ = try vector.verifier().verify(request, at: vector.time)
        }
    }

    @Test(
        "A document that is nested or long beyond all measure is refused",
        arguments: [
            String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
            #"{"value":["# + String(repeating: "{},", count: 10_001) + "{}]}",
        ])
    func documents(body: String) throws {
        let inBody = "hmac-sha256 json=/a signed={json:/b} body=unsigned"
        for verify in ["token json=/value/*/clientState", "adyen", inBody] {
            let verifier = try Verifier(VerificationRule(verify), secrets: .of(["ab"]))
            #expect(verifier.verify(TestRequest(body: Array(body.utf8)), at: 0).refusal != nil)
        }
    }

    @Test("One verifier serves many threads")
    func threads() async throws {
        let vector = try #require(
            try Fixtures.vectors(in: "Senders").first { $0.title == "while the secret is rotated" })
        let verifier = try vector.verifier()
        var forged = vector.request
        forged.body.append(0)
        let (genuine, other) = (vector.request, forged)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { _ in
                        verifier.verify(genuine, at: vector.time).verified != nil
                            && verifier.verify(other, at: vector.time).refusal != nil
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
