import Foundation
import Testing

@Suite("Senders that a workspace describes, behind real web servers", .serialized)
struct OwnSendersTests {
    private static let crm = """
        # The customers' database of our own.
        my-crm  Our CRM
          scheme      hmac-sha256 header=X-CRM-Signature items=, pair== tag=v1 timestamp-tag=t
                      signed={timestamp}.{body} encoding=hex
          event-id    json:/id
          event-type  json:/kind
          success     202
          handshake   signed json:/kind=hello echo=json:/challenge as=text

        """

    private struct Site {
        let server: WebServer
        let workspace: String
        let secret: String

        var senders: String { workspace + "/senders" }

        func write(_ text: String, mode: Int = 0o644) throws {
            try text.write(toFile: senders, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: senders)
            if !server.kind.hasServer { try server.sandbox.handOver() }
        }

        func post(_ path: String, _ body: String) throws -> HTTPClient.Answer {
            let signed = try Command.run(
                try server.sandbox.program(), ["sign", "--verify", "my-crm", "--workspace", server.sandbox.root + "/mine", "--secret", "file:" + secret],
                input: Data(body.utf8))
            guard signed.status == 0 else { throw HTTPClient.Failure(description: signed.errors) }
            let headers = signed.output.split(separator: "\n").map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
            }
            return try server.client.send("POST", path, headers: headers, body: Array(body.utf8))
        }

