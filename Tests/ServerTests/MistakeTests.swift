import Foundation
import Glibc
import Testing

/// One detail that a new user gets wrong, and what the log then has to say.
struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var settings: [String: String?] = [:]
    var secret = "probe-secret\n"
    var spoil: @Sendable (Sandbox) throws -> Void = { _ in }
    /// All of this is in the log.
    var log: [String]
    var testDescription: String { name }

    static let all: [Mistake] = [
        Mistake(name: "a misspelt setting", settings: ["POSTERN_SECRTE": "file:/x"], log: ["POSTERN_SECRTE", "did you mean POSTERN_SECRET"]),
        Mistake(name: "a misspelt sender", settings: ["POSTERN_VERIFY": "gihub"], log: ["POSTERN_VERIFY", "github"]),
        Mistake(name: "no sender", settings: ["POSTERN_VERIFY": nil], log: ["POSTERN_VERIFY", "missing"]),
        Mistake(name: "a setting of a later version", settings: ["POSTERN_KEEP": "30d"], log: ["POSTERN_KEEP", "not a setting"]),
        Mistake(name: "a secret in the setting itself", settings: ["POSTERN_SECRET": "hunter2"], log: ["POSTERN_SECRET", "file:"]),
        Mistake(name: "a secret file that is not there", settings: ["POSTERN_SECRET": "file:/nowhere/secret"], log: ["POSTERN_SECRET", "/nowhere/secret does not exist"]),
        Mistake(
            name: "several places for a secret that arrives in a handshake",
            settings: ["POSTERN_VERIFY": "asana", "POSTERN_SECRET": "file:/nowhere/a file:/nowhere/b"],
            log: ["POSTERN_SECRET", "name one file"]),
        Mistake(
            name: "no folder for a secret that arrives in a handshake",
            settings: ["POSTERN_VERIFY": "asana", "POSTERN_SECRET": "file:/nowhere/secret"], log: ["POSTERN_SECRET", "/nowhere does not exist"]),
        Mistake(
            name: "a variable for a secret that arrives in a handshake",
            settings: ["POSTERN_VERIFY": "asana", "POSTERN_SECRET": "env:ASANA_SECRET"], log: ["POSTERN_SECRET", "name one file"]),
        Mistake(
            name: "a verify token in the setting itself", settings: ["POSTERN_VERIFY": "meta verify-token=hunter2"],
            log: ["POSTERN_VERIFY", "verify-token=", "verify-token=file:"]),
        Mistake(
            name: "a verify token's file that is not there", settings: ["POSTERN_VERIFY": "meta verify-token=file:/nowhere/token"],
            log: ["POSTERN_VERIFY: has verify-token= whose source cannot be used: /nowhere/token does not exist"]),
        Mistake(
            name: "a folder in place of a secret file", settings: ["POSTERN_SECRET": "file:/usr/share"],
            log: ["POSTERN_SECRET: /usr/share is not a regular file; name the right file"]),
        Mistake(
            name: "a word of the example that was not filled in",
            settings: ["POSTERN_VERIFY": "aws-sns topic=TOPIC", "POSTERN_SECRET": nil],
            log: ["POSTERN_VERIFY: has topic=TOPIC, as the example has it; put the ARN of the topic there"]),
        Mistake(
            name: "a secret under none", settings: ["POSTERN_VERIFY": "none"],
            log: ["POSTERN_SECRET: contradicts none; remove it, or name the sender in POSTERN_VERIFY"]),
        Mistake(name: "an empty line in a secret file", secret: "probe-secret\n\nother\n", log: ["POSTERN_SECRET", "line 2", "empty"]),
        Mistake(name: "a comment in a secret file", secret: "# mine\nprobe-secret\n", log: ["POSTERN_SECRET", "line 1"]),
        Mistake(name: "an empty secret file", secret: "", log: ["POSTERN_SECRET", "empty"]),
        Mistake(
            name: "a secret file that its group may write", spoil: { chmod($0.root + "/secret", 0o660) },
            log: ["POSTERN_SECRET", "writable", "chmod go-w"]),
        Mistake(name: "a workspace that is not there", settings: ["POSTERN_WORKSPACE": "/nowhere"], log: ["POSTERN_WORKSPACE", "/nowhere does not exist"]),
        Mistake(
            name: "a syntax error in a stack",
            spoil: { try $0.write("workspace/api/probe/broken_post.xs", "query \"broken\" verb=POST {\n  stack {\n    var $x {\n      value = (1 +\n    }\n  }\n}\n", mode: 0o644) },
            log: ["POSTERN_WORKSPACE", "broken_post.xs:"]),
        Mistake(name: "a query that is not there", settings: ["POSTERN_QUERY": "probe/note"], log: ["POSTERN_QUERY", "probe/note"]),
        Mistake(name: "a folder for the database that is not there", settings: ["POSTERN_DATABASE": "/nowhere/x.sqlite"], log: ["POSTERN_DATABASE", "/nowhere"]),
        Mistake(
            name: "another program's database",
            spoil: { try Command.run("/usr/bin/sqlite3", [$0.root + "/data/events.sqlite", "CREATE TABLE theirs (x)"]); chmod($0.root + "/data/events.sqlite", 0o600) },
            log: ["POSTERN_DATABASE", "another program"]),
        Mistake(name: "a size that is none", settings: ["POSTERN_MAX_BODY": "1 MB"], log: ["POSTERN_MAX_BODY", "size"]),
        Mistake(name: "a way to answer that is none", settings: ["POSTERN_RESPOND": "queue"], log: ["POSTERN_RESPOND", "accept"]),
    ]
}

