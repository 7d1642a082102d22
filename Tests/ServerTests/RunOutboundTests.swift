import Foundation
import Testing

@Suite("postern run, beyond this machine")
struct RunOutboundTests {
    private let sandbox: Sandbox
    private let program: String
    private let service: RecordingService

    init() throws {
        sandbox = try Sandbox()
        program = try sandbox.program()
        service = try RecordingService { _ in .init(status: 200, body: Data(#"{"ok": true}"#.utf8)) }
        try sandbox.write("workspace/workspace.xs", "workspace caller {\n}\n")
        try sandbox.write("workspace/table/call.xs", "table call {\n  schema {\n    int id\n    text note\n  }\n}\n")
        try sandbox.write(
            "workspace/function/call.xs",
            """
            function call {
              input {
                text url
              }
              stack {
                db.add call { data = {note: "before"} } as $before
                api.request { url = $input.url method = "POST" params = {id: $before.id} } as $asked
                db.add call { data = {note: "after"} } as $after
                throw { name = "Late" value = "too late" }
              }
              response = $asked.response.result
            }
            """)
        try sandbox.write(
            "workspace/function/count.xs",
            "function count {\n  stack { db.query call { return = {type: \"list\"} } as $calls }\n  response = $calls|map:$$.note\n}\n")
    }

    private func run(_ words: String..., environment: [String: String] = [:]) throws -> Command.Result {
        try Command.run(
            program, ["run", "--workspace", sandbox.root + "/workspace", "--database", sandbox.root + "/data/calls.sqlite"] + words,
            environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 })
    }

    private var input: String { "{\"url\": \"http://ann:secret@\(service.address)/a?key=secret\"}" }

    @Test("What a stack wrote is committed before its request leaves; an error undoes what came later")
    func committed() throws {
        let result = try run("call", "--input", input, "--outbound", service.address)
        #expect(result.status == 1)
        #expect(result.errors.contains("too late"))
        #expect(service.arrived.map(\.request) == ["POST /a?key=secret"])
        #expect(try run("count").output == "[\"before\"]\n")
    }

    @Test("This host is not called unless it is listed, and the remedy is told without secrets")
    func refused() throws {
        let result = try run("call", "--input", input)
        #expect(result.status == 1)
        #expect(service.arrived.isEmpty)
        #expect(result.errors.contains("http://\(service.address) may not be called from here"))
        #expect(result.errors.contains("POSTERN_OUTBOUND"))
        #expect(!result.errors.contains("secret"))
    }

    @Test("Proxies and .netrc of the environment are not looked at")
    func environment() throws {
        try sandbox.write(".netrc", "machine 127.0.0.1 login bob password other\n")
        // Nobody listens at port 9: a proxy there would end the request.
        let proxies = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"].map { ($0, "http://127.0.0.1:9") }
        let environment = Dictionary(uniqueKeysWithValues: proxies + [("HOME", sandbox.root)])
        let bare = "{\"url\": \"http://\(service.address)/\"}"
        _ = try run("call", "--input", bare, "--outbound", service.address, environment: environment)
        #expect(service.arrived.map(\.request) == ["POST /"])
        #expect(service.arrived.first?.headers["authorization"] == nil)
    }

    @Test("A list that can't be read is named")
    func malformed() throws {
        let result = try run("count", "--outbound", "10.0.0.1/8")
        #expect(result.status == 2)
        #expect(result.errors.contains("10.0.0.1/8 has bits behind its prefix"))
    }
}
