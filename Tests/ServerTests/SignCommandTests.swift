import Foundation
import Testing

@Suite("Signing and judging at the command line")
struct SignCommandTests {
    @Test(
        "What postern sign makes, postern verify accepts, wherever the signature stands",
        arguments: [
            ("github", "{}", "geheim"), ("hmac-sha256 header=X-A header=X-B encoding=base64", "{}", "geheim"),
            ("hmac-sha256 header=X timestamp-json=/t timestamp-unit=ms", #"{"a":1}"#, "geheim"),
            ("hmac-sha256 json=/s/s signed={json:/s/t}{json:/id} timestamp-json=/s/t body=unsigned", #"{"id":"x"}"#, "k"),
            ("digest-sha256 header=X signed={secret}{body}", "text", "geheim"),
            ("token json=/value/*/clientState", #"{"value":[{},{}]}"#, "geheim"),
            ("adyen", #"{"notificationItems":[{"NotificationRequestItem":{"eventCode":"A"}}]}"#, "00ff"),
            ("braintree public-key=pub", "<xml/>", "geheim"), ("vonage-sms-signature algorithm=sha256", "{}", "geheim"),
        ])
    func roundTrip(verify: String, body: String, secret: String) throws {
        let sandbox = try Sandbox()
        try withExtendedLifetime(sandbox) {
            let file = try sandbox.write("secret", secret + "\n")
            let common = ["--verify", verify, "--secret", "file:" + file, "--at", "1760000000"]
            let program = try sandbox.program()
            func sign(_ more: [String]) throws -> Command.Result {
                try Command.run(program, ["sign"] + common + ["--id", "1"] + more, input: Data(body.utf8))
            }
            let headers = try sign([])
            let signed = try sign(["--print", "body"]).output
            #expect(headers.errors.contains("--print body") == (signed != body))
            let given = headers.output.split(separator: "\n").flatMap { ["--header", String($0)] }
            func judge(_ body: String) throws -> Int32 {
                try Command.run(program, ["verify"] + common + given, input: Data(body.utf8)).status
            }
            #expect(try judge(signed) == 0)
            #expect(try judge("x" + signed) == 1)
        }
    }
}
