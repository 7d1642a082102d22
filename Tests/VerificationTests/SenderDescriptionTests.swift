import Testing
import Verification

@Suite("What is said of a sender")
struct SenderDescriptionTests {
    private static func description(_ name: String) throws -> SenderDescription {
        try SenderDescription(try #require(try SenderCatalogue.profile(of: name)))
    }

    private static func text(_ name: String, _ title: String) throws -> String {
        try description(name).entries.first { $0.title == title }?.sentences.joined(separator: "; ") ?? ""
    }

    @Test("Its example names every parameter that has to be there, and opens once they are filled in", arguments: SenderCatalogue.names)
    func example(name: String) throws {
        let profile = try Self.description(name).profile
        let filled = profile.requiredParameters.reduce(profile.example) { $0.replacing("=" + $1.placeholder, with: "=x") }
        #expect(try VerificationRule(filled).name == name)
        // Without any of them it would not open, nor with what the example has in its place.
        for parameter in profile.requiredParameters {
            let shorter = filled.split(separator: " ").filter { !$0.hasPrefix(parameter.name + "=") }
            #expect(problem { _ = try VerificationRule(shorter.joined(separator: " ")) }?.kind == .missingParameter)
            let copied = filled.replacing("\(parameter.name)=x", with: "\(parameter.name)=\(parameter.placeholder)")
            #expect(problem { _ = try VerificationRule(copied) }?.kind == .badValue)
        }
    }

    @Test("It is whole, in plain words", arguments: SenderCatalogue.names)
    func entries(name: String) throws {
        let description = try Self.description(name)
        for title in ["signature", "signed", "covered", "timestamp", "secret", "duplicates", "sources", "confidence"] {
            #expect(description.entries.contains { $0.title == title }, "\(title)")
        }
        for sentence in description.entries.filter({ !["notes", "sources"].contains($0.title) }).flatMap(\.sentences) {
            #expect(!sentence.isEmpty && !sentence.contains("  ") && !sentence.contains("Optional("), "\(sentence)")
        }
        // What the signature covers and what is shown as signed agree.
        #expect(description.signedParts.isEmpty == (description.coversBody == false && description.entries[1].sentences == ["nothing of the request"]))
    }

    @Test(
        "It says what is signed, where, under which key, and what follows",
        arguments: [
            ("stripe", "signed", "timestamp, \".\", body"), ("stripe", "signature", "HMAC-SHA256: header Stripe-Signature"),
            ("stripe", "signature", "a signature stands behind \"v1=\", the timestamp, in seconds, behind \"t=\""),
            ("stripe", "timestamp", "by 300 s either way"), ("slack", "signed", "\"v0:\", timestamp, \":\", body"),
            ("github", "covered", "the whole body; not the id"), ("github", "duplicates", "header X-GitHub-Delivery and the same body"),
            ("github", "left open", "is not signed"), ("svix", "secret", "\"whsec_\" is taken off the secret if it is there"),
            ("svix", "covered", "the whole body, and the id"), ("slack", "secret", "signing secret, not its verification token"),
            ("slack", "handshake", "a signed POST, where /type of the JSON is url_verification: answered 200 with /challenge"),
            ("meta", "handshake", "parameter hub.verify_token is the verify token"), ("meta", "parameters", "verify-token=file:"),
            ("zoom", "handshake", "the HMAC-SHA256 of /payload/plainToken"), ("asana", "handshake", "is kept as the secret"),
            ("asana", "secret", "it arrives in the handshake"), ("aws-sns", "parameters", "topic= the ARN of the topic: has to be there"),
            ("aws-sns", "keys", "amazonaws.com"), ("paypal", "covered", "a CRC of the body"), ("paypal", "parameters", "webhook-id= "),
            ("twilio", "address", "POSTERN_URL has to be set"), ("twilio", "requests", "a GET is an event"),
            ("adyen", "id", "so it makes no two of them one"), ("adyen", "duplicates", "every delivery is an event of its own"),
            ("linear", "timestamp", "60 s"), ("gitlab", "signed", "nothing of the request"), ("gitlab", "answer", "after 4xx"),
            ("docusign", "signature", "headers X-DocuSign-Signature-1 to X-DocuSign-Signature-100"),
            ("box", "signature", "of which one has to be there"), ("google-pubsub", "signature", "iss has to be https://accounts.google.com"),
            ("mailgun", "signed", "/signature/timestamp of the JSON, /signature/token of the JSON"), ("mailgun", "covered", "not the body"),
            ("travis-ci", "secret", "none is needed"), ("github", "confidence", "primary"),
        ])
    func words(name: String, title: String, part: String) throws {
        let text = try Self.text(name, title)
        #expect(text.contains(part), "\(text)")
    }

    @Test(
        "A location is explained: duplicates, time, answers",
        arguments: [
            ("github", "deliveries with the same header X-GitHub-Delivery and the same body"), ("gitlab", "after 4xx it gives the address up"),
            ("adyen", "every delivery is an event of its own: /notificationItems/0/NotificationRequestItem/pspReference of the JSON is of the thing"),
            ("stripe", "may be off by 300 s"), ("slack", "it asks by a signed POST"), ("twilio", "POSTERN_URL has to be set"),
            ("asana", "postern events enroll"), ("travis-ci repository=a/b", "published at https://api.travis-ci.com/config"),
            ("hmac-sha256 header=X signed={timestamp}.{body} timestamp-header=T", "signed bytes are the same"),
            ("none", "every delivery is an event of its own"),
        ])
    func explanation(verify: String, part: String) throws {
        let sentences = try VerificationRule(verify).explanation()
        #expect(sentences.contains { $0.contains(part) }, "\(sentences)")
    }

    @Test("What POSTERN_DEDUPE says takes the place of what the catalogue does")
    func dedupe() throws {
        let rule = try VerificationRule("github")
        #expect(rule.duplicates(.body) == "deliveries with the same body are one event")
        #expect(rule.duplicates(.off) == "every delivery is an event of its own")
        #expect(rule.duplicateWarnings(.off).isEmpty && !rule.duplicateWarnings().isEmpty)
    }
}
