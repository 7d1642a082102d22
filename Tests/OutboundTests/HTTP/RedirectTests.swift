import Foundation
import Testing

@testable import Outbound

@Suite("Redirects")
struct RedirectTests {
    let server: FixtureServer

    init() throws { server = try FixtureServer() }

    @Test("301, 302 and 303 become GET; 307 and 308 keep method and body", arguments: [
        (301, "POST", "GET"), (302, "POST", "GET"), (303, "POST", "GET"), (307, "POST", "POST"), (308, "POST", "POST"),
        (302, "PUT", "GET"), (307, "DELETE", "DELETE"), (302, "GET", "GET"),
    ])
    func methods(status: Int, method: String, expected: String) throws {
        let told = try server.told(
            .make(
                "\(server.origin)/redirect?status=\(status)&to=/there", method: method,
                headers: [("Content-Type", "text/plain"), ("X-Key", "k")], body: method == "GET" ? nil : "abc"))
        #expect(told.method == expected)
        #expect(told.path == "/there")
        #expect(told.body == (expected == "GET" ? "" : "abc"))
        #expect(told["x-key"] == "k")
        if method != "GET" { #expect(told["content-type"] == (expected == "GET" ? nil : "text/plain")) }
    }

    @Test("Who does not follow gets the redirect")
    func notFollowed() throws {
        let answer = try server.client().send(.make("\(server.origin)/redirect?to=/there", follows: false))
        #expect(answer.status == 302)
        #expect(answer.headers.contains { $0.name == "Location" && $0.value == "/there" })
    }

    @Test("Another origin gets no header that may be a key, and no credentials of the address")
    func otherOrigin() throws {
        let other = try FixtureServer()
        let policy = try OutboundPolicy(parsing: "127.0.0.1:\(server.port) 127.0.0.1:\(other.port)")
        let client = HTTPClient(policy: policy, monotonicClock: monotonicMilliseconds)
        let told = try server.told(
            .make(
                "http://u:p@127.0.0.1:\(server.port)/redirect?status=307&to=\(other.origin)/there", method: "POST",
                headers: [
                    ("Cookie", "a=b"), ("X-Api-Key", "k"), ("Host", "a.example"), ("Accept", "text/plain"),
                    ("Content-Type", "text/plain"),
                ], body: "abc"),
            client)
        #expect(told.body == "abc")
        #expect(told["accept"] == "text/plain")
        #expect(told["content-type"] == "text/plain")
        for name in ["authorization", "cookie", "x-api-key"] { #expect(told[name] == nil) }
        #expect(told["host"] == "127.0.0.1:\(other.port)")
    }

    @Test("Credentials that a redirect brings along are not used")
    func credentialsOfRedirect() throws {
        let to = "http://u:p@127.0.0.1:\(server.port)/there"
        #expect(try server.told(.make("\(server.origin)/redirect?to=\(to)"))["authorization"] == nil)
    }

    @Test("A redirect to where a stack may not call is refused", arguments: [
        "http://localhost:PORT/", "http://127.0.0.2:PORT/", "http://[::1]:PORT/", "http://169.254.169.254/latest/meta-data",
        "http://0x7f000001:1/", "//127.0.0.3:PORT/",
    ])
    func forbidden(to: String) throws {
        let target = to.replacing("PORT", with: "\(server.port)")
        let error = try #require(server.client().failure(of: .make("\(server.origin)/redirect?to=\(target)")))
        guard case .refused = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("A redirect leads to http and https only", arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://a/"])
    func schemes(to: String) throws {
        #expect(throws: OutboundError.unusableAddress) { try server.client().send(.make("\(server.origin)/redirect?to=\(to)")) }
    }

    @Test("Redirects in a circle end")
    func loop() throws {
        #expect(throws: OutboundError.tooManyRedirects(10)) { try server.client().send(.make("\(server.origin)/loop")) }
    }
}
