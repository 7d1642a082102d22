import Inbox
import Storage
import Testing
import Values

@Suite("Documents that senders publish")
struct DocumentTests {
    let bench: Bench
    private let address = "https://sender.example/keys"

    init() throws { bench = try Bench() }

    private func want(
        _ address: String, family: String? = nil, from network: String = "", at now: Int64
    ) throws -> FetchPromise {
        try bench.inbox.wantDocument(
            at: address, content: "jwks", family: family ?? address, location: "shop", network: network, at: now,
            on: bench.connection)
    }

    private func note(_ network: String, at now: Int64) throws {
        try bench.inbox.noteNetwork(network, of: "https://a.example/", at: now, on: bench.connection)
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

    /// What becomes of so many names of one family, each from the next of the networks.
    private func underWay(_ name: String, _ count: Int, from networks: [String], at now: Int64) throws -> Int {
        try (0..<count).count { number in
            try want(
                "https://a.example/\(name)-\(number)", family: "https://a.example/", from: networks[number % networks.count],
                at: now) == .underWay
        }
    }

    @Test("of one family are asked for by one network two times a minute only, so that another has its own")
    func share() throws {
        #expect(try underWay("forged", 100, from: ["192.0.2.0/24"], at: 1_000_000) == 2)
        #expect(try underWay("genuine", 1, from: ["198.51.100.0/24"], at: 1_000_000) == 1)
        #expect(try underWay("forged-again", 100, from: ["192.0.2.0/24"], at: 1_059_999) == 0)
        #expect(try underWay("forged-later", 100, from: ["192.0.2.0/24"], at: 1_060_000) == 2)
    }

    @Test("and that a network of verified requests asks for, no number of strangers can delay; nor can that be a storm")
    func trusted() throws {
        try note("198.51.100.0/24", at: 1_000_000)
        let strangers = (0..<200).map { "10.0.\($0).0/24" }
        #expect(try underWay("forged", 1_000, from: strangers, at: 1_000_000) == 6)
        #expect(try underWay("genuine", 1, from: ["198.51.100.0/24"], at: 1_000_000) == 1)
        // The sender's own neighbours have a bound as well.
        let known = (0..<20).map { "203.0.\($0).0/24" }
        for network in known { try note(network, at: 1_000_000) }
        #expect(try underWay("neighbour", 1_000, from: known, at: 1_000_000) == 5)
        // Those of another sender's are strangers.
        let other = try bench.inbox.wantDocument(
            at: "https://b.example/1", content: "jwks", family: "https://b.example/", location: "shop",
            network: "198.51.100.0/24", at: 1_000_000, on: bench.connection)
        #expect(other == .underWay)
        #expect(try bench.count("postern_document WHERE address = 'https://b.example/1' AND trusted = 1") == 0)
    }

    @Test("have networks that are remembered for ninety days, and not more than a thousand of a sender")
    func networks() throws {
        let day: Int64 = 86_400_000
        try note("198.51.100.0/24", at: 100 * day)
        #expect(try bench.inbox.isNetworkNoteDue("198.51.100.0/24", of: "https://a.example/", at: 101 * day - 1, on: bench.connection) == false)
        #expect(try bench.inbox.isNetworkNoteDue("198.51.100.0/24", of: "https://a.example/", at: 101 * day, on: bench.connection))
        let strangers = (0..<6).map { "10.0.\($0).0/24" }
        #expect(try underWay("forged", 6, from: strangers, at: 190 * day) == 6)
        #expect(try underWay("genuine", 1, from: ["198.51.100.0/24"], at: 190 * day) == 0)
        for number in 0..<1_100 { try note("2001:db8:\(number)::/48", at: 191 * day + Int64(number)) }
        #expect(try bench.count("postern_network") == 1_024)
        #expect(try underWay("other", 1, from: ["2001:db8:1099::/48"], at: 191 * day + 2_000) == 1)
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
