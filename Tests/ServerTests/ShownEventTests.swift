import Foundation
import Testing

@Suite("An event that is shown")
struct ShownEventTests {
    private static let secret = "a-token-that-stands-in-the-body"

    @Test("holds no token, wherever its sender puts it")
    func token() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", Self.secret + "\n")
        let form = ("Content-Type", "application/x-www-form-urlencoded")
        let escaped = Self.secret.replacingOccurrences(of: "-", with: "%2d")
        let cases = [
            ("/json", "token json=/auth/token", [ProbeWorkspace.json], "", #"{"auth":{"token":"\#(Self.secret)"},"n":1}"#, #"{"auth":{"token":"(redacted)"},"n":1}"#),
            ("/form", "token form=token", [form], "", "a=1&token=\(Self.secret)", "a=1&token=(redacted)"),
            ("/escaped", "token form=token", [form], "", "a=1&token=\(escaped)", nil),
            ("/query", "token query=key", [ProbeWorkspace.json], "?key=\(Self.secret)", "{}", "{}"),
            ("/bearer", "token bearer", [("Authorization", "Bearer \(Self.secret)")], "", "{}", "{}"),
        ] as [(path: String, verify: String, headers: [(String, String)], query: String, body: String, shown: String?)]
        let server = try WebServer(
            .nginx, sandbox,
            locations: cases.map { one in
                Location(
                    path: "= \(one.path)",
                    settings: [
                        ("POSTERN_VERIFY", one.verify), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"),
                        ("POSTERN_WORKSPACE", workspace), ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"),
                        ("POSTERN_QUERY", "probe/raw"), ("POSTERN_NAME", String(one.path.dropFirst())),
                    ])
            })
        defer { server.stop() }
        for one in cases {
            let answer = try server.client.send("POST", one.path + one.query, headers: one.headers, body: Array(one.body.utf8))
            #expect(answer.status == 200, "\(one.path): \(answer.text)\(server.log)")
            let id = try #require(answer[header: "Postern-Event"])
            func show(_ words: [String]) throws -> String {
                try Command.run(
                    try sandbox.program(), ["events", "show", id, "--database", sandbox.root + "/data/events.sqlite"] + words
                ).output
            }
            let page = try show([])
            let request = page.components(separatedBy: "\nanswered").first ?? ""
            #expect(!request.contains(Self.secret) && !request.contains(escaped), "\(page)")
            #expect(request.contains(one.shown ?? "(the body may hold a credential and is not shown)"), "\(page)")
            let json = try #require(try JSONSerialization.jsonObject(with: Data(try show(["--json"]).utf8)) as? [String: Any])
            #expect((json["request"] as? [String: Any])?["body"] as? String == one.shown)
        }
    }
}
