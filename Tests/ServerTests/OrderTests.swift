import Foundation
import Glibc
import Synchronization
import Testing

@Suite("An order that becomes a record, a request to a warehouse and a mail", .serialized, .enabled(if: MailServer.canRun))
struct OrderTests {
    private static let secret = "shpss_example"

    /// The example behind a web server, with a warehouse that does what a test says.
    private static func server(
        _ kind: WebServerKind, _ warehouse: RecordingService, _ mail: MailServer, address: String? = nil
    ) throws -> WebServer {
        let sandbox = try Sandbox()
        let settings = [
            ("POSTERN_VERIFY", "shopify"), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"),
            ("POSTERN_WORKSPACE", try sandbox.workspace(Sandbox.repository + "/Examples/orders")),
            ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_OUTBOUND", warehouse.address),
            ("POSTERN_ENV_WAREHOUSE", "http://" + (address ?? warehouse.address)), ("POSTERN_RETRY", "5 attempts over 2s"),
        ]
        try sandbox.write("secret", secret + "\n")
        return try WebServer(
            kind, sandbox, locations: [Location(path: "= /api:shop/orders", settings: settings)], sendmail: mail.program)
    }

    private static func deliver(_ server: WebServer) throws -> HTTPClient.Answer {
        let body = Data(##"{"name": "#1001", "email": "ada@example.org", "total_price": "59.90", "line_items": []}"##.utf8)
        let file = try server.sandbox.write("signing-secret", secret + "\n")
        let signed = try Command.run(
            try server.sandbox.program(), ["sign", "--verify", "shopify", "--secret", "file:\(file)", "--id", "d-1"], input: body)
        let headers = signed.output.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
        }
        return try server.client.send("POST", "/api:shop/orders", headers: headers + [ProbeWorkspace.json], body: Array(body))
    }

    /// `number status` of each order, read past Postern.
    private static func orders(_ root: String) -> [String] {
        let result = try? Command.run(
            "/usr/bin/sqlite3", ["-readonly", "-cmd", ".timeout 5000", root + "/data/events.sqlite", "SELECT number || ' ' || status FROM \"order\""])
        return (result?.output ?? "").split(separator: "\n").map(String.init)
    }

    private static func state(_ server: WebServer) -> String? { try? server.events().first?["state"] as? String }

    @Test("is committed before the request leaves, and goes on after kill -9 in the middle of it", arguments: [WebServerKind.nginx, .apacheProxy])
    func killed(kind: WebServerKind) throws {
        let asked = DispatchSemaphore(value: 0)
        let released = DispatchSemaphore(value: 0)
        let first = Mutex(true)
        let warehouse = try RecordingService { _ in
            let isFirst = first.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if isFirst {
                asked.signal()
                released.wait()
            }
            return RecordingService.Answer(status: 201, body: Data(#"{"id": "R-17"}"#.utf8))
        }
        let mail = try MailServer()
        let server = try Self.server(kind, warehouse, mail)
        defer { server.stop() }
        let sending = DispatchGroup()
        Thread.detachNewThread(in: sending) { _ = try? Self.deliver(server) }
        asked.wait()
        #expect(Self.orders(server.sandbox.root) == ["#1001 received"])
        #expect(Self.state(server) == "running")
        server.postern?.signal(SIGKILL)
        server.postern?.wait()
        released.signal()
        sending.wait()
        try server.startPostern(["--database", server.sandbox.root + "/data/events.sqlite"])
        try Service.until("the event to be done") { Self.state(server) == "done" }
        #expect(Self.orders(server.sandbox.root) == ["#1001 reserved"])
        // The request may happen twice, and says that it is the same one.
        #expect(warehouse.arrived.map { $0.headers["idempotency-key"] } == ["#1001", "#1001"])
        try Service.until("the mail") { !mail.mails.isEmpty }
        #expect(mail.mails.count == 1)
        let again = try Self.deliver(server)
        #expect(again.status == 200 && again[header: "Postern-Duplicate"] == "1", "\(again.status) \(again.text) \(server.log)")
        #expect(again.text.contains("R-17") && mail.mails.count == 1)
    }

    @Test("that the warehouse refuses is kept, answered 500, and dealt with when it is delivered again", arguments: WebServerKind.allCases)
    func refused(kind: WebServerKind) throws {
        let isOpen = Mutex(false)
        let warehouse = try RecordingService { _ in
            let status = isOpen.withLock { $0 } ? 201 : 503
            return RecordingService.Answer(status: status, body: Data(#"{"id": "R-18"}"#.utf8))
        }
        let mail = try MailServer()
        let server = try Self.server(kind, warehouse, mail)
        defer { server.stop() }
        let failed = try Self.deliver(server)
        #expect(failed.status == 500 && failed.text.contains("The warehouse answered 503"), "\(failed.status) \(failed.text) \(server.log)")
        #expect(Self.orders(server.sandbox.root) == ["#1001 received"])
        #expect(mail.mails.isEmpty)
        isOpen.withLock { $0 = true }
        let good = try Self.deliver(server)
        #expect(good.status == 200 && good[header: "Postern-Duplicate"] == nil, "\(good.status) \(good.text) \(server.log)")
        #expect(Self.orders(server.sandbox.root) == ["#1001 reserved"])
        try Service.until("the mail") { mail.mails.count == 1 }
    }

    @Test("does not reach a private address that POSTERN_OUTBOUND does not list")
    func guarded() throws {
        let warehouse = try RecordingService { _ in RecordingService.Answer(status: 201, body: Data("{}".utf8)) }
        let other = try RecordingService { _ in RecordingService.Answer(status: 201, body: Data("{}".utf8)) }
        let mail = try MailServer()
        let server = try Self.server(.nginx, warehouse, mail, address: other.address)
        defer { server.stop() }
        let answer = try Self.deliver(server)
        #expect(answer.status == 500, "\(answer.status) \(answer.text)")
        #expect(other.arrived.isEmpty && warehouse.arrived.isEmpty && mail.mails.isEmpty)
        #expect(server.logs("POSTERN_OUTBOUND"), "\(server.log)")
    }
}
