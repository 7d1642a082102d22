import Foundation
import Testing

/// One request that somebody verified sends and that is no good, and what answers it.
struct BadInput: Sendable, CustomTestStringConvertible {
    var name: String
    var path: String
    var type: String
    var body: [UInt8]
    var headers: [(String, String)] = []
    var status: Int

    var testDescription: String { name }

    init(_ name: String, _ path: String, _ type: String = "application/json", bytes body: [UInt8], status: Int = 400, headers: [(String, String)] = []) {
        (self.name, self.path, self.type, self.body, self.status, self.headers) = (name, path, type, body, status, headers)
    }

    init(_ name: String, _ path: String, _ type: String = "application/json", text: String, status: Int = 400, headers: [(String, String)] = []) {
        self.init(name, path, type, bytes: Array(text.utf8), status: status, headers: headers)
    }

    private static let utf16: [UInt8] = Array("{\"a\":1}".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    private static let openings = String(repeating: "[", count: 10_000)
    private static let closings = String(repeating: "]", count: 10_000)
    private static let binary: [UInt8] = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
    private static let overlong = [UInt8](repeating: 0x61, count: (1 << 20) + 1)

    private static let json: [BadInput] = [
        BadInput("JSON that breaks off", "json", text: #"{"a": [1, 2"#),
        BadInput("JSON with something behind it", "json", text: #"{"a": 1} x"#),
        BadInput("no JSON at all", "json", text: "a=1&b=2"),
        BadInput("an empty body where JSON is wanted", "json", text: ""),
        BadInput("JSON that is no UTF-8", "json", bytes: [0x22, 0xFF, 0xFE, 0x22]),
        BadInput("JSON in UTF-16", "json", bytes: utf16),
        BadInput("JSON behind a byte order mark", "json", text: "\u{FEFF}{}"),
        BadInput("NUL bytes", "json", bytes: [0, 0, 0, 0]),
        BadInput("a NUL byte inside JSON text", "json", bytes: [0x22, 0x61, 0x00, 0x22]),
        BadInput("10,000 nested arrays", "json", text: openings + closings),
        BadInput("10,000 arrays that never end", "json", text: openings),
        BadInput("binary", "json", bytes: binary),
    ]

    private static let others: [BadInput] = [
        BadInput("a required input missing", "notes", text: "{}"),
        BadInput("an input of another type", "notes", text: #"{"text": {"a": 1}}"#),
        BadInput("multipart without a boundary", "parts", "multipart/form-data", text: "--x\r\n\r\n--x--\r\n"),
        BadInput("multipart that breaks off", "parts", "multipart/form-data; boundary=x",
            text: "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda"),
        BadInput("multipart with a broken header", "parts", "multipart/form-data; boundary=x", text: "--x\r\nnonsense\r\n\r\nAda\r\n--x--\r\n"),
        BadInput("a body over the bound", "raw", "application/octet-stream", bytes: overlong, status: 413),
        BadInput("a body that was compressed", "json", "application/json", text: "{}", status: 415, headers: [("Content-Encoding", "gzip")]),
        BadInput("a path that leads nowhere", "nothing", text: "{}", status: 404),
        BadInput("a path that climbs", "x/../../api:probe/nothing", text: "{}", status: 404),
    ]

    static let all = json + others
}

@Suite("Bad input from a verified sender", .serialized)
struct BadInputTests {
    @Test("gets its 4xx, and the process lives on", arguments: WebServerKind.allCases)
    func badInput(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        for input in BadInput.all {
            let headers = [ProbeWorkspace.token, ("Content-Type", input.type)] + input.headers
            let answer = try server.client.send("POST", "/api:probe/" + input.path, headers: headers, body: input.body)
            #expect(answer.status == input.status, "\(input.name): \(answer.status) \(answer.text)")
        }
        try expectAlive(server)
        #expect(try server.notes() == ["alive"])
    }

    @Test("a body shorter than it was declared is refused and not kept", arguments: WebServerKind.allCases)
    func truncated(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let body = Array(#"{"text": "half"}"#.utf8)
        let answer = try? server.client.send(
            "POST", "/api:probe/notes", headers: [ProbeWorkspace.token, ProbeWorkspace.json], body: body, declaredLength: 400)
        #expect((answer?.status ?? 400) >= 400, "\(answer?.text ?? "")")
        try expectAlive(server)
        #expect(try server.notes() == ["alive"])
    }

    @Test("a header of 60 kB is answered, by whoever it is too large for", arguments: WebServerKind.allCases)
    func largeHeader(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let answer = try server.client.send(
            "POST", "/api:probe/raw", headers: [ProbeWorkspace.token, ("X-Large", String(repeating: "a", count: 60_000))], body: [1])
        #expect([200, 400, 413, 431, 500, 502].contains(answer.status))
        let token = try server.client.send(
            "POST", "/api:probe/raw", headers: [("X-Token", String(repeating: "a", count: 8_000))], body: [1])
        #expect(token.status == 401)
        try expectAlive(server)
    }

    private func expectAlive(_ server: WebServer) throws {
        let answer = try server.client.send(
            "POST", "/api:probe/notes", headers: [ProbeWorkspace.token, ProbeWorkspace.json], body: Array(#"{"text":"alive"}"#.utf8))
        #expect(answer.status == 200, "\(answer.text) \(server.log)")
        if let postern = server.postern { #expect(postern.isRunning) }
    }
}
