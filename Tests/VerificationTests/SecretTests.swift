import Testing
import Verification

private func set(_ text: String) throws -> SecretSet {
    var set = SecretSet()
    try set.add(Array(text.utf8), from: "file:/etc/postern/secret")
    return set
}

/// Which of some tokens the secrets of a file are.
private func tokens(_ text: String, _ offered: [String]) throws -> [Int?] {
    let verifier = try Verifier(VerificationRule("token header=X"), secrets: set(text))
    return offered.map { token in
        var request = TestRequest()
        request.add("X", token)
        return verifier.verify(request, at: 0).verified?.secretIndex
    }
}

@Suite("Secrets")
struct SecretTests {
    @Test(
        "A line is a secret, ended by LF, by CRLF, or by the end",
        arguments: [
            "one", "one\n", "one\r\n", "zero\none", "zero\r\none\r\n", "zero\none\n",
        ])
    func lines(text: String) throws {
        #expect(try tokens(text, ["one"]) == [text.hasPrefix("zero") ? 1 : 0])
        #expect(try tokens(text, ["one\r", "one\n", " one", "", "two"]) == [nil, nil, nil, nil, nil])
    }

    @Test("Nothing else is taken off")
    func untrimmed() throws {
        #expect(try tokens(" a \n\tb\r\r\nc\r", [" a ", "\tb\r", "c\r", "a", "b", "c"]) == [0, 1, 2, nil, nil, nil])
        #expect(try tokens("a b", ["a b", "a"]) == [0, nil])
    }

    @Test(
        "A line that can be no secret is refused by its number",
        arguments: [
            ("", 1, "is empty"), ("\n", 1, "is empty"), ("\r\n", 1, "is empty"), ("s3cr3t\n\n", 2, "is empty"),
            ("s3cr3t\n\ns3cr3t", 2, "is empty"), ("\ns3cr3t", 1, "is empty"), ("s3cr3t\n\r\n", 2, "is empty"),
            ("s3cr3t\n# s3cr3t", 2, "begins with #"), ("#s3cr3t", 1, "begins with #"), ("s3c\0r3t", 1, "NUL"),
            ("s3cr3t\n-----BEGIN PUBLIC KEY-----\ns3cr3t", 2, "PEM"),
        ])
    func refused(text: String, line: Int, reason: String) throws {
        let problem = try #require(problem { _ = try set(text) })
        #expect(problem.setting == .secret && problem.kind == .unusableSecret)
        #expect(problem.description.contains("line \(line) of file:/etc/postern/secret"))
        #expect(problem.description.contains(reason))
        #expect(!problem.description.contains("s3c"))
    }

    @Test("Eight secrets are the most, from all sources together")
    func tooMany() throws {
        var set = SecretSet()
        try set.add(Array("1\n2\n3\n4".utf8), from: "file:/a")
        try set.add(Array("5\n6\n7\n8\n".utf8), from: "env:B")
        #expect(set.secrets.count == 8)
        #expect(set.secrets.last?.origin == "line 4 of env:B")
        #expect(problem { try set.add(Array("9".utf8), from: "file:/c") }?.kind == .unusableSecret)
    }

    @Test(
        "A secret that does not have the form of its key rule is refused",
        arguments: [
            ("standard-webhooks", "whsec_", "is empty after whsec_"), ("standard-webhooks", "whsec_!!", "no base 64"),
            ("standard-webhooks", "whpk_MfKQ9r8G", "no base 64"), ("standard-webhooks", "whsec_A", "no base 64"),
            ("hmac-sha1 header=X key=hex", "0g", "no hexadecimal"),
            ("hmac-sha1 header=X key=hex key-prefix=k_", "k_", "is empty"),
            ("basic", "s3cr3t", "user:password"), ("basic", ":s3cr3t", "user:password"),
        ])
    func keyRules(verify: String, secret: String, reason: String) throws {
        let problem = try #require(problem { _ = try Verifier(VerificationRule(verify), secrets: set(secret)) })
        #expect(problem.setting == .secret && problem.kind == .unusableSecret)
        #expect(!problem.description.contains("s3cr3t") && problem.description.contains(reason), "\(problem)")
    }

    @Test(
        "A key in base 64 is read as the sender's own library reads it",
        arguments: [
            "whsec_AAEC", "AAEC", "whsec_AAECAw==", "whsec_AAECAw", "whsec_AAECA3",
        ])
    func lenientKeys(secret: String) throws {
        _ = try Verifier(VerificationRule("standard-webhooks"), secrets: set(secret))
    }

    @Test("What describes a secret does not show it")
    func redacted() throws {
        let set = try set("s3cr3t")
        var dumped = ""
        dump(set, to: &dumped)
        dump(try Signer(VerificationRule("github"), secrets: set), to: &dumped)
        dump(try Verifier(VerificationRule("github"), secrets: set), to: &dumped)
        let secret = try #require(set.secrets.first)
        for text in ["\(set)", "\(secret)", String(reflecting: secret), String(reflecting: set), dumped] {
            #expect(!text.contains("s3cr3t"))
            // Nor as a list of its bytes.
            let numbers = text.split { !$0.isNumber }.joined(separator: " ")
            #expect(!numbers.contains("115 51 99 114"))
        }
    }

    @Test(
        "What looks like a mistake in a secret is a warning",
        arguments: [
            ("a ", "ends with white space"), (" a", "begins with white space"), ("a\r", "ends with white space"),
            ("\u{FEFF}a", "byte order mark"), ("\"a\"", "quotes"), ("'a'", "quotes"),
        ])
    func warnings(text: String, warning: String) throws {
        let warnings = try set(text).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains(warning) == true)
    }
}
