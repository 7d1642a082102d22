import Foundation
import Testing

@Suite("A location that is wrong fails its selftest at the line that says so", .serialized)
struct SelftestMistakeTests {
    private static let kinds = [WebServerKind.nginx, .apacheProxy, .apacheCGI]

    /// Locations that each make one mistake, by their paths.
    private static let mistakes: [(path: String, settings: [String: String])] = [
        ("right", [:]), ("none", ["POSTERN_VERIFY": "none"]), ("tolerant", ["POSTERN_TOLERANCE": "86400"]),
        ("strict", ["POSTERN_TOLERANCE": "20"]),
        ("other", ["POSTERN_SECRET": "file:ROOT/other"]), ("bounded", ["POSTERN_MAX_BODY": "16k"]), ("roomy", ["POSTERN_MAX_BODY": "256k"]),
        ("forgetful", ["POSTERN_DEDUPE": "off"]), ("broken", ["POSTERN_SECRET": "file:ROOT/nowhere"]),
        ("square", ["POSTERN_VERIFY": "square", "POSTERN_URL": "https://elsewhere.example.com"]),
        ("bound", ["POSTERN_VERIFY": "stripe ip=192.0.2.0/24"]), ("failing", ["POSTERN_QUERY": "probe/notes"]),
        ("later", ["POSTERN_RESPOND": "accept"]), ("rotating", ["POSTERN_SECRET": "file:ROOT/secret file:ROOT/other"]),
        ("meta", ["POSTERN_VERIFY": "meta verify-token=file:ROOT/other"]),
        ("underscored", ["POSTERN_VERIFY": "hmac-sha256 header=X_Signature"]), ("github", ["POSTERN_VERIFY": "github"]),
        ("discord", ["POSTERN_VERIFY": "discord", "POSTERN_SECRET": "file:ROOT/public"]),
    ]

