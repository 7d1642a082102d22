import Foundation
import Testing

@Suite("Signed-in users", .serialized)
struct SignInTests {
    private static func server(_ kind: WebServerKind, _ settings: [String: String] = [:]) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(Sandbox.repository + "/Tests/ServerTests/Workspaces/members")
        func location(_ path: String, _ own: [String: String]) -> Location {
            var all = ["POSTERN_WORKSPACE": workspace, "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite", "POSTERN_VERIFY": "none"]
            all.merge(settings) { $1 }
            all.merge(own) { $1 }
            return Location(path: path, settings: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        try sandbox.write("secret", ProbeWorkspace.secret + "\n")
        return try WebServer(
            kind, sandbox,
            locations: [
                location("/api:members/", [:]),
                location("= /later", ["POSTERN_QUERY": "members/notes", "POSTERN_RESPOND": "accept"]),
                location(
                    "= /token",
                    [
                        "POSTERN_QUERY": "members/notes", "POSTERN_VERIFY": "token header=X-Token", "POSTERN_DEDUPE": "body",
                        "POSTERN_SECRET": "file:\(sandbox.root)/secret",
                    ]),
            ])
    }

    private static func post(_ server: WebServer, _ path: String, _ body: String, _ headers: [(String, String)] = []) throws
        -> HTTPClient.Answer
    {
        try server.client.send("POST", path, headers: headers + [("Content-Type", "application/json")], body: Array(body.utf8))
    }

    private static func token(_ server: WebServer, _ email: String = "ann@example.com") throws -> String {
        let account = "{\"email\":\"\(email)\",\"password\":\"correct horse 1\"}"
        let added = try post(server, "/api:members/signup", account)
        #expect(added.status == 200, "\(added.text) \(server.log)")
        let answer = try post(server, "/api:members/login", account)
        #expect(answer.status == 200, "\(answer.text) \(server.log)")
        return try #require((answer.json as? [String: Any])?["authToken"] as? String)
    }

    @Test("sign up, sign in and are known by their token", arguments: [WebServerKind.nginx, .apacheProxy, .apacheCGI])
    func whole(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let early = try server.client.send("GET", "/api:members/me", headers: [("Authorization", "Bearer a.b.c.d.e")])
        #expect(early.status == 401, "\(early.text) \(server.log)")
        let token = try Self.token(server)
        let me = try server.client.send("GET", "/api:members/me", headers: [("Authorization", "Bearer \(token)")])
        #expect(me.text == #"{"user":{"id":1,"email":"ann@example.com","role":"admin"},"role":"admin"}"#, "\(server.log)")
        let note = try Self.post(server, "/api:members/notes", #"{"text":"a"}"#, [("Authorization", "Bearer \(token)")])
        #expect(note.text == #"{"id":1,"user_id":1,"text":"a"}"#, "\(server.log)")
        for headers in [[], [("Authorization", "Bearer \(token)A")], [("Authorization", "Basic \(token)")]] as [[(String, String)]] {
            let answer = try server.client.send("GET", "/api:members/me", headers: headers)
            let message = headers.isEmpty ? "Authentication Required." : "Invalid token."
            #expect(answer.status == 401)
            #expect(answer[header: "WWW-Authenticate"] == "Bearer")
            #expect((answer.json as? [String: Any])?["code"] as? String == "ERROR_CODE_UNAUTHORIZED", "\(answer.text)")
            #expect((answer.json as? [String: Any])?["message"] as? String == message)
        }
        let wrong = try Self.post(server, "/api:members/login", #"{"email":"ann@example.com","password":"correct horse 2"}"#)
        #expect(wrong.status == 403)
        let weak = try Self.post(server, "/api:members/signup", #"{"email":"bob@example.com","password":"short"}"#)
        #expect(weak.status == 400, "\(weak.text)")
    }

    @Test("are known to an event that runs later, whose token is not kept", arguments: [WebServerKind.nginx, .apacheCGI])
    func later(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let refused = try Self.post(server, "/later", #"{"text":"a"}"#)
        #expect(refused.status == 401)
        let token = try Self.token(server)
        let answer = try Self.post(server, "/later", #"{"text":"a"}"#, [("Authorization", "Bearer \(token)")])
        #expect(answer.status == 202, "\(answer.text) \(server.log)")
        let database = server.sandbox.root + "/data/events.sqlite"
        func query(_ sql: String) throws -> String {
            try Command.run("/usr/bin/sqlite3", ["-readonly", "-bail", "-cmd", ".timeout 5000", database, sql]).output
        }
        try Service.until("the event to run") { (try? query("SELECT user_id, text FROM note")) == "1|a\n" }
        let file = try Data(contentsOf: URL(fileURLWithPath: database))
        let journal = (try? Data(contentsOf: URL(fileURLWithPath: database + "-wal"))) ?? Data()
        #expect((file + journal).range(of: Data("Bearer \(token)".utf8)) == nil, "the header is in the database")
    }

    @Test("get an answer of their own to a body that another has sent as well")
    func apart() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        let answers = try ["ann@example.com", "bob@example.com"].map { email in
            let token = try Self.token(server, email)
            let headers = [("Authorization", "Bearer \(token)"), ("X-Token", ProbeWorkspace.secret)]
            let first = try Self.post(server, "/token", #"{"text":"a"}"#, headers)
            #expect(try Self.post(server, "/token", #"{"text":"a"}"#, headers).body == first.body)
            return first.text
        }
        #expect(answers == [#"{"id":1,"user_id":1,"text":"a"}"#, #"{"id":2,"user_id":2,"text":"a"}"#], "\(server.log)")
    }
}
