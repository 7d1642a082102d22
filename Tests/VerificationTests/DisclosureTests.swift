import Testing
import Verification

@Suite("What refusals disclose")
struct DisclosureTests {
    @Test(
        "No refusal holds a secret, an expected signature, or text of the request",
        arguments: try (Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Schemes")).filter {
            $0.verify != "none"
        })
    func disclosure(vector: Vector) throws {
        let rule = try VerificationRule(vector.verify)
        var forged = vector.request
        for index in forged.headers.indices { forged.headers[index].value += Array("Marker".utf8) }
        forged.body += Array("Marker".utf8)
        forged.uri += Array("Marker".utf8)
        let message = OutgoingMessage(
            method: forged.method, uri: String(decoding: forged.uri, as: UTF8.self), headers: [], body: forged.body)
        var expected: [String] = []
        for secret in vector.secrets {
            let signer = try Signer(rule, secrets: .of([secret]), url: vector.url)
            guard let signed = try? signer.sign(message, at: vector.time) else { continue }
            expected += signed.headers.filter { $0.name.lowercased().contains("signature") }
                .map {
                    String(decoding: $0.value, as: UTF8.self).split(separator: "=").map(String.init).max {
                        $0.count < $1.count
                    } ?? ""
                }
        }
        let verifier = try vector.verifier()
        for request in [forged] + vector.headerMutants.map(\.request) + vector.bodyMutants.map(\.request) {
            guard let refusal = verifier.verify(request, at: vector.time).refusal else { continue }
            var dumped = ""
            dump(refusal, to: &dumped)
            for text in [refusal.sentence, "\(refusal)", "\(refusal.reason)", dumped] {
                // Short secrets of published vectors are words that a sentence may hold.
                for secret in vector.secrets where secret.utf8.count > 3 { #expect(!text.contains(secret)) }
                for signature in expected where signature.utf8.count > 16 { #expect(!text.contains(signature)) }
                #expect(!text.contains("Marker"))
            }
        }
    }

    @Test(
        "A verifier that is printed shows no secret",
        arguments: [
            "hmac-sha256 header=X", "digest-sha256 header=X signed={secret}{body}", "token bearer",
            "vonage-sms-signature", "vonage-sms-signature algorithm=sha256", "braintree public-key=x", "twilio",
        ])
    func printed(verify: String) throws {
        let secret = "s3cr3t:word"
        let verifier = try Verifier(VerificationRule(verify), secrets: .of([secret]), url: "https://a.example")
        var dumped = ""
        dump(verifier, to: &dumped)
        // Bytes are dumped one a line.
        let numbers = dumped.split(separator: "\n").map { $0.drop { $0 == " " } }
        let bytes = numbers.filter { $0.hasPrefix("- ") }.map { $0.dropFirst(2) }.joined(separator: ",")
        #expect(!dumped.contains(secret))
        #expect(!bytes.contains(secret.utf8.map { String($0) }.joined(separator: ",")))
    }

    @Test(
        "Every reason has a sentence that names what failed",
        arguments: [
            (Refusal(.missing(.header("X"))), "header X is missing"),
            (Refusal(.empty(.query("q"))), "query parameter q is empty"),
            (Refusal(.repeated(.header("X"), count: 2)), "came 2 times"),
            (Refusal(.tooLong(.header("X"), limit: 9)), "longer than 9"),
            (Refusal(.tooMany(.header("X"), what: "items", limit: 9)), "more than 9 items"),
            (Refusal(.malformed(.item("t", of: .header("X")), expected: "digits")), "item t of header X"),
            (Refusal(.wrongSignature(signatures: 1, secrets: 1)), "does not match"),
            (
                Refusal(.wrongSignature(signatures: 2, secrets: 3)),
                "none of the 2 signatures matches under any of the 3 secrets"
            ),
            (Refusal(.wrongSignature(signatures: 1, secrets: 2)), "the signature matches under none of the 2 secrets"),
            (Refusal(.wrongSignature(signatures: 2, secrets: 1)), "none of the 2 signatures matches: another secret"),
            (Refusal(.wrongToken(.header("X"), secrets: 1)), "header X does not hold the secret"),
            (Refusal(.wrongToken(.header("X"), secrets: 2)), "header X holds none of the 2 secrets"),
            (Refusal(.stale(age: 301, tolerance: 300)), "301 s old"),
            (Refusal(.early(ahead: 301, tolerance: 300)), "301 s ahead"),
            (Refusal(.uncoveredBody(remedy: "r")), "not covered"), (Refusal(.wrongBodyDigest(.query("q"))), "digest"),
            (Refusal(.library("out of memory")), "libcrypto failed"),
        ])
    func sentences(refusal: Refusal, part: String) {
        #expect(refusal.sentence.contains(part))
        #expect(!refusal.sentence.hasSuffix("."))
    }
}