    static func server(_ kind: WebServerKind, extra: (Sandbox) throws -> String = { _ in "" }) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "whsec_test\n")
        try sandbox.write("other", "whsec_other\n")
        try sandbox.write("public", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\n")
        let locations = mistakes.map { path, own in
            var settings = [
                "POSTERN_VERIFY": "stripe", "POSTERN_SECRET": "file:ROOT/secret", "POSTERN_WORKSPACE": workspace,
                "POSTERN_DATABASE": "ROOT/data/events.sqlite", "POSTERN_QUERY": "probe/raw", "POSTERN_NAME": path,
                "POSTERN_MAX_BODY": "64k",
            ].merging(own) { $1 }
            if path == "none" { settings["POSTERN_SECRET"] = nil }
            return Location(
                path: "= /\(path)",
                settings: settings.sorted { $0.key < $1.key }.map { setting in
                    (setting.key, setting.value.replacingOccurrences(of: "ROOT", with: sandbox.root))
                })
        }
        return try WebServer(kind, sandbox, locations: locations, extra: try extra(sandbox))
    }

    private static func result(
        _ server: WebServer, _ path: String, _ verify: String = "stripe", _ more: [String] = []
    ) throws -> SelftestResult {
        try SelftestResult(
            server.sandbox, "http://127.0.0.1:\(server.port)/\(path)", verify, ["--max-body", "64k"] + more)
    }

    @Test("whatever the mistake is", arguments: kinds)
    func mistakes(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        func expect(
            _ path: String, _ verify: String = "stripe", wrong: Set<String>, _ name: String, _ text: String, _ more: [String] = [],
            line: SourceLocation = #_sourceLocation
        ) throws {
            let result = try Self.result(server, path, verify, more)
            #expect(result.status == (wrong.isEmpty ? 0 : 1), "\(result.output)\(result.errors)", sourceLocation: line)
            #expect(result.cases("wrong") == wrong, "\(result.output)", sourceLocation: line)
            #expect(result.text(name).contains(text), "\(result.text(name))", sourceLocation: line)
        }
        try expect("right", wrong: [], "good", "200, event")
        try expect("tolerant", wrong: ["stale", "future"], "stale", "310 s old: compare POSTERN_TOLERANCE")
        try expect("strict", wrong: ["recent"], "recent", "401")
        try expect("other", wrong: ["good", "recent", "two-signatures"], "good", "another secret")
        try expect("bounded", wrong: ["largest"], "largest", "POSTERN_MAX_BODY is below 65536")
        try expect("roomy", wrong: ["oversized"], "oversized", "--max-body")
        try expect("forgetful", wrong: ["redelivery"], "redelivery", "taken for a new event")
        try expect("forgetful", wrong: [], "redelivery", "POSTERN_DEDUPE says", ["--dedupe", "off"])
        try expect("square", "square", wrong: ["good"], "good", "another POSTERN_URL")
        try expect("bound", wrong: ["good", "recent", "two-signatures"], "good", "another secret")
        try expect("bound", "stripe ip=192.0.2.0/24", wrong: ["good", "recent", "two-signatures"], "good", "which ip= has to list")
        try expect("meta", "meta verify-token=file:ROOT/secret", wrong: ["handshake"], "handshake", "401")
        try expect("later", wrong: [], "good", "202, event")
        let both = ["--secret", "file:\(server.sandbox.root)/other"]
        try expect("rotating", wrong: [], "rotation", "200, event", both)
        try expect("right", wrong: ["rotation"], "rotation", "another secret", both)
        try expect("failing", wrong: ["good"], "good", "its stack failed")
    }

    @Test("where nobody is asked who he is", arguments: kinds)
    func open(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let result = try Self.result(server, "none", "github")
        #expect(result.status == 1)
        #expect(
            result.cases("wrong") == [
                "redelivery", "two-signatures", "changed-body", "other-secret", "forged", "upper-case", "missing", "empty", "repeated",
                "largest",
            ], "\(result.output)")
        #expect(result.text("missing").contains("which may be none"))
        let broken = try Self.result(server, "broken")
        #expect(broken.status == 1 && broken.cases("right").isSubset(of: ["truncated"]), "\(broken.output)")
        #expect(broken.text("good").contains("503, no event: a setting of the location is wrong"))
        #expect(broken.text("forged").contains("503 in place of 401"))
        // In this set-up Apache gives Postern every path, and nginx those of its locations.
        guard kind == .nginx else { return }
        let nowhere = try Self.result(server, "nowhere")
        #expect(nowhere.status == 1 && nowhere.text("good").contains("look for the location"), "\(nowhere.output)")
    }

    @Test("where the web server itself limits bodies", arguments: [WebServerKind.nginx, .apacheCGI])
    func limits(kind: WebServerKind) throws {
        let server = try Self.server(kind) { sandbox in
            guard kind == .nginx else { return "<LocationMatch \"^/right\">\n    LimitRequestBody 16384\n</LocationMatch>" }
            return """
                location = /small {
                    include \(Sandbox.repository)/nginx/postern_params;
                    client_max_body_size 16k;
                    fastcgi_param POSTERN_VERIFY stripe;
                    fastcgi_param POSTERN_SECRET file:\(sandbox.root)/secret;
                    fastcgi_param POSTERN_WORKSPACE \(sandbox.root)/workspace;
                    fastcgi_param POSTERN_DATABASE \(sandbox.root)/data/events.sqlite;
                    fastcgi_param POSTERN_QUERY probe/raw;
                    fastcgi_param POSTERN_NAME small;
                    fastcgi_param POSTERN_MAX_BODY 64k;
                }
                """
        }
        defer { server.stop() }
        let result = try Self.result(server, kind == .nginx ? "small" : "right")
        #expect(result.status == 1 && result.cases("wrong") == ["largest"], "\(result.output)")
        #expect(result.text("largest").contains("the web server itself refuses"), "\(result.text("largest"))")
        #expect(result.text("oversized").contains("413, by the web server itself"), "\(result.text("oversized"))")
    }

    @Test("where a proxy drops the header, or somebody else answers")
    func others() throws {
        let server = try Self.server(.nginx) { _ in
            """
            location = /static { return 200 "ok"; }
            location = /moved { return 301 http://127.0.0.1/right; }
            """
        }
        defer { server.stop() }
        let dropped = try Self.result(server, "underscored", "hmac-sha256 header=X_Signature")
        #expect(dropped.status == 1 && dropped.cases("wrong") == ["good"], "\(dropped.output)")
        #expect(dropped.text("good").contains("drops X_Signature: nginx does, without underscores_in_headers on"))
        let all = try Self.result(server, "static")
        #expect(all.status == 1 && all.cases("right").isEmpty, "\(all.output)")
        #expect(all.text("good").contains("no header Postern-Event") && all.text("forged").hasPrefix("accepted, 200"))
        #expect(all.text("truncated").contains("half of a body"))
        let moved = try Self.result(server, "moved")
        #expect(moved.status == 1 && moved.text("good").contains("redirection"))
    }

    @Test("where nobody listens")
    func unreachable() throws {
        let sandbox = try Sandbox()
        try sandbox.write("secret", "geheim\n")
        let result = try SelftestResult(sandbox, "http://127.0.0.1:\(Service.freePort())/hook", "github")
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors.contains("the location cannot be reached: http://127.0.0.1:"), "\(result.errors)")
    }
}

