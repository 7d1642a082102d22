import Inbox
import Storage
import Testing
import Values

@Suite("Documents that senders publish")
struct DocumentTests {
    let bench: Bench
    private let address = "https://sender.example/keys"

    init() throws { bench = try Bench() }

    private func want(_ address: String, family: String? = nil, at now: Int64) throws -> FetchPromise {
        try bench.inbox.wantDocument(
            at: address, content: "jwks", family: family ?? address, location: "shop", at: now, on: bench.connection)
    }

    private func take(at now: Int64) throws -> String? {
        try bench.inbox.takeDueDocument(at: now, on: bench.connection)?.address
    }

    private func keep(_ result: FetchResult, at now: Int64) throws {
        try bench.inbox.keep(result, of: address, at: now, on: bench.connection)
    }

    private func due() throws -> Int64? { try bench.inbox.nextDocumentDue(on: bench.connection) }

    @Test("are fetched once for all who ask, by one process")
    func once() throws {
        let start: Int64 = 1_000_000
        for _ in 0..<3 { #expect(try want(address, at: start) == .underWay) }
        #expect(try due() == start)
        #expect(try take(at: start) == address)
        #expect(try take(at: start) == nil)
        #expect(try want(address, at: start + 1) == .underWay)
        // Its process has died.
        #expect(try due() == start + 30_000)
        #expect(try take(at: start + 30_000) == address)
    }

    @Test("count until they expire, and are fetched again before")
    func renewal() throws {
        let start: Int64 = 1_000_000
        _ = try want(address, at: start)
        _ = try take(at: start)
        try keep(.document([1, 2], lifetime: 400_000), at: start)
        let kept = try #require(try bench.inbox.document(at: address, on: bench.connection))
        #expect(kept.bytes == [1, 2] && kept.location == "shop" && kept.content == "jwks")
        #expect(kept.fetched == start && kept.expires == start + 400_000 && kept.due == start + 300_000)
        #expect(try take(at: start + 299_999) == nil)
        #expect(try take(at: start + 300_000) == address)
        // What cannot be renewed now is tried again each minute, and is kept as long as it counts.
        try keep(.failed, at: start + 300_000)
        #expect(try due() == start + 360_000)
        #expect(try bench.inbox.document(at: address, on: bench.connection)?.bytes == [1, 2])
        _ = try take(at: start + 360_000)
        try keep(.document([3], lifetime: 400_000), at: start + 360_000)
        #expect(try bench.inbox.document(at: address, on: bench.connection)?.bytes == [3])
    }

    @Test("are fetched once a minute at most, whoever asks how often")
    func storm() throws {
        let start: Int64 = 1_000_000
        _ = try want(address, at: start)
        _ = try take(at: start)
        try keep(.document([1], lifetime: 4_000_000), at: start)
        for moment in stride(from: start, to: start + 60_000, by: 500) {
            #expect(try want(address, at: moment) == .tooSoon)
            #expect(try take(at: moment) == nil)
        }
        #expect(try want(address, at: start + 60_000) == .underWay)
        #expect(try take(at: start + 60_000) == address)
    }

    @Test("of one family are asked for by a minute's requests a few times only, however many they name")
    func family() throws {
        var promises: [FetchPromise] = []
        for number in 0..<100 {
            promises.append(try want("https://a.example/\(number)", family: "https://a.example/", at: 1_000_000))
        }
        #expect(promises.count { $0 == .underWay } == 6 && promises.count { $0 == .tooMany } == 94)
        #expect(try want(address, at: 1_000_000) == .underWay)
        #expect(try want("https://a.example/x", family: "https://a.example/", at: 1_060_000) == .underWay)
    }

    @Test("that could not be fetched are tried again for ten minutes; those that are not there are not")
    func failures() throws {
        let start: Int64 = 10_000_000
        _ = try want(address, at: start)
        var now = start
        var attempts = 0
        while let moment = try due() {
            now = max(now, moment)
            _ = try take(at: now)
            try keep(.failed, at: now)
            attempts += 1
        }
        #expect(attempts == 11 && now == start + 600_000)
        #expect(try want(address, at: now + 60_000) == .underWay)
        _ = try take(at: now + 60_000)
        try keep(.absent, at: now + 60_000)
        #expect(try due() == nil)
        #expect(try want(address, at: now + 61_000) == .tooSoon)
    }

    @Test("that nobody asks for any more are forgotten")
    func forgotten() throws {
        let start: Int64 = 10_000_000
        _ = try want(address, at: start)
        _ = try take(at: start)
        try keep(.absent, at: start)
        _ = try take(at: start + 3_600_001)
        #expect(try bench.count("postern_document") == 0)
    }
}
