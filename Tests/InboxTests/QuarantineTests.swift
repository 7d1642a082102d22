import Foundation
import Inbox
import Storage
import Testing
import Values

extension RefusedRequest {
    /// A refused request of which a test states only what matters to it.
    static func make(
        _ reason: String = "header X-Signature is missing", location: String = "shop", received: Int64 = 1_000,
        peer: String = "192.0.2.1", headers: [HeaderField] = [HeaderField("X-Signature", "sha256=00")],
        body: [UInt8] = Array("{}".utf8)
    ) -> RefusedRequest {
        var random = SystemRandomNumberGenerator()
        return RefusedRequest(
            id: EventID(milliseconds: received, random: &random), location: location, received: received, status: 401,
            reason: reason, peer: peer, method: "POST", uri: "/hooks/shop?a=%20", headers: headers, body: body,
            bodySize: body.count, isWhole: true)
    }
}

@Suite("The quarantine")
struct QuarantineTests {
    let connection: Connection
    let quarantine = Quarantine()

    init() throws {
        connection = try Connection(.memory)
        try connection.prepare(workspace: nil, schemas: [Quarantine.schema])
    }

    private func keep(_ request: RefusedRequest, maximum: Int = 10, settings: String = "{}") throws {
        try connection.transaction { try quarantine.keep(request, maximum: maximum, settings: settings, on: connection) }
    }

    private func reasons(_ location: String? = nil) throws -> [String] {
        try quarantine.list(location: location, limit: .max, on: connection).map(\.reason)
    }

    @Test("gives a request back as it was")
    func whole() throws {
        let request = RefusedRequest.make(
            headers: [HeaderField("X-Bytes", Text(bytes: [0xff, 0, 0x0a])), HeaderField("X-Twice", "1"), HeaderField("X-Twice", "")],
            body: [0, 1, 0xff])
        try keep(request)
        #expect(try quarantine.request(request.id, on: connection) == request)
        #expect(try quarantine.request(RefusedRequest.make().id, on: connection) == nil)
    }

    @Test("keeps so many of a location, and the oldest go first")
    func oldest() throws {
        for number in 0..<7 { try keep(.make("\(number)"), maximum: 3) }
        try keep(.make("other", location: "other"), maximum: 1)
        #expect(try reasons("shop") == ["6", "5", "4"] && reasons() == ["other", "6", "5", "4"])
        // One that is to keep fewer keeps fewer from the next on.
        try keep(.make("7"), maximum: 1)
        #expect(try reasons("shop") == ["7"])
    }

    @Test("erases of a location what it no longer keeps, and of others nothing")
    func trimmed() throws {
        for number in 0..<5 { try keep(.make("\(number)")) }
        try keep(.make("other", location: "other"))
        #expect(try !quarantine.hasSurplus("shop", maximum: 5, on: connection) && quarantine.hasSurplus("shop", maximum: 4, on: connection))
        try connection.transaction { try quarantine.trim("shop", maximum: 2, on: connection) }
        #expect(try reasons() == ["other", "4", "3"] && quarantine.locations(on: connection).count == 2)
        try connection.transaction { try quarantine.trim("shop", maximum: 0, on: connection) }
        #expect(try reasons() == ["other"] && quarantine.locations(on: connection).map(\.name) == ["other"])
    }

    @Test("does not let one peer drive out what others sent")
    func loudPeer() throws {
        try keep(.make("a sender's mistake", peer: "198.51.100.7"), maximum: 4)
        for number in 0..<100 { try keep(.make("\(number)", peer: "192.0.2.1"), maximum: 4) }
        #expect(try reasons() == ["99", "98", "97", "a sender's mistake"])
        try keep(.make("another's", peer: "203.0.113.9"), maximum: 4)
        #expect(try reasons() == ["another's", "99", "98", "a sender's mistake"])
        // Where nobody has more than half, the oldest goes.
        try keep(.make("a third", peer: "203.0.113.10"), maximum: 4)
        #expect(try reasons() == ["a third", "another's", "99", "98"])
    }

