import Foundation
import Glibc
import Testing

@Suite("A stack that takes too much", .serialized)
struct BoundTests {
    private static let settings = [
        "POSTERN_MAX_STEPS": "12000000", "POSTERN_MAX_MEMORY": "32m", "POSTERN_MAX_TIME": "5", "POSTERN_MAX_DEPTH": "200",
        "POSTERN_DEADLINE": "120",
    ]

    private static func send(_ server: WebServer, _ path: String, _ json: String) throws -> HTTPClient.Answer {
        try server.client.send("POST", "/api:probe/" + path, headers: [ProbeWorkspace.token, ProbeWorkspace.json], body: Array(json.utf8))
    }

    /// The most memory that a process ever had, in kB.
    private static func peak(_ server: WebServer) throws -> Int {
        let process = try #require(server.postern?.identifier)
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) })
    }

    @Test(
        "is answered 500, the log names the bound, and the process goes on as before",
        arguments: [("steps", "steps"), ("memory", "memory"), ("text", "memory"), ("depth", "depth"), ("time", "time")])
    func bounds(how: String, bound: String) throws {
        var settings = Self.settings
        // Here the time is what ends it, before the steps do.
        if how == "time" { settings["POSTERN_MAX_TIME"] = "1" } else { settings["POSTERN_MAX_TIME"] = "60" }
        let server = try ProbeWorkspace.server(.nginx, settings: settings)
        defer { server.stop() }
        if how == "time" { for number in 0..<40 { #expect(try Self.send(server, "notes", "{\"text\": \"\(number)\"}").status == 200) } }
        let answer = try Self.send(server, "hungry", "{\"how\": \"\(how)\", \"n\": 1000}")
        #expect(answer.status == 500, "\(answer.status) \(answer.text) \(server.log)")
        #expect(Acceptance.agrees(answer.json, with: ["code": "ERROR_FATAL", "message": "The request needed more than it may use"]))
        #expect(server.logs("[\(bound)]"), "\(server.log)")
        #expect(try Self.send(server, "notes", #"{"text": "alive"}"#).status == 200)
        #expect(server.postern?.isRunning == true)
        let peak = try Self.peak(server)
        #expect(peak < 200_000, "\(peak) kB")
    }

    @Test("does not hold up others while it runs: it leaves the writer's thread, and what it wrote there was undone")
    func leavesWriter() throws {
        let server = try ProbeWorkspace.server(.nginx, settings: ["POSTERN_MAX_TIME": "600", "POSTERN_DEADLINE": "1", "POSTERN_MAX_STEPS": "100000000000"])
        defer { server.stop() }
        let answer = try Self.send(server, "hungry", #"{"how": "steps"}"#)
        #expect(answer.status == 202, "\(answer.status) \(answer.text) \(server.log)")
        #expect(try Self.send(server, "notes", #"{"text": "beside"}"#).status == 200)
        #expect(try server.notes() == ["hungry for steps", "beside"])
        #expect(try server.events().last?["state"] as? String == "running")
        // It would run for minutes.
        server.postern?.signal(SIGKILL)
    }

    @Test("within a db.transaction is undone, and the log names what it outgrew")
    func transaction() throws {
        let server = try ProbeWorkspace.server(.nginx, settings: Self.settings.merging(["POSTERN_MAX_TIME": "60"]) { $1 })
        defer { server.stop() }
        let answer = try Self.send(server, "transaction", "{}")
        #expect(answer.status == 500, "\(answer.status) \(answer.text) \(server.log)")
        #expect(server.logs("[transaction]"), "\(server.log)")
        #expect(try server.notes().isEmpty)
        #expect(try Self.send(server, "notes", #"{"text": "alive"}"#).status == 200)
    }

    @Test("may nest as many calls as the largest setting says", arguments: [WebServerKind.nginx, .apacheCGI])
    func deepest(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind, settings: ["POSTERN_MAX_DEPTH": "1000", "POSTERN_DEADLINE": "60"])
        defer { server.stop() }
        let good = try Self.send(server, "hungry", #"{"how": "depth", "n": 900}"#)
        #expect(good.status == 200 && good.text == "900", "\(good.status) \(good.text) \(server.log)")
        let tooDeep = try Self.send(server, "hungry", #"{"how": "depth", "n": 1100}"#)
        #expect(tooDeep.status == 500, "\(tooDeep.status) \(tooDeep.text)")
        if let postern = server.postern { #expect(postern.isRunning) }
    }
}
