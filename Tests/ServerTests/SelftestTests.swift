import Foundation
import Testing

@Suite("A location that is right passes its selftest", .serialized)
struct SelftestTests {
    /// A sender, the secret of its location, and that with which the sender signs where it is another.
    struct Sender: Sendable, CustomTestStringConvertible {
        var verify: String
        var secret = "c2VsZnRlc3Qtc2VjcmV0"
        var signer: String?
        /// Cases that do not apply to it.
        var inapplicable: Set<String>
        var weak: Set<String> = []

        var name: String { String(verify.prefix { $0 != " " }) }
        var testDescription: String { verify }
    }

    // Why a case does not apply: no time is signed, no list of signatures in one header, no question, the address not
    // signed, no id and no time to tell events by, nothing in a header.
    private static let timeless: Set<String> = ["recent", "stale", "future"]
    private static let unlisted: Set<String> = ["two-signatures", "upper-case"]
    private static let noQuestion: Set<String> = ["handshake", "wrong-verify-token"]
    private static let usual = noQuestion.union(["other-address"])
    private static let token = usual.union(timeless).union(unlisted)
    private static let nameless: Set<String> = ["redelivery", "fresh-id"]
    private static let inBody: Set<String> = ["repeated", "empty"]
    /// A location with one secret has none to rotate.
    private static let always: Set<String> = ["rotation"]

    /// The key of RFC 8032 section 7.1, test 1, as a JSON Web Key.
    private static let privateKey =
        #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","#
        + #""d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#
    private static let publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

    static let senders = [
        Sender(verify: "github", inapplicable: usual.union(timeless), weak: ["fresh-id"]),
        Sender(verify: "stripe", inapplicable: usual),
        Sender(verify: "slack", inapplicable: ["wrong-verify-token", "other-address"]),
        Sender(verify: "standard-webhooks", inapplicable: usual.union(["upper-case"])),
        Sender(verify: "shopify", inapplicable: usual.union(timeless).union(["upper-case"]), weak: ["fresh-id"]),
        Sender(verify: "twilio", inapplicable: noQuestion.union(timeless).union(unlisted), weak: ["fresh-id"]),
        Sender(verify: "square", inapplicable: noQuestion.union(timeless).union(["upper-case"])),
        Sender(verify: "discord", secret: publicKey, signer: privateKey, inapplicable: ["wrong-verify-token", "other-address"]),
        Sender(verify: "gitlab", inapplicable: token, weak: ["fresh-id", "changed-body"]),
        Sender(verify: "token query=key", inapplicable: token.union(nameless), weak: ["changed-body"]),
        Sender(verify: "basic", secret: "user:pass word", inapplicable: token.union(nameless), weak: ["changed-body"]),
        Sender(
            verify: "adyen", secret: "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056",
            inapplicable: token.union(nameless).union(inBody), weak: ["changed-body"]),
        Sender(verify: "mailgun", inapplicable: usual.union(unlisted).union(inBody), weak: ["changed-body", "fresh-id"]),
        Sender(
            verify: "meta verify-token=file:ROOT/verify-token",
            inapplicable: timeless.union(["other-address"]).union(nameless)),
        Sender(verify: "kofi", inapplicable: token.union(inBody), weak: ["changed-body", "fresh-id"]),
        Sender(verify: "paddle", inapplicable: usual.union(["recent"])),
        Sender(verify: "zoom", inapplicable: ["wrong-verify-token", "other-address", "fresh-id"]),
    ]

    static func server(_ kind: WebServerKind, _ senders: [Sender]) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("verify-token", "meatyhamhock\n")
        let locations = try senders.map { sender in
            try sandbox.write("secret-\(sender.name)", sender.secret + "\n")
            try sandbox.write("signer-\(sender.name)", (sender.signer ?? sender.secret) + "\n")
            return Location(
                path: "= /\(sender.name)",
                settings: [
                    ("POSTERN_VERIFY", sender.verify.replacingOccurrences(of: "ROOT", with: sandbox.root)),
                    ("POSTERN_SECRET", "file:\(sandbox.root)/secret-\(sender.name)"), ("POSTERN_WORKSPACE", workspace),
                    ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_NAME", sender.name),
                    ("POSTERN_QUERY", "probe/raw"), ("POSTERN_URL", "https://hooks.example.com"), ("POSTERN_MAX_BODY", "64k"),
                ])
        }
        return try WebServer(kind, sandbox, locations: locations)
    }

    @Test("whoever its sender is", arguments: [WebServerKind.nginx, .apacheProxy, .apacheCGI])
    func right(kind: WebServerKind) throws {
        let server = try Self.server(kind, Self.senders)
        defer { server.stop() }
        var kept = 0
        for sender in Self.senders {
            let report = try SelftestResult(
                server.sandbox, "http://127.0.0.1:\(server.port)/\(sender.name)", sender.verify, secret: "signer-\(sender.name)",
                ["--url", "https://hooks.example.com", "--max-body", "64k"])
            #expect(report.status == 0, "\(sender.name): \(report.output)\(report.errors)")
            kept += report.events.count
            #expect(report.cases("wrong").isEmpty && report.cases("not sent").isEmpty, "\(sender.name): \(report.output)")
            #expect(report.cases("does not apply") == sender.inapplicable.union(Self.always), "\(sender.name): \(report.output)")
            for name in sender.weak { #expect(report.text(name).contains("; "), "\(sender.name): \(report.text(name))") }
            #expect(!report.output.contains(sender.secret) && !report.output.contains(sender.signer ?? sender.secret))
        }
        #expect(!server.log.contains("meatyhamhock"))
        #expect(try server.events().count == kept, "what was cut short or too large is no event")
    }

    @Test("however often it is tried, also where only the body makes one event another")
    func again() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "c2VsZnRlc3Qtc2VjcmV0\nYW5vdGhlci1zZWNyZXQ=\n")
        let rules = [("/body", "body"), ("/json", "json:/ref"), ("/header", "header:X-Ref")]
        let server = try WebServer(
            .nginx, sandbox,
            locations: rules.map { path, rule in
                Location(
                    path: "= \(path)",
                    settings: [
                        ("POSTERN_VERIFY", "github"), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"), ("POSTERN_WORKSPACE", workspace),
                        ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/raw"),
                        ("POSTERN_DEDUPE", rule), ("POSTERN_MAX_BODY", "64k"),
                    ])
            })
        defer { server.stop() }
        for (path, rule) in rules + rules {
            let report = try SelftestResult(
                sandbox, "http://127.0.0.1:\(server.port)\(path)", "github", ["--dedupe", rule, "--max-body", "64k"])
            #expect(report.status == 0, "\(rule): \(report.output)\(report.errors)")
            #expect(report.cases("right").isSuperset(of: ["good", "redelivery", "fresh-id", "rotation"]), "\(rule): \(report.output)")
        }
    }
}
