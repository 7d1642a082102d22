import Foundation
import Glibc
import Synchronization
import Testing

@Suite("An acknowledged event", .serialized)
struct DurabilityTests {
    private final class Acknowledged: Sendable {
        let texts = Mutex<[String]>([])
    }

    @Test("is in the database after kill -9 at any moment", arguments: [WebServerKind.nginx, .apacheProxy])
    func killed(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let acknowledged = Acknowledged()
        for round in 0..<6 {
            let group = DispatchGroup()
            for sender in 0..<4 {
                Thread.detachNewThread(in: group) {
                    for number in 0..<400 {
                        let text = "\(round)-\(sender)-\(number)"
                        let body = Array("{\"text\":\"\(text)\"}".utf8)
                        guard let headers = try? server.signed(body),
                            let answer = try? server.client.send("POST", "/signed", headers: headers, body: body),
                            answer.status == 200
                        else { return }
                        acknowledged.texts.withLock { $0.append(text) }
                    }
                }
            }
            usleep(useconds_t(60_000 + round * 45_000))
            server.postern?.signal(SIGKILL)
            server.postern?.wait()
            group.wait()
            // The socket file of the dead one is replaced.
            try server.startPostern()
        }
        let sent = acknowledged.texts.withLock { $0 }
        #expect(sent.count > 20, "the load was too small to prove anything: \(sent.count)")
        let stored = try server.notes()
        #expect(Set(sent).subtracting(stored).isEmpty, "lost after an acknowledgement")
        #expect(Set(stored).count == stored.count, "stored twice")
    }

    @Test("is not run twice: the redelivery gets the first answer", arguments: WebServerKind.allCases)
    func redelivery(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let body = Array(#"{"text": "once"}"#.utf8)
        let headers = try server.signed(body, delivery: "d-1")
        let first = try server.client.send("POST", "/signed", headers: headers, body: body)
        let second = try server.client.send("POST", "/signed", headers: headers, body: body)
        #expect(first.status == 200 && second.status == 200, "\(first.text) \(second.text) \(server.log)")
        #expect(first.body == second.body)
        #expect(first[header: "Postern-Duplicate"] == nil && second[header: "Postern-Duplicate"] == "1")
        let event = try #require(first[header: "Postern-Event"])
        #expect(second[header: "Postern-Event"] == event)
        #expect(try server.notes() == ["once"])
        let events = try server.events()
        #expect(events.count == 1)
        #expect(events.first?["id"] as? String == event)
        #expect(events.first?["state"] as? String == "done")
    }

    @Test("that failed runs again when it is sent again, and undoes what it wrote", arguments: [WebServerKind.nginx, .apacheCGI])
    func failure(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind, settings: ["POSTERN_DEDUPE": "header:X-Id"])
        defer { server.stop() }
        func send(_ how: String?) throws -> HTTPClient.Answer {
            let body = Array("{\"text\": \"a\", \"how\": \(how.map { "\"\($0)\"" } ?? "null")}".utf8)
            return try server.client.send("POST", "/api:probe/failing", headers: [ProbeWorkspace.token, ProbeWorkspace.json, ("X-Id", "7")], body: body)
        }
        let refused = try send("refused")
        #expect(refused.status == 403, "\(refused.text) \(server.log)")
        #expect(Acceptance.agrees(refused.json, with: ["code": "ERROR_CODE_ACCESS_DENIED", "message": "Refused"]))
        let broken = try send("broken")
        #expect(broken.status == 500)
        #expect(try server.notes() == [])
        let good = try send(nil)
        #expect(good.status == 200 && good[header: "X-Note"] == "kept", "\(good.text) \(server.log)")
        #expect(try server.notes() == ["a"])
    }

    @Test("that was accepted runs from the queue, also after a crash", arguments: WebServerKind.allCases)
    func accepted(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        for number in 0..<5 {
            let body = Array("{\"text\": \"\(number)\"}".utf8)
            let answer = try server.client.send("POST", "/later", headers: try server.signed(body), body: body)
            #expect((200...202).contains(answer.status), "\(answer.status) \(answer.text) \(server.log)")
            #expect(answer[header: "Postern-Event"] != nil)
        }
        if kind.hasServer {
            server.postern?.signal(SIGKILL)
            server.postern?.wait()
            // No request comes: what is left to do stands in the database that the server is told of.
            try server.startPostern(["--database", server.sandbox.root + "/data/events.sqlite"])
        }
        try Service.until("the queue to be done") { (try? server.notes().count) == 5 }
        #expect(try server.notes() == ["0", "1", "2", "3", "4"])
        try Service.until("the events to be settled") {
            (try? server.events().allSatisfy { $0["state"] as? String == "done" }) == true
        }
    }

    @Test("that was accepted is routed as it was when it came, whatever a rewrite made of its path")
    func rewritten() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", ProbeWorkspace.secret + "\n")
        let location = """
            location /prefix/ {
                rewrite ^/prefix(/.*)$ $1 break;
                include \(Sandbox.repository)/nginx/postern_params;
                fastcgi_param POSTERN_VERIFY github; fastcgi_param POSTERN_SECRET file:\(sandbox.root)/secret;
                fastcgi_param POSTERN_WORKSPACE \(workspace); fastcgi_param POSTERN_RESPOND accept;
                fastcgi_param POSTERN_DATABASE \(sandbox.root)/data/events.sqlite;
            }
            """
        let server = try WebServer(.nginx, sandbox, locations: [], extra: location)
        defer { server.stop() }
        let body = Array(#"{"text": "rewritten"}"#.utf8)
        let answer = try server.client.send("POST", "/prefix/api:probe/notes?x=1", headers: try server.signed(body), body: body)
        #expect(answer.status == 202, "\(answer.status) \(server.log)")
        try Service.until("the event to run") { (try? server.notes()) == ["rewritten"] }
    }

    @Test("is one for each query that a delivery reaches")
    func twoQueries() throws {
        let server = try ProbeWorkspace.server(.nginx, settings: ["POSTERN_DEDUPE": "header:X-Id"])
        defer { server.stop() }
        let headers = [ProbeWorkspace.token, ProbeWorkspace.json, ("X-Id", "7")]
        let first = try server.client.send("POST", "/api:probe/json", headers: headers, body: Array("{}".utf8))
        let second = try server.client.send("POST", "/api:probe/raw", headers: headers, body: Array("{}".utf8))
        #expect(first.status == 200 && second.status == 200)
        #expect(second[header: "Postern-Duplicate"] == nil && second.text.contains("sha256"), "\(second.text)")
    }

    @Test("is what SIGTERM waits for: what is under way is finished, and the exit is clean")
    func terminated() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "x"}"#.utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
        server.postern?.signal(SIGTERM)
        #expect(server.postern?.wait() == 0)
    }
}

extension Thread {
    /// A thread that the group waits for.
    static func detachNewThread(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        Thread.detachNewThread {
            body()
            group.leave()
        }
    }
}