@Suite("postern selftest", .serialized)
struct SelftestCommandTests {
    private static func url(_ server: WebServer, _ path: String) -> String { "http://127.0.0.1:\(server.port)/\(path)" }

    @Test("sends nothing that would be taken, if it is told so, or if nobody here can sign")
    func onlyRefused() throws {
        let server = try SelftestMistakeTests.server(.nginx)
        defer { server.stop() }
        let refused = try SelftestResult(server.sandbox, Self.url(server, "github"), "github", ["--only-refused", "--max-body", "64k"])
        #expect(refused.status == 0 && refused.cases("wrong").isEmpty, "\(refused.output)")
        #expect(refused.cases("not sent") == ["good", "redelivery", "fresh-id"], "\(refused.output)")
        #expect(refused.cases("right").isSuperset(of: ["forged", "missing", "truncated", "oversized"]))
        let unsigned = try SelftestResult(
            server.sandbox, Self.url(server, "discord"), "discord", secret: "public", ["--max-body", "64k"])
        #expect(unsigned.status == 0, "\(unsigned.output)\(unsigned.errors)")
        #expect(unsigned.errors.contains("nobody here can sign as the sender"), "\(unsigned.errors)")
        #expect(unsigned.cases("right") == ["other-secret", "missing", "empty", "truncated", "largest", "oversized"], "\(unsigned.output)")
        #expect(unsigned.text("good").contains("no right signature can be made here"))
        #expect(try server.events().isEmpty)
    }

    @Test("takes the body from standard input, and marks what it sends")
    func bodies() throws {
        let server = try SelftestMistakeTests.server(.nginx)
        defer { server.stop() }
        let result = try SelftestResult(
            server.sandbox, Self.url(server, "failing"), "stripe", ["--max-body", "64k"],
            body: #"{"id": "evt_1", "text": "from the test"}"#)
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try server.notes() == ["from the test", "from the test", "from the test"])
        let sample = try SelftestResult(server.sandbox, Self.url(server, "right"), "stripe", ["--max-body", "64k"])
        #expect(sample.status == 0)
        let event = try #require(sample.value("good", "event") as? String)
        #expect(sample.value("redelivery", "event") as? String == event && sample.value("redelivery", "duplicate") as? Bool == true)
        #expect(sample.value("forged", "status") as? Int == 401 && sample.value("forged", "event") is NSNull)
        let shown = try Command.run(
            try server.sandbox.program(),
            ["events", "show", event, "--json", "--database", server.sandbox.root + "/data/events.sqlite"])
        #expect(shown.output.contains("postern.selftest") && shown.output.contains("postern-selftest-"), "\(shown.output)")
    }

