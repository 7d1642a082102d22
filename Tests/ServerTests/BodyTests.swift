import Foundation
import Testing

@Suite("Bodies on their way through a real web server", .serialized)
struct BodyTests {
    static let binary: [UInt8] = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }

    @Test("arrive byte by byte as they were sent", arguments: WebServerKind.allCases)
    func exactBytes(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        for body in [[], [0], Array("a\r\n\r\nb\0c".utf8), Array(Self.binary.prefix(16_385)), Self.binary] {
            let answer = try server.client.send(
                "POST", "/api:probe/raw?x=%20y", headers: [ProbeWorkspace.token, ("Content-Type", "application/x-thing")], body: body)
            let json = try #require(answer.json as? [String: Any], "\(answer.status) \(answer.text) \(server.log)")
            #expect(json["sha256"] as? String == Signature.hexadecimal(Signature.sha256(body)))
            #expect(json["type"] as? String == "application/x-thing")
            #expect(json["method"] as? String == "POST")
            #expect(json["uri"] as? String == "/api:probe/raw?x=%20y")
        }
    }

    @Test("may come in chunks, unless nothing would notice one that breaks off", arguments: WebServerKind.allCases)
    func chunked(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        func send(_ path: String, _ headers: [(String, String)], _ body: [UInt8]) throws -> HTTPClient.Answer {
            var request = "POST \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            for (name, value) in headers { request += "\(name): \(value)\r\n" }
            var bytes = Array((request + "\r\n").utf8)
            for start in stride(from: 0, to: body.count, by: 7_000) {
                let piece = body[start..<min(start + 7_000, body.count)]
                bytes += Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + Array("\r\n".utf8)
            }
            return try server.client.exchange(bytes + Array("0\r\n\r\n".utf8))
        }
        let text = String(repeating: "long ", count: 8_000)
        let body = Array("{\"text\": \"\(text)\"}".utf8)
        let signed = try send("/signed", try server.signed(body), body)
        #expect(signed.status == 200, "\(signed.text) \(server.log)")
        let token = try send("/api:probe/raw", [ProbeWorkspace.token], body)
        #expect(token.status == (kind == .apacheCGI ? 411 : 200), "\(token.text)")
    }

    @Test("of forms and parts reach the stack", arguments: WebServerKind.allCases)
    func forms(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let form = try server.client.send(
            "POST", "/api:probe/form", headers: [ProbeWorkspace.token, ("Content-Type", "application/x-www-form-urlencoded")],
            body: Array("a=1&b=two+words&c%5B%5D=x&c%5B%5D=%C3%A9".utf8))
        #expect(Acceptance.agrees(form.json, with: ["a": "1", "b": "two words", "c": ["x", "é"]]), "\(form.text)")
        let parts = try server.client.send(
            "POST", "/api:probe/parts", headers: [ProbeWorkspace.token, ("Content-Type", "multipart/form-data; boundary=\"x y\"")],
            body: Array("--x y\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAda\r\n--x y--\r\n".utf8))
        #expect(Acceptance.agrees(parts.json, with: ["name": "Ada"]), "\(parts.text)")
    }

    @Test("inputs come from path and query string as well", arguments: WebServerKind.allCases)
    func inputs(kind: WebServerKind) throws {
        let server = try ProbeWorkspace.server(kind)
        defer { server.stop() }
        let answer = try server.client.send("GET", "/api:probe/item/17?colour=dark%20red", headers: [ProbeWorkspace.token])
        #expect(Acceptance.agrees(answer.json, with: ["number": 17, "colour": "dark red"]), "\(answer.text) \(server.log)")
        let wrong = try server.client.send("GET", "/api:probe/item/seventeen", headers: [ProbeWorkspace.token])
        #expect(wrong.status == 400, "\(wrong.text)")
    }
}
