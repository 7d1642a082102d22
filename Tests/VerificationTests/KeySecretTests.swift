import Cryptography
import Testing
import Values
import Verification

private func set(_ text: String) throws -> SecretSet {
    var set = SecretSet()
    try set.add(Array(text.utf8), from: "file:/etc/postern/key")
    return set
}

/// A key of each kind in PEM, the public half first.
private enum Keys {
    static let ed25519 = (
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=\n-----END PUBLIC KEY-----",
        "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"
    )

    static func jsonWebKey(_ key: AsymmetricKey, _ identifier: String? = nil) throws -> String {
        let key = JSONWebKey(.asymmetric(key), identifier: identifier.map { Text($0) })
        return JSON.text(.object(try key.object())).string
    }
}

@Suite("Secrets that are keys")
struct KeySecretTests {
    private static let pem = Keys.ed25519.0
    private static let hex = Keys.ed25519.1
    private static let crlf = pem.split(separator: "\n").joined(separator: "\r\n")
    private static let layouts: [(String, Int)] = [
        (pem, 1), ("\(pem)\n", 1), ("\(pem)\n\(pem)", 2), ("\(hex)\n\(pem)\n\(hex)", 3), ("\(crlf)\r\n\(hex)", 2),
    ]

    @Test(
        "A block in PEM is one secret, and so is a JSON Web Key, or a set of them, whatever lines it has",
        arguments: layouts)
    func blocks(text: String, count: Int) throws {
        let set = try set(text)
        #expect(set.secrets.count == count)
        _ = try Verifier(VerificationRule("discord"), secrets: set)
    }

    @Test("A set of keys may be laid out over lines, and each of its keys verifies")
    func sets() throws {
        let keys = [try AsymmetricKey.generate(on: .p256), try AsymmetricKey.generate(on: .p256)]
        let texts = try keys.enumerated().map { try Keys.jsonWebKey($1, "k\($0)") }
        let layouts = [
            "{\"keys\":[\(texts[0]),\(texts[1])]}", "{\n  \"keys\": [\n    \(texts[0]),\n    \(texts[1])\n  ]\n}\n",
            texts.joined(separator: "\r\n"), "\(texts[0])\n{\"keys\": [\n\(texts[1])\n]}",
        ]
        for (layout, count) in zip(layouts, [1, 1, 2, 2]) {
            let set = try set(layout)
            #expect(set.secrets.count == count)
            let rule = try VerificationRule("plaid")
            for (index, text) in texts.enumerated() {
                let message = try Signer(rule, secrets: .of([text])).sign(OutgoingMessage(body: [0x31]), at: 0)
                let verified = try Verifier(rule, secrets: set).verify(TestRequest(message), at: 0).verified
                #expect(verified?.secretIndex == (count == 1 ? 0 : index))
            }
        }
    }

    @Test("Text that merely begins like JSON is a secret as it is")
    func textInBraces() throws {
        for text in ["{", "{}", "{\"a\":1}", "{\"kty\"", "{x}\n{\"keys\":"] {
            #expect(try set(text).secrets.count == text.split(separator: "\n").count)
            _ = try Verifier(VerificationRule("github"), secrets: set(text))
        }
    }