    @Test("keeps so many bytes of a location, whatever their number")
    func bytes() throws {
        let body = [UInt8](repeating: 0x61, count: RefusedRequest.maximumBody)
        for number in 0..<40 { try keep(.make("\(number)", body: body), maximum: 1_000) }
        let kept = try reasons()
        #expect(kept.count == 31 && kept.first == "39", "8 MB of 256 KB each, and what is beside them: \(kept.count)")
        // One location's part is its own.
        try keep(.make("other", location: "other"))
        #expect(try reasons("shop").count == 31)
    }

    @Test("keeps so many bytes of all locations together")
    func total() throws {
        let body = [UInt8](repeating: 0x61, count: RefusedRequest.maximumBody)
        for location in 0..<8 {
            for number in 0..<31 { try keep(.make("\(number)", location: "\(location)", body: body), maximum: 1_000) }
        }
        let kept = try quarantine.list(location: nil, limit: .max, on: connection)
        #expect(kept.count * RefusedRequest.maximumBody <= Int(Quarantine.maximum) && kept.first?.location == "7")
        #expect(!kept.contains { $0.location == "0" } && kept.contains { $0.location == "2" })
    }

    @Test("keeps of what is too large a part, and says so")
    func bounded() throws {
        let large = RefusedRequest.make(
            headers: [HeaderField("X-Long", Text(String(repeating: "h", count: 20_000))), HeaderField("X-Signature", "1")],
            body: [UInt8](repeating: 0x61, count: RefusedRequest.maximumBody + 1))
        try keep(large)
        let kept = try #require(try quarantine.request(large.id, on: connection))
        #expect(!kept.isWhole && kept.body.count == 4096 && kept.bodySize == RefusedRequest.maximumBody + 1)
        #expect(kept.headers == [HeaderField("X-Signature", "1")])
        let many = RefusedRequest.make(
            headers: (0..<100).map { HeaderField(Text("X-\($0)"), Text(String(repeating: "h", count: 1_000))) })
        #expect(many.bounded.headers.count < 66 && !many.bounded.isWhole)
        let small = RefusedRequest.make(body: [UInt8](repeating: 0x61, count: RefusedRequest.maximumBody))
        #expect(small.bounded == small)
    }

    @Test("tells when a location's requests come faster than they are kept")
    func crowd() throws {
        for number in 0..<20 { try keep(.make("\(number)", received: 5_000 + Int64(number)), maximum: 100) }
        #expect(try quarantine.isCrowded("shop", at: 5_500, on: connection))
        #expect(try !quarantine.isCrowded("shop", at: 6_001, on: connection) && !quarantine.isCrowded("other", at: 5_500, on: connection))
    }

    @Test("knows the settings of the locations, and since when they are so")
    func settings() throws {
        try keep(.make(received: 1_000), settings: "a")
        try keep(.make(received: 2_000), settings: "a")
        try keep(.make(location: "other", received: 3_000), settings: "c")
        let known = try quarantine.locations(on: connection)
        #expect(known.map(\.name) == ["other", "shop"] && known.map(\.settings) == ["c", "a"] && known.map(\.updated) == [3_000, 1_000])
        try keep(.make(received: 4_000), settings: "b")
        #expect(try quarantine.locations(on: connection).last?.settings == "b" && quarantine.locations(on: connection).last?.updated == 4_000)
    }

    @Test("is a private file that is never synced and does not grow without end")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = Quarantine.path(beside: folder.path + "/events.sqlite")
        let connection = try Connection(.quarantine(path, wait: 0))
        try connection.prepare(workspace: nil, schemas: [Quarantine.schema])
        #expect(try connection.statement("PRAGMA synchronous").first { $0.integer(0) } == 0)
        #expect(try connection.statement("PRAGMA max_page_count").first { $0.integer(0) } == 16_384)
        let body = [UInt8](repeating: 0x61, count: RefusedRequest.maximumBody)
        for number in 0..<100 {
            try connection.transaction {
                try quarantine.keep(.make("\(number)", body: body), maximum: 1_000, settings: "{}", on: connection)
            }
        }
        for end in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path + end)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(end)")
            #expect(try #require(attributes[.size] as? Int) < 16 << 20, "\(end)")
        }
    }
}
