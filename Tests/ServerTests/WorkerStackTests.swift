import Foundation
import Glibc
import Synchronization
import Testing

/// A request that is sent while the test goes on.
private final class Sending: Sendable {
    private let result = Mutex<Result<HTTPClient.Answer, any Error>?>(nil)
    private let group = DispatchGroup()

    init(_ body: @escaping @Sendable () throws -> HTTPClient.Answer) {
        Thread.detachNewThread(in: group) { [self] in
            let answer = Result { try body() }
            result.withLock { $0 = answer }
        }
    }

    func answer() throws -> HTTPClient.Answer {
        group.wait()
        return try #require(result.withLock { $0 }).get()
    }
}

extension WebServer {
    /// Sends what runs on a worker and waits until a note opens it.
    fileprivate func send(
        _ text: String, to path: String = "/waiting", how: String? = nil, delivery: String = UUID().uuidString
    ) throws -> Sending {
        let body = Array("{\"text\": \"\(text)\", \"how\": \(how.map { "\"\($0)\"" } ?? "null")}".utf8)
        let (client, headers) = (client, try signed(body, delivery: delivery))
        return Sending { try client.send("POST", path, headers: headers, body: body) }
    }

    fileprivate func keep(_ text: String) throws {
        let body = Array("{\"text\": \"\(text)\"}".utf8)
        let answer = try client.send("POST", "/signed", headers: try signed(body), body: body)
        #expect(answer.status == 200, "\(answer.text) \(log)")
    }

    /// What cron does where no server runs, as the user whose files they are.
    func drain() throws {
        let words = [try sandbox.program(), "work", "--drain", "--database", sandbox.root + "/data/events.sqlite"]
        let isRoot = geteuid() == 0
        let result = try Command.run(
            isRoot ? "/usr/sbin/runuser" : words[0], isRoot ? ["-u", Sandbox.serverUser, "--"] + words : Array(words.dropFirst()))
        #expect(result.status == 0, "\(result.errors)")
    }

    fileprivate func until(note: String) throws {
        try Service.until("the note \(note)") { (try? notes().contains(note)) == true }
    }
}

@Suite("A stack that waits for others", .serialized)
struct WorkerStackTests {
    @Test("has committed what it wrote before, and its event; others are not held up", arguments: WebServerKind.allCases)
    func committed(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let sending = try server.send("a")
        try server.until(note: "a begun")
        #expect(try server.events().map { $0["state"] as? String } == ["running"])
        try server.keep("between")
        try server.keep("open a")
        let answer = try sending.answer()
        #expect(answer.status == 200, "\(answer.status) \(answer.text) \(server.log)")
        #expect(Acceptance.agrees(answer.json, with: ["text": "a", "ended": "a ended"]), "\(answer.text)")
        #expect(try server.notes() == ["a begun", "between", "open a", "a ended"])
        let event = try #require(try server.events().last)
        #expect(event["id"] as? String == answer[header: "Postern-Event"])
        #expect(event["state"] as? String == "done" && event["status"] as? Int == 200)
    }

    @Test("is run once: a redelivery while it runs waits and gets the same answer", arguments: WebServerKind.allCases)
    func redelivery(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let first = try server.send("a", delivery: "d-1")
        try server.until(note: "a begun")
        let second = try server.send("a", delivery: "d-1")
        // The redelivery has come in when another request behind it has been answered.
        try server.keep("between")
        try server.keep("open a")
        let (one, other) = (try first.answer(), try second.answer())
        #expect(one.status == 200 && other.status == 200, "\(one.text) \(other.text) \(server.log)")
        #expect(one.body == other.body && other[header: "Postern-Duplicate"] == "1")
        #expect(one[header: "Postern-Event"] == other[header: "Postern-Event"])
        let third = try server.send("a", delivery: "d-1").answer()
        #expect(third.body == one.body && third[header: "Postern-Duplicate"] == "1")
        #expect(try server.notes().filter { $0 == "a ended" }.count == 1)
    }

