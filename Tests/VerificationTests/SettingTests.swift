import Foundation
import Testing
import Verification

/// Rows of a fixture whose columns are separated by tabs.
private func rows(_ name: String) throws -> [[String]] {
    try Fixtures.text(name).components(separatedBy: "\n")
        .filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { $0.components(separatedBy: "\t") }
}

@Suite("Settings of verification")
struct SettingTests {
    @Test("POSTERN_VERIFY that cannot be meant is refused with the remedy", arguments: try rows("settings.txt"))
    func refused(row: [String]) throws {
        let problem = try #require(problem { _ = try VerificationRule(row[1]) })
        #expect("\(problem.kind)" == row[0])
        #expect(problem.setting == .verify)
        #expect(problem.description.contains(row[2]), "\(problem)")
    }

    @Test("Words may have several spaces between them and around them")
    func spaces() throws {
        _ = try VerificationRule(
            "  hmac-sha256   header=X  signed=\"{timestamp} \\\"{body}\\\\\\n\"   timestamp-header=T ")
    }

    @Test("Control characters are refused", arguments: ["github\n", "token\theader=X", "none\u{7F}", "none\0"])
    func controlCharacters(text: String) {
        #expect(problem { _ = try VerificationRule(text) }?.kind == .malformed)
    }

    @Test("A setting of endless length is refused")
    func length() {
        #expect(
            problem { _ = try VerificationRule("token header=" + String(repeating: "x", count: 5000)) }?.kind
                == .malformed)
    }

    @Test(
        "No message repeats what may be a secret in the wrong place",
        arguments: [
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "8f742231b10e8888abcd99f85a5", "github s3cr3tS3cr3t",
            "MfKQ9r8GKYqrTw==",
            "token bearer s3cr3tS3cr3t", "stripe MfKQ9r8GKYqrTw==", "hmac-sha256 header=X key=s3cr3tS3cr3t",
            "hmac-sha256 header=X MfKQ9r8GKYqrTw=1", "hmac-sha256 header=X encoding=s3cr3tS3cr3t",
            "hmac-sha256 header=X signed={s3cr3tS3cr3t9876}", "basic user:s3cr3tS3cr3t",
            "hmac-sha256 MfKQ9r8GKYqrTw=1 MfKQ9r8GKYqrTw=1",
        ])
    func secretsInTheWrongPlace(text: String) throws {
        let description = try #require(problem { _ = try VerificationRule(text) }).description
        for part in ["s3cr3t", "MfKQ9r8G", "8f742231", "whsec_M"] {
            #expect(!description.contains(part), "\(description)")
        }
    }

    @Test(
        "An address that is more or less than scheme, host and port is refused",
        arguments: [
            "hooks.example.com", "ftp://example.com", "https://", "https:///in", "https://example.com/",
            "https://example.com/in",
            "https://example.com?x", "https://example.com#x", "https://user@example.com", "https://exam ple.com",
            "https://example.com:", "https://example.com:0", "https://example.com:65536", "https://example.com:+80",
            "https://example.com:https", "https://:443", "https://[::1", "https://::1", "https://a:80:90",
            "HTTPS://example.com",
        ])
    func address(url: String) throws {
        let problem = problem { _ = try Verifier(VerificationRule("twilio"), secrets: .of(["x"]), url: url) }
        #expect(problem?.setting == .url && problem?.kind == .malformed)
    }

    @Test(
        "Scheme, host and port are an address",
        arguments: [
            "https://example.com", "http://example.com:8080", "https://[::1]", "https://[::1]:8443",
            "https://Hooks.example.com",
        ])
    func goodAddress(url: String) throws {
        _ = try Verifier(VerificationRule("twilio"), secrets: .of(["x"]), url: url)
    }

    @Test(
        "A sender that signs the address needs POSTERN_URL",
        arguments: ["twilio", "hmac-sha1 header=X signed={url}{body}"])
    func missingAddress(verify: String) throws {
        let rule = try VerificationRule(verify)
        #expect(rule.needsURL)
        let problem = problem { _ = try Verifier(rule, secrets: .of(["x"])) }
        #expect(problem?.setting == .url && problem?.kind == .missing)
    }

    @Test("A secret is needed everywhere but under none, where it is a contradiction")
    func secrets() throws {
        for verify in ["github", "basic", "token bearer", "hmac-sha1 header=X", "twilio"] {
            let problem = problem {
                _ = try Verifier(VerificationRule(verify), secrets: SecretSet(), url: "https://a.b")
            }
            #expect(problem?.setting == .secret && problem?.kind == .missing)
        }
        let problem = problem { _ = try Verifier(VerificationRule("none"), secrets: .of(["x"])) }
        #expect(problem?.setting == .secret && problem?.kind == .contradiction)
    }

    @Test("A tolerance is 1 second to 1 year", arguments: [.min, -1, 0, 31_536_001, .max] as [Int64])
    func tolerance(seconds: Int64) {
        let problem = problem { _ = try Verifier(VerificationRule("stripe"), secrets: .of(["x"]), tolerance: seconds) }
        #expect(problem?.setting == .tolerance && problem?.kind == .badValue)
    }

    @Test(
        "POSTERN_DEDUPE that cannot be meant is refused with the remedy",
        arguments: [
            ("", "auto, header:NAME"), ("Auto", "did you mean auto?"), ("of", "did you mean off?"),
            ("header:", "header:X-"),
            ("header:X Y", "header:X-"), ("json:id", "json:/id"), ("json:", "json:/id"), ("json:/a~2", "~1"),
            ("json:/a~", "~1"),
            ("json:" + String(repeating: "/a", count: 33), "json:/id"), ("id", "json:/pointer"),
            ("form:", "form:id"), ("form::/id", "form:id"), ("form:data:/a~", "form:data:/id"),
            ("auto off", "write auto"),
        ])
    func dedupe(text: String, remedy: String) throws {
        let problem = try #require(problem { _ = try DedupeRule(text) })
        #expect(problem.setting == .dedupe && problem.description.contains(remedy), "\(problem)")
    }

    @Test("Under none, nothing but off goes with it")
    func dedupeUnderNone() throws {
        let rule = try VerificationRule("none")
        _ = try Verifier(rule, secrets: SecretSet(), dedupe: .off)
        for text in ["auto", "body", "json:/id", "header:X-Id"] {
            let problem = problem { _ = try Verifier(rule, secrets: SecretSet(), dedupe: DedupeRule(text)) }
            #expect(problem?.setting == .dedupe && problem?.kind == .contradiction)
        }
    }
}
