import Foundation
import Glibc
import Testing

@Suite("What a stack leaves to be done after its answer", .serialized)
struct PostProcessTests {
    private static func server(_ kind: WebServerKind, retry: String = "3 attempts over 2s") throws -> WebServer {
        try ProbeWorkspace.server(kind, settings: ["POSTERN_RETRY": retry])
    }

    private static func send(_ server: WebServer, _ text: String, how: String? = nil) throws -> HTTPClient.Answer {
        let body = Array("{\"text\": \"\(text)\", \"how\": \(how.map { "\"\($0)\"" } ?? "null")}".utf8)
        return try server.client.send("POST", "/api:probe/leaving", headers: [ProbeWorkspace.token, ProbeWorkspace.json], body: body)
    }

    private static func keep(_ server: WebServer, _ text: String) throws {
        let headers = [ProbeWorkspace.token, ProbeWorkspace.json]
        let answer = try server.client.send("POST", "/api:probe/notes", headers: headers, body: Array("{\"text\": \"\(text)\"}".utf8))
        #expect(answer.status == 200, "\(answer.text) \(server.log)")
    }

    private static func states(_ server: WebServer) throws -> [String] {
        try server.events().filter { $0["sender"] as? String == "post_process" }.map { $0["state"] as? String ?? "" }
    }

    private static let done = ["a", "a left 1 POST", "a left 2 POST", "a local"]

    @Test("is done, each time with its own variables, as an event of the inbox", arguments: WebServerKind.allCases)
    func done(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let answer = try Self.send(server, "a")
        #expect(answer.status == 200 && Acceptance.agrees(answer.json, with: ["text": "a"]), "\(answer.text) \(server.log)")
        try Service.until("what was left") { (try? server.notes().count) == 4 }
        #expect(try server.notes().sorted() == Self.done)
        try Service.until("the events to be done") { (try? Self.states(server)) == ["done", "done", "done"] }
    }

    @Test("is not awaited by the answer, and survives kill -9 after it", arguments: [WebServerKind.nginx, .apacheProxy])
    func killed(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let answer = try Self.send(server, "a", how: "waits")
        #expect(answer.status == 200, "\(answer.text) \(server.log)")
        server.postern?.signal(SIGKILL)
        server.postern?.wait()
        #expect(!(try server.notes().contains("a left 1 POST")))
        try server.startPostern(["--database", server.sandbox.root + "/data/events.sqlite"])
        try Self.keep(server, "open a")
        try Service.until("what was left") { (try? Self.states(server).allSatisfy { $0 == "done" }) == true }
        #expect(try server.notes().sorted() == (Self.done + ["open a"]).sorted())
    }

    @Test("is not done after a refusal", arguments: [WebServerKind.nginx, .apacheCGI])
    func refused(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        #expect(try Self.send(server, "a", how: "refused").status == 500)
        #expect(try server.events().count == 1 && server.notes() == [])
    }

    @Test("is tried again when it fails", arguments: [WebServerKind.nginx, .apacheCGI])
    func retried(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        #expect(try Self.send(server, "a", how: "fails").status == 200)
        try Service.until("the attempts to fail") {
            (try? server.events().count { $0["error"] as? String != nil && $0["state"] as? String == "queued" }) == 2
        }
        try Self.keep(server, "mended")
        try Service.until("what was left") {
            if !kind.hasServer { try? server.drain() }
            return (try? Self.states(server)) == ["done", "done", "done"]
        }
        #expect(try server.notes().sorted() == (Self.done + ["mended"]).sorted())
    }

    @Test("is dead, with the reason, once its block is not in the workspace any more")
    func gone() throws {
        let server = try Self.server(.nginx, retry: "20 attempts over 1m")
        defer { server.stop() }
        #expect(try Self.send(server, "a", how: "fails").status == 200)
        try Service.until("the attempts to fail") {
            (try? server.events().count { $0["error"] as? String != nil && $0["state"] as? String == "queued" }) == 2
        }
        let text = "query \"leaving\" verb=POST {\n api_group = \"probe\"\n stack { }\n response = 1\n}\n"
        try server.sandbox.write("workspace/api/probe/leaving_post.xs", text, mode: 0o644)
        try Service.until("the new workspace") {
            try? Self.keep(server, "look")
            return server.log.contains("the workspace was read again")
        }
        try Service.until("the events to be dead") { (try? Self.states(server).filter { $0 == "dead" }.count) == 2 }
        let errors = try server.events().compactMap { $0["error"] as? String }
        #expect(errors.count == 2 && errors.allSatisfy { $0.contains("has no util.post_process") && $0.contains("leaving_post.xs#1") }, "\(errors)")
    }

    @Test("is done by postern run after the result has been printed")
    func command() throws {
        let sandbox = try Sandbox()
        try sandbox.write("workspace/f.xs", """
            function "f" {
              stack {
                var $x { value = 2 }
                util.post_process { stack { throw { name = "Late" value = "after " ~ $x } } }
              }
              response = 1
            }
            """)
        let result = try Command.run(try sandbox.program(), ["run", "--workspace", sandbox.root + "/workspace", "f"])
        #expect(result.output == "1\n" && result.status == 1 && result.errors.contains("after 2"), "\(result.output) \(result.errors)")
    }
}