    @Test("that takes longer than the deadline is answered as accepted, and goes on", arguments: WebServerKind.allCases)
    func deadline(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let answer = try server.send("a", to: "/hurried", delivery: "d-1").answer()
        #expect(answer.status == 202, "\(answer.status) \(answer.text) \(server.log)")
        let event = try #require(answer[header: "Postern-Event"])
        #expect(try server.notes() == ["a begun"])
        try server.keep("open a")
        try server.until(note: "a ended")
        try Service.until("the event to be done") {
            (try? server.events().contains { $0["id"] as? String == event && $0["state"] as? String == "done" }) == true
        }
        let again = try server.send("a", to: "/hurried", delivery: "d-1").answer()
        #expect(again.status == 202 && again[header: "Postern-Duplicate"] == "1", "\(again.status) \(again.text)")
        #expect(try server.notes().filter { $0.hasPrefix("a ") } == ["a begun", "a ended"])
    }

    @Test("that failed is the sender's to deliver again, but not once it was answered as accepted", arguments: [WebServerKind.nginx, .apacheCGI])
    func failure(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind, settings: ["POSTERN_RETRY": "3 attempts over 2s"])
        defer { server.stop() }
        try server.keep("open a")
        let failed = try server.send("a", how: "fails", delivery: "d-1").answer()
        #expect(failed.status == 500, "\(failed.status) \(failed.text) \(server.log)")
        #expect(try server.events().first?["state"] as? String == "failed")
        let accepted = try server.send("b", to: "/hurried", how: "fails", delivery: "d-2").answer()
        #expect(accepted.status == 202, "\(accepted.status) \(accepted.text)")
        try server.keep("open b")
        try Service.until("the attempt to fail") {
            (try? server.events().contains { $0["state"] as? String == "queued" && $0["attempts"] as? Int == 1 && $0["error"] is String }) == true
        }
        try server.keep("mended")
        try Service.until("the note b ended") {
            // Under CGI cron's drain comes back to it.
            if !kind.hasServer { try? server.drain() }
            return (try? server.notes().contains("b ended")) == true
        }
        let again = try server.send("a", how: "fails", delivery: "d-1").answer()
        #expect(again.status == 200 && again[header: "Postern-Duplicate"] == nil, "\(again.status) \(again.text)")
        #expect(try server.notes().filter { $0 == "a begun" }.count == 2)
    }

    @Test("is run again by the next process when its own is killed", arguments: [WebServerKind.nginx, .apacheProxy])
    func killed(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let sendings = try ["a", "b", "c"].map { try server.send($0, delivery: $0) }
        for text in ["a", "b", "c"] { try server.until(note: text + " begun") }
        server.postern?.signal(SIGKILL)
        server.postern?.wait()
        for sending in sendings { #expect(((try? sending.answer().status) ?? 502) >= 500) }
        // No request comes: what is left to do stands in the database that the server is told of.
        try server.startPostern(["--database", server.sandbox.root + "/data/events.sqlite"])
        for text in ["a", "b", "c"] { try server.keep("open " + text) }
        for text in ["a", "b", "c"] { try server.until(note: text + " ended") }
        try Service.until("the events to be done") {
            (try? server.events().allSatisfy { $0["state"] as? String == "done" }) == true
        }
        // Its sender, who never heard of the first, gets the answer of the second.
        let again = try server.send("a", delivery: "a").answer()
        #expect(again.status == 200 && again[header: "Postern-Duplicate"] == "1", "\(again.status) \(again.text)")
        #expect(try server.notes().filter { $0 == "a ended" }.count == 1)
    }

    @Test("from the queue does not hold up those that need nobody, and begins in the order of arrival")
    func queue() throws {
        let server = try ProbeWorkspace.server(.nginx)
        defer { server.stop() }
        let names = (0..<40).map { "w\($0)" }
        for name in names {
            let answer = try server.send(name, to: "/waiting-later").answer()
            #expect(answer.status == 202, "\(answer.text) \(server.log)")
        }
        let body = Array(#"{"text": "local"}"#.utf8)
        #expect(try server.client.send("POST", "/later", headers: try server.signed(body), body: body).status == 202)
        try server.until(note: "local")
        for name in names { try server.keep("open " + name) }
        try server.until(note: "w39 ended")
        try Service.until("the events to be done") {
            (try? server.events().allSatisfy { $0["state"] as? String == "done" }) == true
        }
        // Two that begin at once may be kept in either order; those that waited for a thread came later.
        let begun = try server.notes().filter { $0.hasSuffix(" begun") }.map { String($0.dropLast(6)) }
        #expect(Set(begun) == Set(names) && begun.count == names.count)
        #expect(Set(begun.prefix(32)) == Set(names.prefix(32)), "\(begun)")
    }
}
