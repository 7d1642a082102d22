import Testing
import Verification

@Suite("What a body says counts before what the address says")
struct InputTrustTests {
    @Test(
        "where something of the body is proved and the query string is not",
        arguments: [
            ("github", true), ("stripe", true), ("plaid", true), ("pandadoc", true), ("mailgun", true),
            ("aws-sns topic=arn:aws:sns:eu-west-1:123456789012:orders", true), ("adyen", true), ("paypal webhook-id=1", true),
            ("vonage-sms-signature", true), ("hmac-sha256 header=X signed={form:id} body=unsigned", true),
            ("hmac-sha256 header=X signed={path}{body}", true),
            ("twilio", false), ("square", false), ("trello", false), ("hubspot-v3", false), ("contentful", false),
            ("messagebird", false), ("hmac-sha256 header=X signed={query}{body}", false),
            ("hmac-sha256 header=X signed={timestamp} timestamp-header=T body=unsigned", false),
            ("gitlab", false), ("monday", false), ("token bearer", false), ("basic", false), ("none", false),
        ])
    func counts(verify: String, isFirst: Bool) throws {
        #expect(try VerificationRule(verify).believesBodyBeforeQuery == isFirst)
    }
}