        func becomes(_ status: Int, _ path: String) throws {
            try Service.until("\(path) to answer \(status)", within: 40) { (try? post(path, #"{"id":"again","text":"a"}"#))?.status == status }
        }
    }

    private static func site(_ kind: WebServerKind) throws -> Site {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try crm.write(toFile: workspace + "/senders", atomically: true, encoding: .utf8)
        // What signs goes on knowing the sender, whatever becomes of the workspace's own file.
        try sandbox.write("mine/senders", crm)
        let secret = try sandbox.write("secret", "geheim\n")
        func location(_ path: String, _ verify: String, _ more: [(String, String)] = []) -> Location {
            Location(path: path, settings: [
                ("POSTERN_VERIFY", verify), ("POSTERN_SECRET", "file:" + secret), ("POSTERN_WORKSPACE", workspace),
                ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/notes"),
            ] + more)
        }
        let server = try WebServer(kind, sandbox, locations: [
            location("= /crm", "my-crm"), location("= /later", "my-crm", [("POSTERN_RESPOND", "accept"), ("POSTERN_NAME", "later")]),
            location("= /github", "github"), location("= /nobody", "my-crn"),
        ])
        return Site(server: server, workspace: workspace, secret: secret)
    }

    @Test("A location names one as it names one of the catalogue, and its events run, also from the queue", arguments: [WebServerKind.nginx, .apacheCGI])
    func served(kind: WebServerKind) throws {
        let site = try Self.site(kind)
        defer { site.server.stop() }
        let answer = try site.post("/crm", #"{"id":"e1","kind":"new","text":"a"}"#)
        #expect(answer.status == 200, "\(answer.text) \(site.server.log)")
        #expect(try site.post("/crm", #"{"id":"e1","kind":"new","text":"a"}"#)[header: "Postern-Duplicate"] == "1", "the id makes two deliveries one")
        #expect(try site.post("/crm", #"{"id":"h","kind":"hello","challenge":"abc123"}"#).text == "abc123")
        #expect(try site.server.client.send("POST", "/crm", headers: [ProbeWorkspace.json], body: Array("{}".utf8)).status == 401)
        #expect(try site.server.client.send("GET", "/crm").status == 401)
        #expect(try site.post("/nobody", "{}").status == 503)
        #expect(site.server.logs("did you mean my-crm?"), "\(site.server.log)")

        let accepted = try site.post("/later", #"{"id":"e2","kind":"new","text":"b"}"#)
        #expect(accepted.status == 202, "\(accepted.text)")
        try Service.until("the queue to run it") {
            try! site.server.events().contains { $0["location"] as? String == "later" && $0["state"] as? String == "done" }
        }
        #expect(try site.server.events().allSatisfy { $0["sender"] as? String == "my-crm" })
    }

    @Test("A worker that starts anew knows the sender from the settings that the database keeps")
    func worker() throws {
        let site = try Self.site(.nginx)
        defer { site.server.stop() }
        #expect(try site.post("/later", #"{"id":"e0","kind":"new","text":"b"}"#).status == 202)
        let postern = try #require(site.server.postern)
        postern.signal(SIGKILL)
        postern.wait()
        let drained = try Command.run(
            try site.server.sandbox.program(), ["work", "--drain", "--database", site.server.sandbox.root + "/data/events.sqlite"])
        #expect(drained.status == 0, "\(drained.errors)")
        #expect(try site.server.events().allSatisfy { $0["state"] as? String == "done" }, "\(drained.errors)")
    }

    @Test("A line that is not understood closes the locations that name the file's senders, says where, and is mended without a restart", arguments: [WebServerKind.nginx, .apacheCGI])
    func malformed(kind: WebServerKind) throws {
        let site = try Self.site(kind)
        defer { site.server.stop() }
        #expect(try site.post("/crm", #"{"id":"e1","text":"a"}"#).status == 200)
        try site.write(Self.crm + "other\n  scheme basic\n  deadlin 5\n  event-id id\n")
        try site.becomes(503, "/crm")
        #expect(site.server.logs("\(site.senders):11: ") && site.server.logs("did you mean deadline?"), "\(site.server.log)")
        let check = try Command.run(try site.server.sandbox.program(), ["check", "--workspace", site.workspace])
        #expect(check.status == 1)
        #expect(check.errors.contains(":11: error: ") && check.errors.contains(":12: error: event-id"), "\(check.errors)")
        #expect(check.output.contains("2 errors"), "\(check.output)")
        // Nothing of the file is theirs.
        #expect(try site.server.client.send("POST", "/github", headers: [ProbeWorkspace.json], body: Array("{}".utf8)).status == 401)
        try site.write(Self.crm + "github\n  scheme token bearer\n")
        try Service.until("the other github to close the location", within: 40) {
            (try? site.server.client.send("POST", "/github", headers: [("Authorization", "Bearer geheim")], body: Array("{}".utf8)))?.status == 503
        }
        #expect(site.server.logs("my-github"), "\(site.server.log)")
        try site.write(Self.crm)
        try site.becomes(200, "/crm")
        try site.write(Self.crm, mode: 0o664)
        try site.becomes(503, "/crm")
        #expect(site.server.logs("writable by its group or by others"), "\(site.server.log)")
    }

    @Test("The command line takes the workspace or the file itself, and the address where it counts")
    func commandLine() throws {
        let sandbox = try Sandbox()
        try withExtendedLifetime(sandbox) {
            let program = try sandbox.program()
            let file = try sandbox.write("workspace/senders", Self.crm + "my-device\n  scheme token header=X-Token ip=192.0.2.0/24\n")
            let secret = try sandbox.write("secret", "geheim\n")
            let body = Data(#"{"id":"1","kind":"new"}"#.utf8)
            func run(_ words: String...) throws -> Command.Result {
                try Command.run(program, words + ["--secret", "file:" + secret], input: body)
            }
            for place in [file, sandbox.root + "/workspace"] {
                let signed = try run("sign", "--verify", "my-crm", "--workspace", place)
                let header = try #require(signed.output.split(separator: "\n").first { $0.hasPrefix("X-CRM") })
                let judged = try run("verify", "--verify", "my-crm", "--workspace", place, "--header", String(header))
                #expect(judged.status == 0 && judged.output.contains("type: new"), "\(judged.errors)")
            }
            _ = try sandbox.write("large/senders", Self.crm + String(repeating: "# and so on\n", count: 30_000))
            for place in ["/large", "/large/senders"] {
                let large = try run("sign", "--verify", "my-crm", "--workspace", sandbox.root + place)
                #expect(large.status == 1 && large.errors.contains("larger than 262144 bytes"), "\(large.errors)")
                #expect(large.errors.contains("256 KB at most: leave the senders in it"), "\(large.errors)")
            }
            #expect(try run("sign", "--verify", "my-crm").status == 2)
            #expect(try run("sign", "--verify", "my-crm", "--workspace", "/nowhere").status == 1)
            let words = ["verify", "--verify", "my-device", "--workspace", file, "--header", "X-Token: geheim", "--secret", "file:" + secret]
            func device(_ more: [String]) throws -> Command.Result { try Command.run(program, words + more, input: body) }
            #expect(try device([]).errors.contains("--address is missing"))
            #expect(try device(["--address", "192.0.2.7"]).status == 0)
            #expect(try device(["--address", "::ffff:192.0.2.7"]).status == 0)
            let elsewhere = try device(["--address", "198.51.100.7"])
            #expect(elsewhere.status == 1 && elsewhere.errors.contains("none of the addresses of ip="), "\(elsewhere.errors)")
            #expect(try device(["--address", "10.1"]).status == 2)
        }
    }

    @Test("postern check says how old a list of addresses is, and where the sender publishes a newer one")
    func age() throws {
        let sandbox = try Sandbox()
        try withExtendedLifetime(sandbox) {
            let program = try sandbox.program()
            let list = try sandbox.write("list", "192.0.2.0/24\n198.51.100.1\n")
            func check(_ verify: String) throws -> Command.Result { try Command.run(program, ["check", "--verify", verify]) }
            #expect(try check("github ip=file:" + list).output.contains("\(list), with 2 ranges, is 0 minutes old"))
            let old = Date().addingTimeInterval(-40 * 86_400)
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: list)
            let github = try check("github ip=file:" + list)
            #expect(github.status == 0 && github.output.contains("is 40 days old") && github.output.contains("https://api.github.com/meta"), "\(github.output)")
            #expect(github.output.contains("jq -r '.hooks[]'"))
            #expect(try check("github").output.contains("ip=file:/etc/postern/github.addresses lets in no others"))
            let inline = try check("stripe ip=192.0.2.1")
            #expect(inline.output.contains("nobody can tell") && inline.output.contains("https://stripe.com/files/ips/ips_webhooks.txt"), "\(inline.output)")
            #expect(try check("ip ip=192.0.2.1").output.contains("can send anything"))
            #expect(try check("mollie").errors.contains("https://ip-ranges.mollie.com/ips.txt"))
            let none = try check("token bearer ip=file:/nowhere/list")
            #expect(none.status == 1 && none.errors.contains("/nowhere/list"), "\(none.errors)")
        }
    }
}