@Suite("A new user's mistake", .serialized)
struct MistakeTests {
    @Test("closes the location, and the log names the setting and the remedy", arguments: Mistake.all)
    func mistakes(mistake: Mistake) throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", mistake.secret)
        try mistake.spoil(sandbox)
        var settings: [String: String?] = [
            "POSTERN_VERIFY": "token header=X-Token", "POSTERN_SECRET": "file:\(sandbox.root)/secret", "POSTERN_WORKSPACE": workspace,
            "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite", "POSTERN_QUERY": "probe/notes",
        ]
        settings.merge(mistake.settings) { $1 }
        let given = settings.compactMap { name, value in value.map { (name, $0) } }
        let server = try WebServer(.nginx, sandbox, locations: [Location(path: "/", settings: given)])
        defer { server.stop() }
        let answer = try server.client.send("POST", "/", headers: [ProbeWorkspace.token, ProbeWorkspace.json], body: Array(#"{"text":"a"}"#.utf8))
        #expect(answer.status == 503 && answer[header: "Retry-After"] != nil, "\(answer.status) \(answer.text)")
        for part in mistake.log { #expect(server.logs(part), "\(part) is not in: \(server.log)") }
        #expect(!server.log.contains("hunter2") && !server.log.contains("probe-secret"))
        #expect(!answer.text.contains("POSTERN"), "a sender learns of settings: \(answer.text)")
    }

    @Test("a secret with a trailing space is served as it is, and the log wonders")
    func trailingSpace() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret \n")
        let server = try WebServer(
            .nginx, sandbox,
            locations: [
                Location(path: "/", settings: [
                    ("POSTERN_VERIFY", "github"), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"), ("POSTERN_WORKSPACE", workspace),
                    ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/notes"),
                ])
            ])
        defer { server.stop() }
        let body = Array(#"{"text":"a"}"#.utf8)
        #expect(try server.client.send("POST", "/", headers: try server.signed(body), body: body).status == 401)
        #expect(try server.client.send("POST", "/", headers: try server.signed(body, secret: "probe-secret "), body: body).status == 200)
        #expect(server.logs("white space"), "\(server.log)")
    }

    @Test("a changed secret counts without a restart, and the old one no longer")
    func rotation() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text":"a"}"#.utf8)
        func status(_ secret: String) throws -> Int {
            try server.client.send("POST", "/signed", headers: try server.signed(body, secret: secret), body: body).status
        }
        #expect(try status(ProbeWorkspace.secret) == 200)
        try server.sandbox.write("secret", "new-secret\n\(ProbeWorkspace.secret)\n")
        try Service.until("the new secret to count") { (try? status("new-secret")) == 200 }
        #expect(try status(ProbeWorkspace.secret) == 200)
        try server.sandbox.write("secret", "new-secret\n")
        try Service.until("the old secret to be gone") { (try? status(ProbeWorkspace.secret)) == 401 }
    }

    @Test("a stack that is edited is replaced when it is whole; a broken edit leaves the old one serving")
    func editing() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let file = "workspace/api/probe/raw_post.xs"
        func answer() throws -> HTTPClient.Answer {
            try server.client.send("POST", "/api:probe/raw", headers: [ProbeWorkspace.token], body: [1])
        }
        #expect(try answer().status == 200)
        try server.sandbox.write(file, "query \"raw\" verb=POST {\n  api_group = \"probe\"\n  stack {\n  }\n  response = {now: \"new\"}\n}\n", mode: 0o644)
        try Service.until("the new stack") { (try? answer().text.contains("new")) == true }
        try server.sandbox.write(file, "query \"raw\" verb=POST {", mode: 0o644)
        try Service.until("the complaint") { _ = try? answer(); return server.log.contains("raw_post.xs:1:") }
        #expect(try answer().text.contains("new"))
    }

    @Test("a stack that others may write is not taken up while serving either")
    func writableEdit() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let answer = { try server.client.send("POST", "/api:probe/raw", headers: [ProbeWorkspace.token], body: [1]) }
        #expect(try answer().status == 200)
        try server.sandbox.write(
            "workspace/api/probe/raw_post.xs",
            "query \"raw\" verb=POST {\n  api_group = \"probe\"\n  stack {\n  }\n  response = {now: \"new\"}\n}\n", mode: 0o666)
        try Service.until("the complaint") { _ = try? answer(); return server.log.contains("writable") }
        #expect(try answer().text.contains("sha256"))
    }

    @Test("the socket's permissions: who may not reach it gets nginx's own 502")
    func socketMode() throws {
        let sandbox = try Sandbox()
        let service = try Service(
            try sandbox.program(), ["serve", "--socket", sandbox.root + "/s.sock", "--mode", "0600"], log: sandbox.root + "/log")
        try Service.until("the socket") { access(sandbox.root + "/s.sock", F_OK) == 0 }
        var status = stat()
        #expect(stat(sandbox.root + "/s.sock", &status) == 0 && status.st_mode & 0o777 == 0o600)
        let second = try Command.run(try sandbox.program(), ["serve", "--socket", sandbox.root + "/s.sock"])
        #expect(second.status != 0 && second.errors.contains("s.sock"), "\(second.errors)")
        #expect(service.stop() == 0)
    }
}
