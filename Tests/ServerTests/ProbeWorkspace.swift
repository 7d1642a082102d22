import Foundation

/// Locations over the workspace `Workspaces/probe`, which says what arrived.
enum ProbeWorkspace {
    static let path = Sandbox.repository + "/Tests/ServerTests/Workspaces/probe"
    static let secret = "probe-secret"

    /// One location that a token opens, one that GitHub's signature opens, one that anybody may call.
    static func server(_ kind: WebServerKind, arguments: [String] = [], settings: [String: String] = [:]) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(path)
        try sandbox.write("secret", secret + "\n")
        func location(_ path: String, _ own: [String: String]) -> Location {
            var all = [
                "POSTERN_WORKSPACE": workspace, "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite",
                "POSTERN_SECRET": "file:\(sandbox.root)/secret",
            ]
            all.merge(settings) { $1 }
            all.merge(own) { $1 }
            if all["POSTERN_VERIFY"] == "none" { all["POSTERN_SECRET"] = nil }
            return Location(path: path, settings: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return try WebServer(
            kind, sandbox,
            locations: [
                location("/api:probe/", ["POSTERN_VERIFY": "token header=X-Token"]),
                location("= /signed", ["POSTERN_VERIFY": "github", "POSTERN_QUERY": "probe/notes"]),
                location("= /later", ["POSTERN_VERIFY": "github", "POSTERN_QUERY": "probe/notes", "POSTERN_RESPOND": "accept"]),
                location("= /waiting", ["POSTERN_VERIFY": "github", "POSTERN_QUERY": "probe/waiting"]),
                location("= /waiting-later", ["POSTERN_VERIFY": "github", "POSTERN_QUERY": "probe/waiting", "POSTERN_RESPOND": "accept"]),
                location("= /hurried", ["POSTERN_VERIFY": "github", "POSTERN_QUERY": "probe/waiting", "POSTERN_DEADLINE": "1"]),
                location("= /open", ["POSTERN_VERIFY": "none", "POSTERN_QUERY": "probe/notes"]),
            ], arguments: arguments)
    }

    static let token = ("X-Token", secret)
    static let json = ("Content-Type", "application/json")
}

extension WebServer {
    /// Everything that the inbox holds.
    func events() throws -> [[String: Any]] {
        let result = try Command.run(
            try sandbox.program(), ["events", "list", "--json", "--database", sandbox.root + "/data/events.sqlite"])
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        return try result.output.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// The texts of all notes that are stored, read past Postern.
    func notes() throws -> [String] {
        let result = try Command.run(
            "/usr/bin/sqlite3", ["-readonly", "-bail", "-cmd", ".timeout 5000", sandbox.root + "/data/events.sqlite", "SELECT text FROM note ORDER BY id"])
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        return result.output.split(separator: "\n").map(String.init)
    }

    /// GitHub's headers for a body.
    func signed(_ body: [UInt8], delivery: String = UUID().uuidString, secret: String = ProbeWorkspace.secret) throws -> [(String, String)] {
        [
            ("X-Hub-Signature-256", "sha256=" + Signature.hmacSHA256(body, key: Array(secret.utf8))),
            ("X-GitHub-Delivery", delivery), ProbeWorkspace.json,
        ]
    }
}
