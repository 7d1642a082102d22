import Glibc
import Testing

@testable import Gateway

@Suite("FastCGI: stopping")
struct StoppingTests {
    @Test("What is under way is finished, idle connections are closed, and the socket is gone")
    func finishes() throws {
        let server = try TestServer()
        let (kept, arriving, idle) = (try server.connect(), try server.connect(), try server.connect())
        idle.send(FastCGI.request(keep: true))
        #expect(idle.receive().status == 200)
        kept.send(FastCGI.request("/keep", keep: true))
        #expect(eventually { server.record.keptCount == 1 })
        let request = FastCGI.request(body: Array(repeating: 1, count: 100), keep: true)
        arriving.send(request.dropLast(20))
        #expect(eventually { server.server.threads.waiting == 1 })
        server.server.stop()
        #expect(idle.isClosed())
        #expect(throws: SystemError.self) { try server.connect() }
        #expect(unsafe access(server.path, F_OK) != 0)
        #expect(!server.hasEnded)
        arriving.send(request.suffix(20))
        #expect(arriving.receive().text == "100 of 100")
        #expect(arriving.isClosed())
        for reply in server.record.takeReplies() { reply.send(Response(status: 202)) }
        #expect(kept.receive().status == 202)
        #expect(kept.isClosed())
        #expect(server.stop() == 0)
    }

    @Test("What does not end in time is left, and told")
    func bounded() throws {
        let server = try TestServer { $0.stopTime = .milliseconds(100) }
        let client = try server.connect()
        client.send(FastCGI.request("/keep"))
        #expect(eventually { server.record.keptCount == 1 })
        #expect(server.stop() == 1)
        // The late answer still finds its way.
        for reply in server.record.takeReplies() { reply.send(Response(status: 202)) }
        #expect(client.receive().status == 202)
    }

    @Test("A server that stops at once has served those who were already connected")
    func backlog() throws {
        for _ in 0..<20 {
            let server = try TestServer()
            let clients = try (0..<20).map { _ in try server.connect() }
            for client in clients { client.send(FastCGI.request()) }
            server.server.stop()
            for client in clients { #expect(client.receive().status == 200) }
            #expect(server.stop() == 0)
        }
    }
}
