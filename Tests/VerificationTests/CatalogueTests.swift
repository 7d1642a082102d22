import Testing
import Verification

@Suite("Catalogue of senders")
struct CatalogueTests {
    @Test("Names are what POSTERN_VERIFY can hold, and none is there twice")
    func names() {
        let names = SenderCatalogue.names
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(name.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) })
        }
    }

    @Test("An entry is whole", arguments: SenderCatalogue.names)
    func entry(name: String) throws {
        let profile = try #require(try SenderCatalogue.profile(of: name))
        #expect(profile.name == name)
        #expect(!profile.title.isEmpty && !profile.schemeText.isEmpty && !profile.sources.isEmpty)
        #expect(profile.deadline.map { (1...60).contains($0) } ?? true)
        #expect(profile.successStatus.map { (200...299).contains($0) } ?? true)
        #expect(profile.tolerance.map { (1...86_400).contains($0) } ?? true)
        #expect((profile.idField == nil) == (profile.identity == nil))
        #expect(try VerificationRule(SenderSample(name).verify).profile?.name == name)
    }

    @Test(
        "A name that is not in the catalogue has no profile",
        arguments: ["", "git", "githubb", "scheme", " ", "github "])
    func unknown(name: String) throws {
        #expect(try SenderCatalogue.profile(of: name) == nil)
    }

    @Test(
        "What a sender leaves open is a warning",
        arguments: [
            ("github", "not signed"), ("github", "no timestamp"), ("gitlab", "nothing of the request is signed"),
            ("token query=t", "access logs"), ("none", "anybody may call"),
            ("hmac-sha256 header=X signed={timestamp} timestamp-header=T body=unsigned", "does not cover the body"),
            ("hmac-sha256 header=X signed={url}{body}", "nothing between them"), ("twilio", "no timestamp"),
            ("hmac-sha256 header=X signed={id}|{crc32:body} id-header=Id", "only a CRC"),
            ("hmac-sha256 json=/s signed={json:/t} body=unsigned", "does not cover the body"),
            ("hmac-sha256 header=X signed={form_sorted_kv}", "nothing between them"),
            ("digest-sha256 header=X signed={secret}{method}{url}{body}", "nothing between them"),
            ("digest-sha256 header=X signed={secret}{body}", "no timestamp"), ("adyen", "eight fields"),
            ("braintree public-key=x", "no timestamp"), ("vonage-sms-signature", "count as one character"),
            ("token json=/t", "nothing of the request is signed"),
        ])
    func warnings(verify: String, warning: String) throws {
        let rule = try VerificationRule(verify)
        let secrets = try SecretSet.of(rule.needsSecret ? ["ab"] : [])
        let warnings = try Verifier(rule, secrets: secrets, url: "https://a.example").warnings
        #expect(warnings.contains { $0.contains(warning) }, "\(warnings)")
    }

    @Test(
        "A sender that leaves nothing open has no warning",
        arguments: [
            "stripe", "slack", "standard-webhooks", "hmac-sha256 header=X timestamp-json=/t",
            "hmac-sha256 header=X signed={timestamp}{body} timestamp-header=T timestamp-unit=rfc3339",
            "hmac-sha256 header=X signed={sha256:body}.{timestamp} timestamp-header=T",
            "digest-sha256 header=X signed={secret}{timestamp}{body} timestamp-header=T",
        ])
    func noWarnings(verify: String) throws {
        let secrets = try SecretSet.of(["whsec_c2VjcmV0"])
        #expect(try Verifier(VerificationRule(verify), secrets: secrets).warnings.isEmpty)
    }

    @Test("A tolerance that nothing is measured by is a warning")
    func idleTolerance() throws {
        let secrets = try SecretSet.of(["x"])
        let github = try Verifier(VerificationRule("github"), secrets: secrets, tolerance: 60)
        #expect(github.warnings.contains { $0.contains("POSTERN_TOLERANCE has no effect") })
        #expect(try Verifier(VerificationRule("stripe"), secrets: secrets, tolerance: 60).warnings.isEmpty)
    }
}
