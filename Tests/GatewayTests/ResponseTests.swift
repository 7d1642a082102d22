import Testing

@testable import Gateway

@Suite("Response")
struct ResponseTests {
    @Test("The head begins with the one status line and tells the body's length")
    func head() throws {
        var response = Response(status: 202, type: .json, body: Array("{}".utf8))
        try response.set("Retry-After", "5")
        try response.add("Set-Cookie", "a=1")
        try response.add("Set-Cookie", "b=2")
        #expect(
            String(decoding: response.head(), as: UTF8.self)
                == "Status: 202 Accepted\r\nContent-Type: application/json\r\nRetry-After: 5\r\n"
                + "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\n")
    }

    @Test("Setting a header replaces it, whatever its letter case")
    func set() throws {
        var response = Response(status: 200, type: .json, body: [])
        try response.set("content-TYPE", "text/csv")
        #expect(response.headers == [Response.Header(name: "content-TYPE", value: "text/csv")])
        #expect(response.header("Content-Type") == "text/csv")
    }

    @Test(
        "A header that could end its line, or the head, is refused",
        arguments: [
            "a\r\nSet-Cookie: x", "a\nb", "a\rb", "a\u{0}b", "\u{1}", "\u{7F}", "\r", "a\u{1F}",
        ])
    func values(value: String) {
        var response = Response(status: 200)
        #expect(throws: HeaderError.value(name: "X-A")) { try response.set("X-A", value) }
        #expect(throws: HeaderError.value(name: "X-A")) { try response.add("X-A", value) }
        #expect(response.headers.isEmpty)
    }

    @Test("A name that is no token is refused", arguments: ["", "A B", "A:", "A\r", "Ä", "A\u{0}", "a/b", "(a)"])
    func names(name: String) {
        var response = Response(status: 200)
        #expect(throws: HeaderError.name(name)) { try response.set(name, "x") }
    }

    @Test(
        "Headers that frame the message are the Gateway's own",
        arguments: ["Status", "STATUS", "content-length", "Transfer-Encoding"])
    func reserved(name: String) {
        var response = Response(status: 200)
        #expect(throws: HeaderError.reserved(name)) { try response.set(name, "200") }
    }

    @Test("A header that some web server would not take is refused")
    func long() throws {
        var response = Response(status: 200)
        let fitting = String(repeating: "a", count: 3997)
        try response.set("X-A", fitting)
        #expect(throws: HeaderError.tooLong(name: "X-A")) { try response.set("X-A", fitting + "a") }
    }

    @Test("Tabs and bytes past ASCII are a value's right")
    func unusual() throws {
        var response = Response(status: 200)
        try response.set("X-A", "a\tb é")
        #expect(response.header("x-a") == "a\tb é")
    }

    @Test("A status that no web server passes on becomes 500", arguments: [-1, 0, 100, 199, 600, 99999])
    func status(status: Int) {
        #expect(Response(status: status).status == 500)
    }

    @Test("An answer that may have no body says nothing of its length", arguments: [204, 205, 304])
    func bodyless(status: Int) {
        let head = String(decoding: Response(status: status, body: [1]).head(), as: UTF8.self)
        #expect(!head.contains("Content-Length"))
    }

    @Test("A reply that is let go of answers 500, and only once")
    func dropped() {
        final class Sent: Sendable {
            let list = TestServerLog()
        }
        let sent = Sent()
        Reply { sent.list.add($0.status) }.send(Response(status: 204))
        #expect(sent.list.all == [204])
        _ = Reply { sent.list.add($0.status) }
        #expect(sent.list.all == [204, 500])
    }
}
