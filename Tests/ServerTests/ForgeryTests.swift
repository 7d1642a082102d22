import Foundation
import Testing

@Suite("A forged request", .serialized)
struct ForgeryTests {
    @Test("gets 401 and nothing more, and leaves no trace but a line in the log", arguments: WebServerKind.allCases)
    func forged(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let body = Array(#"{"text": "forged"}"#.utf8)
        let right = try server.signed(body)
        let signature = right[0].1
        let forgeries: [(String, [(String, String)])] = [
            ("no signature", [ProbeWorkspace.json]),
            ("an empty signature", [("X-Hub-Signature-256", "")]),
            ("another secret", try server.signed(body, secret: "guessed")),
            ("another body", try server.signed(Array("{}".utf8))),
            ("a truncated signature", [("X-Hub-Signature-256", String(signature.dropLast()))]),
            ("a longer signature", [("X-Hub-Signature-256", signature + "0")]),
            ("no prefix", [("X-Hub-Signature-256", String(signature.dropFirst(7)))]),
            ("another algorithm", [("X-Hub-Signature-256", "sha1=" + signature.dropFirst(7))]),
            ("two signatures, the right one last", [("X-Hub-Signature-256", "sha256=00"), right[0]]),
            ("two signatures, the right one first", [right[0], ("X-Hub-Signature-256", "sha256=00")]),
            ("the right signature twice", [right[0], right[0]]),
            ("a setting as a header", [("POSTERN_VERIFY", "none"), ("Postern-Verify", "none"), ("X-POSTERN-VERIFY", "none")]),
        ]
        for (name, headers) in forgeries {
            for path in ["/signed", "/signed?POSTERN_VERIFY=none"] {
                let answer = try server.client.send("POST", path, headers: headers, body: body)
                #expect(answer.status == 401 || answer.status == 400, "\(name): \(answer.text)")
                if answer.status == 401 { #expect(answer.text == #"{"code":"unauthorized"}"#, "\(name)") }
                #expect(answer[header: "Postern-Event"] == nil)
            }
        }
        #expect(try server.events().isEmpty)
        #expect(!server.log.contains(ProbeWorkspace.secret))
        #expect(!server.log.contains(String(signature.dropFirst(7))), "the log shows what a forger wants to know")
        #expect(server.logs("X-Hub-Signature-256"), "\(server.log)")
    }

    @Test("that a recorded POST becomes when it is sent as GET is not served")
    func otherVerb() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "secret note"}"#.utf8)
        let headers = try server.signed(body)
        #expect(try server.client.send("POST", "/signed", headers: headers, body: body).status == 200)
        let look = try server.client.send("GET", "/signed", headers: headers, body: body)
        #expect(look.status == 405 && !look.text.contains("secret note"), "\(look.text)")
    }

    @Test("that a recorded one becomes with another address says nothing that its body says", arguments: ["/signed", "/later"])
    func otherAddress(path: String) throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "genuine"}"#.utf8)
        for type in ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            var headers = try server.signed(body)
            headers[2].1 = type
            let answer = try server.client.send("POST", path + "?text=forged", headers: headers, body: body)
            #expect(answer.status != 401, "\(type): \(answer.text)")
        }
        _ = try server.client.send("POST", path + "?text=forged", headers: try server.signed(body), body: body)
        try Service.until("the events to be run") {
            let states = (try? server.events())?.map { $0["state"] as? String ?? "" }
            return states?.contains { ["queued", "running"].contains($0) } == false
        }
        #expect(try Set(server.notes()) == ["genuine"])
    }

    @Test("is no easier with the database in hand: no token is kept")
    func tokensAreNotKept() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "sesame-42\n")
        let settings = [
            ("POSTERN_VERIFY", "token query=key"), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"),
            ("POSTERN_WORKSPACE", workspace), ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"),
            ("POSTERN_QUERY", "probe/notes"),
        ]
        let server = try WebServer(.nginx, sandbox, locations: [Location(path: "/", settings: settings)])
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        let answer = try server.client.send("POST", "/?a=1&key=sesame%2D42&b", headers: [ProbeWorkspace.json], body: body)
        #expect(answer.status == 200, "\(server.log)")
        let id = try #require(answer[header: "Postern-Event"])
        let shown = try Command.run(
            try sandbox.program(), ["events", "show", id, "--json", "--database", sandbox.root + "/data/events.sqlite"])
        #expect(shown.output.contains("a=1&key=(redacted)&b"), "\(shown.output)\(shown.errors)")
        #expect(!shown.output.contains("sesame") && !server.log.contains("sesame"))
    }

    @Test("tells a stranger nothing about queries, verbs or bodies", arguments: WebServerKind.allCases)
    func strangers(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        for (method, path, body) in [
            ("GET", "/api:probe/nothing", nil), ("DELETE", "/api:probe/notes", nil), ("POST", "/api:probe/json", Array("{".utf8)),
            ("POST", "/api:probe/notes", Array("x".utf8)), ("PUT", "/signed", Array("{}".utf8)),
        ] as [(String, String, [UInt8]?)] {
            let answer = try server.client.send(method, path, headers: [("Content-Encoding", "gzip")], body: body)
            #expect(answer.status == 401 && answer.text == #"{"code":"unauthorized"}"#, "\(method) \(path): \(answer.status) \(answer.text)")
        }
    }
}
