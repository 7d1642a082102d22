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
        #expect(server.log.contains("X-Hub-Signature-256"), "\(server.log)")
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
