import Foundation
import Testing

@Suite("Tasks of a workspace", .serialized)
struct TaskRunTests {
    private static let files = [
        "api/api_group.xs": "api_group \"notes\" {\n canonical = \"notes\"\n}",
        "api/note_post.xs": """
            query "note" verb=POST {
              api_group = "notes"
              input { text text }
              stack { db.add "note" { data = {text: $input.text} } as $note }
              response = $note
            }
            """,
        "table/note.xs": """
            table "note" {
              auth = false
              schema {
                int id
                text text
              }
              index = [{type: "primary", field: [{name: "id"}]}]
            }
            """,
        "task/tick.xs": """
            task "tick" {
              stack { db.add "note" { data = {text: "tick " ~ $env.WORD} } as $note }
              schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: 1}]
            }
            """,
        "task/rests.xs": """
            task "rests" {
              active = false
              stack { db.add "note" { data = {text: "never"} } as $note }
              schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: 1}]
            }
            """,
        "task/fails.xs": """
            task "fails" {
              stack {
                db.add "note" { data = {text: "undone"} } as $note
                throw { name = "broken" value = "it is broken" }
              }
              schedule = [{starts_on: 2025-01-01 00:00:00+0000, freq: 1}]
            }
            """,
    ]

    private static func server(_ kind: WebServerKind) throws -> WebServer {
        let sandbox = try Sandbox()
        for (name, text) in files { try sandbox.write("workspace/" + name, text, mode: 0o644) }
        for folder in ["", "/api", "/table", "/task"] { chmod(sandbox.root + "/workspace" + folder, 0o755) }
        let settings = [
            ("POSTERN_VERIFY", "none"), ("POSTERN_WORKSPACE", sandbox.root + "/workspace"), ("POSTERN_QUERY", "notes/note"),
            ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_ENV_WORD", "tock"),
        ]
        return try WebServer(kind, sandbox, locations: [Location(path: "= /note", settings: settings)])
    }

    /// How often a task has come to this state.
    private static func count(_ state: String, _ server: WebServer) throws -> Int {
        try server.events().count { $0["sender"] as? String == "task" && $0["state"] as? String == state }
    }

    private static func keepNote(_ server: WebServer) throws {
        let answer = try server.client.send("POST", "/note", headers: [ProbeWorkspace.json], body: Array(#"{"text": "first"}"#.utf8))
        #expect(answer.status == 200, "\(answer.text) \(server.log)")
    }

    private static func check(_ server: WebServer) throws {
        let notes = try server.notes()
        #expect(!notes.contains("never") && !notes.contains("undone"))
        let failed = try server.events().first { ($0["error"] as? String ?? "").contains("it is broken") }
        #expect(failed?["attempts"] as? Int == 1 && failed?["state"] as? String == "queued", "\(failed ?? [:])")
    }

    @Test("run by themselves beside a server, again and again, with the settings of a location", arguments: [WebServerKind.nginx])
    func served(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        try Self.keepNote(server)
        try Service.until("two runs") { (try? server.notes().count { $0 == "tick tock" } >= 2) == true }
        try Service.until("a failure") { (try? server.events().contains { $0["error"] as? String != nil }) == true }
        try Self.check(server)
        let (runs, notes) = (try Self.count("done", server), try server.notes().count { $0 == "tick tock" })
        #expect(notes >= runs && runs >= 2)
    }

    @Test("run when cron drains the queue, where no server stays", arguments: [WebServerKind.apacheCGI])
    func drained(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        try Self.keepNote(server)
        #expect(try server.notes() == ["first"])
        try Service.until("a run") {
            (try? server.drain()) != nil && (try? server.notes().contains("tick tock")) == true
                && (try? server.events().contains { $0["error"] as? String != nil }) == true
        }
        try Self.check(server)
    }
}
