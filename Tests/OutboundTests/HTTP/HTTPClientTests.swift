import Foundation
import Testing

@testable import Outbound

@Suite("Requests to other servers")
struct HTTPClientTests {
    let server: FixtureServer

    init() throws { server = try FixtureServer() }

    @Test("A request arrives as it was made", arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func methods(method: String) throws {
        let body = method == "GET" || method == "OPTIONS" ? nil : "ä=\u{0}"
        let told = try server.told(
            .make("\(server.origin)/a/b?c=d%20e&f", method: method, headers: [("X-Key", "k: 1"), ("X-Empty", "")], body: body))
        #expect(told.method == method)
        #expect(told.path == "/a/b?c=d%20e&f")
        #expect(told.body == (body == nil ? "" : "Ã¤=\u{0}"))
        #expect(told["x-key"] == "k: 1")
        #expect(told["x-empty"] == "")
        #expect(told["content-type"] == nil)
        #expect(told["expect"] == nil)
        #expect(told["user-agent"] == "postern")
    }

    @Test("A POST without a body says that it is empty")
    func emptyBody() throws {
        let told = try server.told(.make("\(server.origin)/", method: "POST"))
        #expect(told["content-length"] == "0")
    }

    @Test("A large body arrives whole")
    func largeBody() throws {
        let body = String(repeating: "0123456789", count: 300_000)
        let told = try server.told(.make("\(server.origin)/", method: "POST", body: body))
        #expect(told.body == body)
    }

    @Test("HEAD has an answer without a body")
    func head() throws {
        let answer = try server.client().send(.make("\(server.origin)/status/200", method: "HEAD"))
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
    }

    @Test("Each status is an answer", arguments: [200, 201, 400, 404, 429, 500, 503])
    func statuses(status: Int) throws {
        let answer = try server.client().send(.make("\(server.origin)/status/\(status)"))
        #expect(answer.status == status)
        #expect(answer.body == Array("said so".utf8))
    }

    @Test("Headers come in their order, a repeated one each time; those of an interim answer do not")
    func headers() throws {
        let answer = try server.client().send(.make("\(server.origin)/interim"))
        #expect(answer.status == 200)
        #expect(answer.headers.filter { $0.name == "X-Twice" }.map(\.value) == ["1", "2"])
        #expect(!answer.headers.contains { $0.name.lowercased() == "link" })
    }

    @Test("What would break out of a header is refused", arguments: [
        ("X-A", "b\r\nX-C: d"), ("X-A", "b\nc"), ("X-A", "b\u{0}"), ("X-A:", "b"), ("X A", "b"), ("", "b"), ("X-Ä", "b"),
    ])
    func headerInjection(name: String, value: String) throws {
        #expect(throws: OutboundError.unusableHeader(name.replacing("Ä", with: "??"))) {
            try server.client().send(.make("\(server.origin)/", headers: [(name, value)]))
        }
    }

    @Test("A method is a word", arguments: ["GET / HTTP/1.1\r\nX: y", "get", "", "CONNECT"])
    func method(method: String) throws {
        #expect(throws: OutboundError.unusableMethod) { try server.client().send(.make("\(server.origin)/", method: method)) }
    }

    @Test("Only http and https are addresses", arguments: [
        "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "dict://127.0.0.1/", "scp://127.0.0.1/", "/etc/passwd",
        "127.0.0.1", "", "http://", "http://a b/", "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX: y", "javascript:1",
    ])
    func schemes(url: String) throws {
        #expect(throws: OutboundError.unusableAddress) {
            try HTTPClient(policy: .anything, monotonicClock: monotonicMilliseconds).send(.make(url))
        }
    }

    @Test("Spaces and letters beyond ASCII in an address are encoded")
    func encoding() throws {
        let told = try server.told(.make("\(server.origin)/a b/ä?q=x y"))
        #expect(told.path == "/a%20b/%c3%a4?q=x+y" || told.path == "/a%20b/%c3%a4?q=x%20y")
    }

    @Test("User and password of an address leave as a header and are in no message")
    func credentials() throws {
        let told = try server.told(.make("http://ann:p%40ss@127.0.0.1:\(server.port)/"))
        #expect(told["authorization"] == "Basic " + Data("ann:p@ss".utf8).base64EncodedString())
        let client = HTTPClient(policy: OutboundPolicy(), monotonicClock: monotonicMilliseconds)
        let error = try #require(client.failure(of: .make("http://ann:p%40ss@127.0.0.1:\(server.port)/?key=secret#s")))
        let text = "\(error) \(error.remedy ?? "")"
        #expect(text.contains("127.0.0.1:\(server.port)"))
        for secret in ["ann", "p%40ss", "p@ss", "secret"] { #expect(!text.contains(secret)) }
    }

    @Test("Cookies are not kept")
    func cookies() throws {
        let client = try server.client()
        _ = try client.send(.make("\(server.origin)/cookie"))
        #expect(try server.told(.make("\(server.origin)/"), client)["cookie"] == nil)
    }

    @Test("A connection is used again")
    func keepAlive() throws {
        let client = try server.client()
        let first = try server.told(.make("\(server.origin)/"), client)
        let second = try server.told(.make("\(server.origin)/"), client)
        #expect(first.connections == second.connections)
    }

    // MARK: Bounds

    @Test("An answer larger than it may be ends the request")
    func tooLarge() throws {
        var request = HTTPRequest.make("\(server.origin)/large?bytes=100000")
        request.answerLimit = 100_000
        #expect(try server.client().send(request).body.count == 100_000)
        request.answerLimit = 99_999
        #expect(throws: OutboundError.answerTooLarge(server.origin, 99_999)) { try server.client().send(request) }
        request.url = "\(server.origin)/endless"
        #expect(throws: OutboundError.answerTooLarge(server.origin, 99_999)) { try server.client().send(request) }
    }

    @Test("The bound is on what a compressed answer becomes")
    func bomb() throws {
        var request = HTTPRequest.make("\(server.origin)/bomb?bytes=50000000")
        request.answerLimit = 1 << 20
        #expect(throws: OutboundError.answerTooLarge(server.origin, 1 << 20)) { try server.client().send(request) }
        request.url = "\(server.origin)/bomb?bytes=1000"
        #expect(try server.client().send(request).body == Array(repeating: UInt8(ascii: "0"), count: 1000))
    }

    @Test("Headers without end are an answer that is too large")
    func manyHeaders() throws {
        let request = HTTPRequest.make("\(server.origin)/headers?count=1000")
        #expect(throws: OutboundError.answerTooLarge(server.origin, 256 << 10)) { try server.client().send(request) }
    }

    @Test("A server that says nothing is left when the time is up")
    func timeout() throws {
        var request = HTTPRequest.make("\(server.origin)/silent")
        request.milliseconds = 300
        #expect(throws: OutboundError.timedOut(server.origin, after: 300)) { try server.client().send(request) }
    }

    @Test("A redirect does not begin the time anew")
    func timeoutOfRedirects() throws {
        var request = HTTPRequest.make("\(server.origin)/redirect?to=/silent")
        request.milliseconds = 400
        #expect(throws: OutboundError.timedOut(server.origin, after: 400)) { try server.client().send(request) }
    }

    @Test("Nobody listens")
    func refusedConnection() throws {
        let client = HTTPClient(policy: .anything, monotonicClock: monotonicMilliseconds)
        let error = try #require(client.failure(of: .make("http://127.0.0.1:9/")))
        #expect(error.description.hasPrefix("http://127.0.0.1:9: "))
    }
}