    @Test(
        "A key that is no use to the sender is refused, with what it wants",
        arguments: [
            ("github", Keys.ed25519.0, "does not use"), ("github", #"{"kty":"oct","k":"c2VjcmV0"}"#, "does not use"),
            ("sendgrid", Keys.ed25519.0, "P-256"), ("paypal webhook-id=x", Keys.ed25519.0, "an RSA key"),
            ("aws-sns topic=any", "c2VjcmV0", "is no key"), ("discord", "s3cr3t", "is no key"),
            ("discord", "00", "is no key"), ("plaid", Keys.ed25519.0, "ES256"), ("vonage", Keys.ed25519.0, "HS256"),
            ("plaid", #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, "cannot be read"),
            ("plaid", #"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#, "cannot be read"),
            ("plaid", #"{"keys":[]}"#, "holds none"), ("plaid", #"{"kty":"oct","k":"c2VjcmV0"}"#, "ES256"),
            ("discord", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no key that can be read"),
            ("discord", #"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"#, #"with \n in place of line ends"#),
        ])
    func wrongKind(verify: String, secret: String, reason: String) throws {
        let problem = try #require(problem { _ = try Verifier(VerificationRule(verify), secrets: set(secret)) })
        #expect(problem.setting == .secret && problem.kind == .unusableSecret)
        #expect(problem.description.contains("line 1 of file:/etc/postern/key") && problem.description.contains(reason))
    }

    @Test(
        "A public key is no secret, though it be written as one",
        arguments: ["github", "stripe", "token bearer", "twilio", "svix", "fusionauth", "vonage", "hmac-sha256 header=X key=base64"])
    func publicKeyAsSecret(verify: String) throws {
        let ed25519 = "MCowBQYDK2VwAyEAiojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w="
        let rsa = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAOf/OFsQORTrxGkqbwun7tZy4GXYQGN7/CpNlCvTrA4kUnZVfusjNrjxgcu0ioUORp6hhLzAeA3RRHFIj8hrQ7cCAwEAAQ"
        let hex = "302a300506032b6570032100\(Self.hex)"
        for text in [ed25519, rsa, hex] {
            let problem = problem { _ = try Verifier(VerificationRule(verify), secrets: set(text), url: "https://hooks.example.com") }
            #expect(problem?.kind == .unusableSecret && problem?.description.contains("a public key") == true, "\(text)")
        }
    }

    @Test("An RSA key that is too short is refused")
    func shortKey() throws {
        // 512 bits, made with openssl genrsa.
        let pem = """
            -----BEGIN PUBLIC KEY-----
            MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAOf/OFsQORTrxGkqbwun7tZy4GXYQGN7
            /CpNlCvTrA4kUnZVfusjNrjxgcu0ioUORp6hhLzAeA3RRHFIj8hrQ7cCAwEAAQ==
            -----END PUBLIC KEY-----
            """
        let problem = problem { _ = try Verifier(VerificationRule("rsa-sha256 header=X"), secrets: set(pem)) }
        #expect(problem?.description.contains("no key of the kind") == true)
        #expect(try AsymmetricKey(pem: Array(pem.utf8)).kind == .rsa(bits: 512))
    }

    @Test("A private key verifies as its public half does, and signs; a public one does not sign")
    func privateKeys() throws {
        let rule = try VerificationRule("plaid")
        let key = try Keys.jsonWebKey(.generate(on: .p256))
        let signed = try Signer(rule, secrets: set(key)).sign(OutgoingMessage(body: [0x31]), at: 0)
        #expect(try Verifier(rule, secrets: set(key)).verify(TestRequest(signed), at: 0).verified != nil)
        let discord = try Signer(VerificationRule("discord"), secrets: set(Keys.ed25519.0))
        #expect(throws: SigningError.publicKey) { try discord.sign(OutgoingMessage(), at: 0) }
        let published = try Signer(VerificationRule("aws-sns topic=any"), secrets: SecretSet())
        #expect(throws: SigningError.publicKey) { try published.sign(OutgoingMessage(), at: 0) }
    }

    @Test("A key brings no warnings that are meant for text, and what describes it does not show it")
    func descriptions() throws {
        let secrets = try set(Keys.ed25519.0 + "\n")
        #expect(secrets.warnings.isEmpty)
        let hmac = try set("s3cr3tword")
        var dumped = ""
        dump(try Verifier(VerificationRule("vonage"), secrets: hmac), to: &dumped)
        let lines = dumped.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("- ") }
        #expect(!lines.map { $0.dropFirst(2) }.joined(separator: ",").contains("115,51,99,114"))
    }
}
