import Testing

@testable import Gateway

@Suite("FastCGI: bodies")
struct FastCGIBodyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: Int
        var length: String?
        let status: Int
        let text: String
    }

    static let rows = [
        Row(testDescription: "none", body: 0, status: 200, text: "0 of 0"),
        Row(testDescription: "declared and whole", body: 500, status: 200, text: "500 of 500"),
        Row(testDescription: "as large as allowed", body: 100_000, status: 200, text: "100000 of 100000"),
        Row(testDescription: "of unknown length", body: 50_000, length: "", status: 200, text: "50000 of unknown"),
        Row(testDescription: "unknown, as large as allowed", body: 100_000, length: "", status: 200, text: "100000 of unknown"),
        Row(testDescription: "unknown, too large", body: 100_001, length: "", status: 413, text: "\(BodyFailure.tooLarge(maximum: 100_000))"),
        Row(testDescription: "declared too large", body: 100_001, status: 413, text: "\(BodyFailure.tooLarge(maximum: 100_000))"),
        Row(
            testDescription: "declared far too large, but short", body: 3, length: "999999999999999999", status: 413,
            text: "\(BodyFailure.tooLarge(maximum: 100_000))"),
        Row(
            testDescription: "shorter than declared", body: 99, length: "100", status: 400,
            text: "\(BodyFailure.shorterThanDeclared(declared: 100, received: 99))"),
        Row(
            testDescription: "declared, but nothing comes", body: 0, length: "100", status: 400,
            text: "\(BodyFailure.shorterThanDeclared(declared: 100, received: 0))"),
        Row(
            testDescription: "longer than declared", body: 101, length: "100", status: 400,
            text: "\(BodyFailure.longerThanDeclared(declared: 100))"),
        Row(
            testDescription: "much longer than declared", body: 90_000, length: "0", status: 400,
            text: "\(BodyFailure.longerThanDeclared(declared: 0))"),
        Row(testDescription: "of malformed length", body: 5, length: "+5", status: 400, text: "\(BodyFailure.malformedLength)"),
    ]

    @Test("A body is taken whole or refused, and the connection stays good either way", arguments: rows, [false, true])
    func bodies(row: Row, isSlow: Bool) throws {
        let server = try TestServer(TestApplication(maximum: 100_000))
        defer { server.stop() }
        let client = try server.connect()
        let body = (0..<row.body).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for _ in 0..<2 {
            let request = FastCGI.request(body: body, length: row.length, keep: true)
            client.send(request.dropLast(isSlow ? 5 : 0))
            if isSlow {
                #expect(eventually { server.server.threads.waiting == 1 })
                client.send(request.suffix(5))
            }
            let answer = client.receive()
            #expect(answer.isEnded)
            #expect(answer.status == row.status)
            #expect(answer.text == row.text)
        }
        #expect(server.server.threads.waiting == 0)
    }

    @Test("Every byte value arrives as it was sent, however the records are cut", arguments: [1, 7, 8, 255, 4096])
    func exact(size: Int) throws {
        let server = try TestServer()
        defer { server.stop() }
        let body = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let head = FastCGI.begin() + FastCGI.parameters([("CONTENT_LENGTH", "20000")], size: size)
        #expect(try server.answer(to: head + FastCGI.input(body, size: size)).status == 200)
        #expect(server.record.bodies == [body])
    }

    @Test("A body that breaks off is no body", arguments: ["100", ""])
    func brokenOff(length: String) throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request(body: Array(repeating: 1, count: 50), length: length).dropLast(8))
        client.endSending()
        #expect(client.receive().status == 400)
        #expect(server.record.bodies.isEmpty)
    }

    @Test("An abort, or any record that does not belong there, ends the body as broken", arguments: [UInt8(2), 4, 8, 77])
    func abort(type: UInt8) throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request(body: [1, 2, 3], length: "9").dropLast(8) + FastCGI.record(type, [0]))
        let answer = client.receive()
        #expect(answer.status == 400)
        #expect(answer.text == "\(BodyFailure.stream(code: -3))")
        #expect(client.isClosed())
        #expect(server.record.bodies.isEmpty)
    }

    @Test("Management records, however many names they repeat, end the body as broken", arguments: [false, true])
    func management(isSlow: Bool) throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        client.send(FastCGI.request(body: [1, 2, 3], length: "9").dropLast(8))
        if isSlow { #expect(eventually { server.server.threads.waiting == 1 }) }
        let values = (0..<40).flatMap { _ in FastCGI.pair("FCGI_MAX_CONNS", "") }
        client.send(FastCGI.record(9, id: 0, values) + FastCGI.input(Array(repeating: 1, count: 6)))
        #expect(client.receive().status == 400)
        #expect(try server.answer(to: FastCGI.request()).status == 200)
    }

    @Test("A request that is answered before its body is read has it thrown away")
    func early() throws {
        let server = try TestServer()
        defer { server.stop() }
        let client = try server.connect()
        for _ in 0..<2 {
            client.send(FastCGI.request("/early", body: Array(repeating: 1, count: 300_000), keep: true))
            #expect(client.receive().status == 401)
        }
        #expect(server.record.bodies.isEmpty)
    }

    @Test("Of a body without end no more is thrown away than the bound; the answer still arrives")
    func endless() throws {
        let server = try TestServer { $0.drain = 100_000 }
        defer { server.stop() }
        let client = try server.connect()
        let request = FastCGI.request("/early", body: Array(repeating: 1, count: 200_000), length: "900000000")
        client.send(request.dropLast(8))
        #expect(client.receive().status == 401)
        #expect(client.isClosed())
    }
}
