import Testing
import Verification

@Suite("Diagnosis")
struct DiagnosisTests {
    private static let time: Int64 = 1_760_000_000_000

    private func findings(
        _ verify: String, signedWith secret: String = "s3cr3t", checkedWith other: String = "s3cr3t",
        body: String = "{}", arrivesAs arrived: String = "{}", url: String? = nil, at time: Int64 = time
    ) throws -> [String] {
        let rule = try VerificationRule(verify)
        var signed = try Signer(rule, secrets: .of([secret]), url: url).sign(
            OutgoingMessage(body: Array(body.utf8)), at: Self.time)
        signed.body = Array(arrived.utf8)
        let swapped = url.map { $0.hasPrefix("https") ? "http" + $0.dropFirst(5) : "https" + $0.dropFirst(4) }
        return Diagnosis(rule, secrets: try .of([other]), url: swapped).findings(TestRequest(signed), at: time)
    }

    @Test(
        "The usual mistakes are found",
        arguments: [
            ("s3cr3t ", "{}", "{}", "white space"), ("\ts3cr3t", "{}", "{}", "white space"),
            ("\"s3cr3t\"", "{}", "{}", "quotes"),
            ("\u{FEFF}s3cr3t", "{}", "{}", "byte order mark"), ("s3cr3t", "{}", "{}\n", "without the line feed"),
            ("s3cr3t", "{}\n", "{}", "with a line feed"), ("s3cr3t", "{}", "{}\r\n", "CRLF"),
            ("s3cr3t", "{\n}", "{\r\n}", "LF in place of"), ("s3cr3t", "{}", "\u{FEFF}{}", "byte order mark"),
        ])
    func found(secret: String, body: String, arrived: String, finding: String) throws {
        let findings = try findings("github", checkedWith: secret, body: body, arrivesAs: arrived)
        #expect(findings.count == 1)
        #expect(findings.first?.contains(finding) == true, "\(findings)")
        #expect(!findings.joined().contains("s3cr3t"))
    }

    @Test("The other scheme of the address is found")
    func address() throws {
        #expect(try findings("twilio", url: "https://a.example").first?.contains("begins with https:") == true)
    }

    @Test("A mistake is found in old requests too")
    func old() throws {
        #expect(try findings("stripe", checkedWith: "s3cr3t ", at: Self.time + 86_400_000).count == 1)
    }

    @Test("Where nothing helps, nothing is said")
    func nothing() throws {
        #expect(try findings("github", checkedWith: "other").isEmpty)
        #expect(try findings("token bearer", checkedWith: "other").isEmpty)
    }
}
