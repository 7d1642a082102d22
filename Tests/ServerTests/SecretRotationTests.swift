import Foundation
import Testing

@Suite("The rotation of a secret", .serialized)
struct SecretRotationTests {
    private static let kinds = [WebServerKind.nginx, .apacheCGI]
    private static let newSecret = "new-probe-secret"

    private static func secrets(_ server: WebServer, _ words: [String] = []) throws -> [[String: Any]] {
        let result = try Command.run(
            try server.sandbox.program(),
            ["events", "secrets", "--json", "--database", server.sandbox.root + "/data/events.sqlite"] + words)
        #expect(!result.output.contains(ProbeWorkspace.secret) && !result.output.contains(newSecret))
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        return try result.output.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    private static func entries(_ server: WebServer, _ location: String) throws -> [[String: Any]] {
        try secrets(server, [location]).first?["secrets"] as? [[String: Any]] ?? []
    }

    private static func page(_ server: WebServer, _ location: String) throws -> String {
        try Command.run(
            try server.sandbox.program(), ["events", "secrets", location, "--database", server.sandbox.root + "/data/events.sqlite"]
        ).output
    }

    /// Moves all that is known of times back by two days: as if it had happened then.
    private static func age(_ server: WebServer, _ column: String, of fingerprint: String) throws {
        let statement = "UPDATE postern_secret_use SET \(column) = \(column) - 172800000 WHERE fingerprint = '\(fingerprint)'"
        let result = try Command.run(
            "/usr/bin/sqlite3", ["-bail", "-cmd", ".timeout 5000", server.sandbox.root + "/data/events.sqlite", statement])
        #expect(result.status == 0, "\(result.errors)")
    }

    private static func server(_ kind: WebServerKind, _ settings: [String: String] = [:]) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", ProbeWorkspace.secret + "\n")
        func location(_ path: String, _ name: String, _ own: [String: String]) -> Location {
            let all = [
                "POSTERN_WORKSPACE": workspace, "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite", "POSTERN_NAME": name,
                "POSTERN_SECRET": "file:\(sandbox.root)/secret", "POSTERN_QUERY": "probe/notes",
            ].merging(own) { $1 }
            return Location(path: path, settings: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return try WebServer(
            kind, sandbox,
            locations: [
                location("= /signed", "signed", ["POSTERN_VERIFY": "github"]), location("= /stripe", "stripe", ["POSTERN_VERIFY": "stripe"]),
                location("= /slack", "slack", ["POSTERN_VERIFY": "slack"]),
                location("= /token", "token", ["POSTERN_VERIFY": "token header=X-Token"]),
            ])
    }

    private static func replace(_ server: WebServer, by lines: [String]) throws {
        try server.sandbox.write("secret", lines.map { $0 + "\n" }.joined())
        if geteuid() == 0, server.kind == .apacheCGI { try server.sandbox.handOver() }
    }

    @Test("shows which one still verifies, through to the day on which the old one is gone", arguments: kinds)
    func rotation(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        func send(_ secret: String) throws -> Int {
            try server.client.send("POST", "/signed", headers: try server.signed(body, secret: secret), body: body).status
        }
        #expect(try send(ProbeWorkspace.secret) == 200 && send(ProbeWorkspace.secret) == 200, "\(server.log)")
        let only = try Self.entries(server, "signed")
        #expect(only.map { $0["advice"] as? String } == ["only"] && only[0]["events"] as? Int == 2, "\(only)")
        let old = try #require(only[0]["fingerprint"] as? String)

        try Self.replace(server, by: [ProbeWorkspace.secret, Self.newSecret])
        try Service.until("the new secret to count") { (try? send(Self.newSecret)) == 200 }
        var both = try Self.entries(server, "signed")
        #expect(both.map { $0["origin"] as? String } == ["line 1 of file:\(server.sandbox.root)/secret", "line 2 of file:\(server.sandbox.root)/secret"])
        #expect(both.map { $0["events"] as? Int } == [2, 1] && both[0]["fingerprint"] as? String == old, "\(both)")
        #expect(both.map { $0["advice"] as? String } == ["wait", "keep"], "\(both)")

        for column in ["since", "last", "alone"] { try Self.age(server, column, of: old) }
        both = try Self.entries(server, "signed")
        #expect(both.map { $0["advice"] as? String } == ["remove", "keep"], "\(both)")
        let page = try Self.page(server, "signed")
        #expect(page.contains("that line 2 of file:\(server.sandbox.root)/secret has not, which is in use: it may be taken out"), "\(page)")
        #expect(page.contains("  \(old)  line 1 of file:"), "\(page)")

        // The new one moves to line 1, and what is known of it goes with it.
        try Self.replace(server, by: [Self.newSecret])
        try Service.until("the old secret to be refused") { (try? send(ProbeWorkspace.secret)) == 401 }
        #expect(try send(Self.newSecret) == 200)
        let left = try Self.entries(server, "signed")
        #expect(left.map { $0["advice"] as? String } == ["only", "gone"], "\(left)")
        #expect(left[0]["fingerprint"] as? String == both[1]["fingerprint"] as? String && left[0]["events"] as? Int == 2, "\(left)")
        #expect(left[1]["fingerprint"] as? String == old && left[1]["removed"] as? Int != nil, "\(left)")
        // An event says which secret verified it.
        let id = try #require(try server.events().last?["id"] as? String)
        let shown = try Command.run(
            try server.sandbox.program(), ["events", "show", id, "--database", server.sandbox.root + "/data/events.sqlite"])
        #expect(shown.output.contains("secret    line 1 of file:\(server.sandbox.root)/secret (\(old))"), "\(shown.output)")
        // The database holds neither.
        let dump = try Command.run("/usr/bin/sqlite3", ["-readonly", server.sandbox.root + "/data/events.sqlite", ".dump postern_%"])
        #expect(dump.output.contains("postern_secret_use") && !dump.output.contains(ProbeWorkspace.secret))
    }

    @Test("counts no event that was not acknowledged, and loses none that was, when the process is killed")
    func killed() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        var acknowledged = 0
        for round in 0..<3 {
            for number in 0..<10 {
                let body = Array("{\"text\": \"\(round) \(number)\"}".utf8)
                #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
                acknowledged += 1
            }
            server.postern?.signal(SIGKILL)
            server.postern?.wait()
            #expect(try Self.entries(server, "signed").first?["events"] as? Int == acknowledged)
            try server.startPostern()
        }
    }

    @Test("sees redeliveries, looks and handshakes too", arguments: kinds)
    func besides(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let time = Int(Date().timeIntervalSince1970)
        let question = #"{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV"}"#
        let answer = try server.client.send(
            "POST", "/slack",
            headers: [
                ProbeWorkspace.json, ("X-Slack-Request-Timestamp", "\(time)"),
                ("X-Slack-Signature", "v0=" + Signature.hmacSHA256(Array("v0:\(time):\(question)".utf8), key: Array(ProbeWorkspace.secret.utf8))),
            ], body: Array(question.utf8))
        #expect(answer.status == 200, "\(server.log)")
        #expect(try server.client.send("GET", "/token", headers: [ProbeWorkspace.token]).status == 200, "\(server.log)")
        for location in ["slack", "token"] {
            // Nobody waits for it.
            try Service.until("\(location) to be noted") { (try? Self.entries(server, location).first?["last"] as? Int) ?? nil != nil }
            #expect(try Self.entries(server, location).first?["events"] as? Int == 0)
        }
        let body = Array(#"{"text": "a"}"#.utf8)
        let headers = try server.signed(body)
        #expect(try server.client.send("POST", "/signed", headers: headers, body: body).status == 200)
        let fingerprint = try #require(try Self.entries(server, "signed").first?["fingerprint"] as? String)
        for column in ["last", "alone"] { try Self.age(server, column, of: fingerprint) }
        let again = try server.client.send("POST", "/signed", headers: headers, body: body)
        #expect(again.status == 200 && again[header: "Postern-Duplicate"] == "1", "\(again.text)")
        let entry = try #require(try Self.entries(server, "signed").first)
        #expect(entry["events"] as? Int == 1)
        #expect(try #require(entry["last"] as? Int) >= time * 1000 - 1000, "a redelivery shows that its sender still has the secret")
    }

    @Test("of a sender that signs with both shows that the old one is no longer needed")
    func together() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        func send(_ secrets: [String]) throws -> Int {
            let time = Int(Date().timeIntervalSince1970)
            let body = Array("{\"id\": \"evt_\(UUID().uuidString)\", \"text\": \"a\"}".utf8)
            let signatures = secrets.map { ",v1=" + Signature.hmacSHA256(Array("\(time).".utf8) + body, key: Array($0.utf8)) }
            return try server.client.send(
                "POST", "/stripe", headers: [("Stripe-Signature", "t=\(time)" + signatures.joined()), ProbeWorkspace.json], body: body).status
        }
        #expect(try send([ProbeWorkspace.secret]) == 200, "\(server.log)")
        try Self.replace(server, by: [ProbeWorkspace.secret, Self.newSecret])
        try Service.until("the new secret to count") { (try? send([Self.newSecret])) == 200 }
        let old = try #require(try Self.entries(server, "stripe").first?["fingerprint"] as? String)
        for column in ["since", "last", "alone"] { try Self.age(server, column, of: old) }
        #expect(try send([ProbeWorkspace.secret, Self.newSecret]) == 200, "\(server.log)")
        let both = try Self.entries(server, "stripe")
        #expect(both.map { $0["events"] as? Int } == [2, 2], "\(both)")
        #expect(both.map { $0["advice"] as? String } == ["remove", "keep"], "\(both)")
    }

    @Test("is asked about in a way that is understood", arguments: [
        (["secrets", "a", "b"], 2, "one location"), (["secrets", "--state", "done"], 2, "--state"), (["secrets", "nowhere"], 1, "no location called nowhere"),
        (["secrets", "--database", "/nowhere.sqlite"], 1, "does not exist"),
    ])
    func usage(words: [String], status: Int, text: String) throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
        let database = words.contains("--database") ? [] : ["--database", server.sandbox.root + "/data/events.sqlite"]
        let result = try Command.run(try server.sandbox.program(), ["events"] + words + database)
        #expect(Int(result.status) == status && result.errors.contains(text), "\(result.status) \(result.output)\(result.errors)")
        #expect(try Self.secrets(server).map { $0["location"] as? String }.contains("signed"))
    }
}
