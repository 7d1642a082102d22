import Glibc
import Testing

@testable import Gateway

@Suite("FastCGI: slow peers", .serialized)
struct SlowPeersTests {
    @Test("A hundred slow senders do not delay a fast one, and their threads end afterwards")
    func slowSenders() throws {
        let server = try TestServer()
        defer { server.stop() }
        let request = FastCGI.request(body: Array(repeating: 1, count: 100), keep: true)
        // Half of them stop within the parameters, half within the body.
        let slow = try (0..<100).map { index in
            let client = try server.connect()
            client.send(Array(request.prefix(index % 2 == 0 ? 40 : request.count - 20)))
            return client
        }
        #expect(eventually { server.server.threads.waiting == 100 })
        let fast = try server.connect()
        for _ in 0..<20 {
            fast.send(FastCGI.request(body: Array("hello".utf8), keep: true))
            #expect(fast.receive().text == "5 of 5")
        }
        #expect(server.server.threads.total <= 102)
        for (index, client) in slow.enumerated() {
            client.send(Array(request.dropFirst(index % 2 == 0 ? 40 : request.count - 20)))
            #expect(client.receive().text == "100 of 100")
        }
        #expect(eventually { server.server.threads.total <= 4 })
    }

    @Test("Idle connections hold no thread")
    func idle() throws {
        let server = try TestServer()
        defer { server.stop() }
        let clients = try (0..<300).map { _ in try server.connect() }
        for client in clients.prefix(150) {
            client.send(FastCGI.request(keep: true))
            #expect(client.receive().status == 200)
        }
        #expect(server.server.threads.waiting == 0)
        #expect(server.server.threads.total <= 4)
        for client in clients {
            client.send(FastCGI.request(keep: true))
            #expect(client.receive().status == 200)
        }
    }

    @Test("A body that does not arrive in time is answered 408")
    func overdueBody() throws {
        let server = try TestServer { $0.transferTime = .milliseconds(60) }
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request(body: Array(repeating: 1, count: 100)).dropLast(30))
        #expect(client.receive().status == 408)
        #expect(client.isClosed())
        #expect(server.record.bodies.isEmpty)
    }

    @Test("Parameters that do not arrive in time close the connection; an idle one may stay")
    func overdueHead() throws {
        let server = try TestServer { $0.transferTime = .milliseconds(60) }
        defer { server.stop() }
        let idle = try server.connect()
        let client = try server.connect()
        client.send(Array(FastCGI.request().prefix(30)))
        #expect(client.isClosed())
        #expect(server.events.all == [.overdue])
        idle.send(FastCGI.request())
        #expect(idle.receive().status == 200)
    }

    @Test("A peer that does not take its large answer holds up nobody, and loses it in time")
    func slowReader() throws {
        let server = try TestServer { $0.transferTime = .milliseconds(300) }
        defer { server.stop() }
        let slow = try (0..<10).map { _ in
            let client = try server.connect()
            client.send(FastCGI.request("/large"))
            return client
        }
        #expect(eventually { server.server.threads.waiting == 10 })
        #expect(try server.answer(to: FastCGI.request()).status == 200)
        #expect(eventually { server.server.threads.waiting == 0 })
        for client in slow { #expect(!client.receive().isEnded) }
        let whole = try server.answer(to: FastCGI.request("/large"))
        #expect(whole.body.count == 3 << 20)
        #expect(whole.isEnded)
    }

    @Test("A peer that sends requests and takes no answers holds up nobody")
    func neverReads() throws {
        let server = try TestServer { $0.transferTime = .milliseconds(300) }
        defer { server.stop() }
        let client = try server.connect()
        let request = FastCGI.request(keep: true)
        // Until the answers fill the buffer and the server has given up.
        var count = 0
        while count < 5000, client.send(request) { count += 1 }
        #expect(try server.answer(to: FastCGI.request()).status == 200)
        #expect(eventually { server.server.threads.waiting == 0 })
    }

    @Test("When all threads wait for slow senders, a further one is turned away and a fast one served")
    func exhausted() throws {
        let server = try TestServer { $0.maximumThreads = 5 }
        defer { server.stop() }
        let request = FastCGI.request(body: Array(repeating: 1, count: 100))
        let slow = try (0..<4).map { _ in
            let client = try server.connect()
            client.send(request.dropLast(20))
            return client
        }
        #expect(eventually { server.server.threads.waiting == 4 })
        let further = try server.connect()
        further.send(request.dropLast(20))
        #expect(further.receive().status == 503)
        let partial = try server.connect()
        partial.send(Array(request.prefix(20)))
        #expect(partial.isClosed())
        #expect(server.events.all == [.exhausted(threads: 5), .exhausted(threads: 5)])
        #expect(try server.answer(to: FastCGI.request()).status == 200)
        for client in slow {
            client.send(request.suffix(20))
            #expect(client.receive().status == 200)
        }
    }
}
