import Glibc
import Testing

@testable import Gateway

@Suite("FastCGI: connections")
struct FastCGIServerTests {
    @Test("A connection that is to be kept serves one request after another, with any number")
    func keepAlive() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        for id in [1, 1, 77, 65535] {
            client.send(FastCGI.request(id: id, body: Array("hello".utf8), keep: true))
            #expect(client.receive().text == "5 of 5")
        }
        client.send(FastCGI.request(body: [], keep: false))
        #expect(client.receive().text == "0 of 0")
        #expect(client.isClosed())
    }

    @Test("A request that comes byte by byte is served as any other")
    func byteByByte() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        for byte in FastCGI.request(body: Array("hello".utf8), keep: true) { client.send([byte]) }
        #expect(client.receive().text == "5 of 5")
        client.send(FastCGI.request(keep: true))
        #expect(client.receive().text == "0 of 0")
    }

    @Test("Over TCP a request in pieces, a slow body and a large answer come through as well")
    func tcp() throws {
        let (socket, port) = try #require(listenOnFreePort("127.0.0.1"))
        let server = try TestServer(socket: socket)
        defer { server.stop() }
        let client = try FastCGIClient(port: port)
        for byte in FastCGI.request(body: Array("hello".utf8), keep: true) { client.send([byte]) }
        #expect(client.receive().text == "5 of 5")
        let request = FastCGI.request("/large", body: Array(repeating: 1, count: 100_000), keep: true)
        client.send(request.dropLast(100))
        #expect(eventually { server.server.threads.waiting == 1 })
        client.send(request.suffix(100))
        #expect(client.receive().body.count == 3 << 20)
    }

    @Test("HEAD is answered without a body, and with the length it would have")
    func head() throws {
        let server = try TestServer()
        defer { server.stop() }
        let answer = try server.answer(to: FastCGI.request(method: "HEAD"))
        #expect(answer.head.hasSuffix("\r\nContent-Length: 6"))
        #expect(answer.body.isEmpty)
    }

    @Test("Any role but the responder's is answered 500, without reading", arguments: [2, 3])
    func role(role: Int) throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        // An authorizer's request has no body, and its end never comes.
        client.send(FastCGI.begin(role: role, keep: true) + FastCGI.parameters([("REQUEST_METHOD", "GET")]))
        #expect(client.receive().status == 500)
        #expect(client.isClosed())
        #expect(server.events.all == [.wrongRole(role)])
        #expect(server.record.bodies.isEmpty)
    }

    @Test("A role that FastCGI does not know closes the connection", arguments: [0, 4, 65535])
    func unknownRole(role: Int) throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request(role: role))
        #expect(client.isClosed())
        #expect(try server.answer(to: FastCGI.request()).status == 200)
    }

    @Test("What is no request closes its connection, at once, and no other", arguments: RecordScanTests.foreign)
    func broken(what: String, bytes: [UInt8]) throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(bytes)
        #expect(client.isClosed(), "\(what)")
        #expect(try server.answer(to: FastCGI.request()).status == 200)
        #expect(server.events.all.count == 1)
    }

    @Test("A second request sent before the first is answered is refused by closing")
    func pipelined() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request(id: 1, keep: true) + FastCGI.request(id: 2, keep: true))
        #expect(client.receive().status == 200)
        #expect(client.isClosed())
    }

    @Test("A peer that goes away at any point leaves the server well")
    func goneAway() throws {
        let server = try TestServer()
        defer { server.stop() }
        let request = FastCGI.request("/large", body: Array("hello".utf8), keep: true)
        for count in stride(from: 0, through: request.count, by: 3) {
            try server.connect().send(Array(request.prefix(count)))
        }
        #expect(try server.answer(to: FastCGI.request()).status == 200)
        #expect(eventually { server.server.threads.waiting == 0 })
    }

    @Test("A reply that is dropped is answered 500")
    func dropped() throws {
        let server = try TestServer()
        defer { server.stop() }
        #expect(try server.answer(to: FastCGI.request("/drop")).status == 500)
    }

    @Test("Only the first answer counts")
    func twice() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request("/twice", keep: true))
        #expect(client.receive().text == "first")
        client.send(FastCGI.request(keep: true))
        #expect(client.receive().text == "0 of 0")
        #expect(server.record.bodies.count == 2)
    }

    @Test("Answers may come later, in any order, from another thread")
    func later() throws {
        let server = try TestServer()
        defer { server.stop() }
        let record = server.record
        let clients = try (0..<50).map { _ in try server.connect() }
        for client in clients { client.send(FastCGI.request("/keep", keep: true)) }
        #expect(eventually { record.keptCount == 50 })
        #expect(server.server.threads.waiting == 0)
        for (index, reply) in record.takeReplies().reversed().enumerated() {
            reply.send(Response(status: 200 + index % 2))
        }
        for client in clients {
            #expect([200, 201].contains(client.receive().status))
            client.send(FastCGI.request(keep: true))
            #expect(client.receive().text == "0 of 0")
        }
    }

    @Test("Requests from many threads at once are all answered")
    func many() async throws {
        let server = try TestServer()
        let path = server.path
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var count = 0
                    for round in 0..<200 {
                        let client = try FastCGIClient(path: path)
                        for _ in 0...(round % 3) {
                            client.send(FastCGI.request(body: Array("hello".utf8), keep: true))
                            if client.receive().text == "5 of 5" { count += 1 }
                        }
                    }
                    return count
                }
            }
            for try await count in group { #expect(count == 399) }
        }
        server.stop()
    }
}