    @Test("reports for people, and holds no secret and no signature")
    func text() throws {
        let server = try SelftestMistakeTests.server(.nginx)
        defer { server.stop() }
        let result = try Command.run(
            try server.sandbox.program(),
            [
                "selftest", Self.url(server, "tolerant"), "--verify", "stripe", "--secret", "file:\(server.sandbox.root)/secret",
                "--max-body", "64k",
            ])
        #expect(result.status == 1)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("right           good                a good event: 200, event ") }, "\(result.output)")
        #expect(lines.contains { $0.hasPrefix("wrong           stale               an event that is older than the tolerance: accepted, 200") })
        #expect(lines.contains { $0.hasPrefix("does not apply  handshake           because the sender asks no question") })
        #expect(result.output.contains("right, 2 wrong, ") && result.output.contains("events, real ones"))
        #expect(!result.output.contains("whsec_") && !result.output.contains("v1="))
    }

    @Test("speaks TLS with those whom the host or --cacert vouches for, and with nobody else")
    func tls() throws {
        let port = Service.freePort()
        let server = try SelftestMistakeTests.server(.nginx) { sandbox in
            let folder = sandbox.root + "/tls"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let made = try Command.run("/bin/sh", [Sandbox.repository + "/Tests/OutboundTests/Fixtures/certificates.sh", folder])
            guard made.status == 0 else { throw HTTPClient.Failure(description: made.errors) }
            return "listen 127.0.0.1:\(port) ssl; ssl_certificate \(folder)/server.pem; ssl_certificate_key \(folder)/server.key;"
        }
        defer { server.stop() }
        let (root, url) = (server.sandbox.root, "https://localhost:\(port)/right")
        let right = try SelftestResult(server.sandbox, url, "stripe", ["--max-body", "64k", "--cacert", root + "/tls/authority.pem"])
        #expect(right.status == 0, "\(right.output)\(right.errors)")
        let unknown = try SelftestResult(server.sandbox, url, "stripe")
        #expect(unknown.status == 1 && unknown.errors.contains("can't be trusted"), "\(unknown.errors)")
        #expect(unknown.errors.contains("--cacert names a private authority"))
    }

    @Test(
        "that is used wrongly says what is wrong",
        arguments: [
            ([], "the address of one location"), (["http://127.0.0.1/", "http://127.0.0.1/"], "one location"),
            (["127.0.0.1", "--verify", "github"], "no address"), (["http://127.0.0.1/"], "--verify is missing"),
            (["http://127.0.0.1/", "--verify", "gihub"], "github"), (["http://127.0.0.1/", "--verify", "github"], "--secret is missing"),
            (["http://127.0.0.1/", "--verify", "github", "--secret", "file:SECRET", "--max-body", "much"], "--max-body is a size"),
            (["http://127.0.0.1/", "--verify", "github", "--secret", "file:SECRET", "--tolerance", "-1"], "--tolerance"),
            (["http://127.0.0.1/", "--verify", "github", "--secret", "file:SECRET", "--dedupe", "header"], "--dedupe"),
            (["http://127.0.0.1/", "--verify", "github", "--secret", "file:SECRET", "--timeout", "0"], "--timeout"),
            (["http://127.0.0.1/", "--verify", "github", "--secret", "file:SECRET", "--cacert", "/nowhere"], "--cacert"),
            (["http://127.0.0.1/a", "--verify", "square", "--secret", "file:SECRET", "--url", "https://a.example/b"], "leave the path out"),
            (["http://127.0.0.1/", "--verify", "github", "--secret", "sesame"], "neither file:PATH nor env:NAME"),
        ])
    func usage(words: [String], text: String) throws {
        let sandbox = try Sandbox()
        let secret = try sandbox.write("secret", "geheim\n")
        let result = try Command.run(
            try sandbox.program(), ["selftest"] + words.map { $0.replacingOccurrences(of: "SECRET", with: secret) })
        #expect(result.status == 2 && result.errors.contains(text), "\(result)")
        #expect(!result.errors.contains("sesame"))
    }

    @Test("says at once that a body is none of the sender's")
    func unsignable() throws {
        let sandbox = try Sandbox()
        try sandbox.write("secret", "geheim\n")
        let result = try SelftestResult(sandbox, "http://127.0.0.1:1/", "mailgun", body: "text")
        #expect(result.status == 2 && result.errors.contains("the sender cannot have sent this"), "\(result.errors)")
    }
}
