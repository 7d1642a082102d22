@testable import Inbox
import Storage
import Testing
import Values

@Suite("The index of dedupe keys")
struct KeyIndexTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func admitDone(_ key: String) throws -> Admission {
        let admission = try bench.admit(.make(key: key))
        if let attempt = admission.attempt { try bench.settle(attempt, .done(answer: .make(200))) }
        return admission
    }

    @Test("keeps apart keys that share their eight bytes, in either level", arguments: ["fresh", "settled"])
    func collisions(level: String) throws {
        let key = DedupeKey(kind: "header:X-Id", value: Array("late".utf8))
        let fingerprint = key.fingerprint(location: "shop")
        // Three events of other keys stand where this key, and the two numbers after it, belong.
        var others: [EventID] = []
        for number in 0..<3 as Range<Int64> {
            let attempt = try #require(try admitDone("other \(number)").attempt)
            others.append(attempt.id)
            try bench.connection.execute(
                """
                DELETE FROM postern_key_fresh WHERE event = \(attempt.sequence);
                INSERT INTO postern_key_\(level) VALUES (\(fingerprint &+ number), \(attempt.sequence))
                """)
        }
        let first = try admitDone("late")
        #expect(first.isNew)
        let second = try admitDone("late")
        #expect(second.duplicate?.id == first.id)
        #expect(!others.contains(second.id))
    }

    @Test("finds every key again, wherever it has been moved, and holds each once")
    func levels() throws {
        let count = 20_000
        try bench.connection.transaction {
            for number in 0..<count {
                let admission = try bench.inbox.admit(.make(key: "\(number)"), .here, on: bench.connection)
                _ = try bench.inbox.settle(
                    try #require(admission.attempt), .done(answer: .make(200)), isClaimed: false, at: 1,
                    on: bench.connection)
            }
        }
        let fresh = try bench.count("postern_key_fresh")
        let settled = try bench.count("postern_key_settled")
        #expect(fresh + settled == Int64(count))
        // A full round moves all ranges: 256 × 64 events. Half of what came since then is still fresh.
        #expect(settled > 9_000)
        #expect(fresh < 11_000)
        for number in stride(from: 0, to: count, by: 97) {
            #expect(try bench.admit(.make(key: "\(number)")).duplicate != nil)
        }
    }

    @Test("splits all numbers into ranges without a gap or an overlap")
    func ranges() throws {
        // One fingerprint at either end of each range, and at both ends of all.
        let width = UInt64.max / 256 + 1
        for range in 0..<256 as Range<UInt64> {
            for edge in [range &* width, range &* width &+ (width - 1)] {
                let fingerprint = Int64(bitPattern: edge ^ (1 << 63))
                try bench.connection.execute("INSERT INTO postern_key_fresh VALUES (\(fingerprint), 0)")
            }
        }
        #expect(try bench.count("postern_key_fresh") == 512)
        for range in 0..<256 as Range<Int64> {
            try KeyIndex.move(range, on: bench.connection)
            #expect(try bench.count("postern_key_settled") == 2 * (range + 1))
        }
        #expect(try bench.count("postern_key_fresh") == 0)
    }

    @Test("hashes as SipHash-2-4 does")
    func sipHash() {
        // From the paper's appendix A: the key's bytes are 0 to 15, the message's 0 to 14.
        var hash = SipHash()
        hash.addRaw(Array(0..<15).span)
        #expect(hash.finish() == 0xa129_ca61_49be_45e5)
        // The first of the reference implementation's vectors: no bytes at all.
        var empty = SipHash()
        #expect(empty.finish() == 0x726f_db47_dd0e_0e31)
    }

    @Test("costs as much for each event with 120,000 stored as with 10,000, in steps of SQLite and in pages written")
    func growth() throws {
        let small = try cost(stored: 10_000)
        let large = try cost(stored: 120_000)
        #expect(large.steps < small.steps * 1.1, "\(small) \(large)")
        #expect(large.pages < small.pages * 1.2, "\(small) \(large)")
    }

    /// Fills a database as it is after so many events: of each range of fingerprints, those that came since it was
    /// last moved are fresh.
    private func fill(_ bench: Bench, _ count: Int) throws {
        try bench.connection.transaction {
            try bench.connection.execute(
                """
                WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < \(count))
                INSERT INTO postern_event (id, location, sender, received, state, attempts, key_kind, key_value)
                SELECT printf('%026d', x), 'shop', 'github', x, 2, 1, 'header:X-Id', printf('%032d', x) FROM n;
                INSERT INTO postern_key_fresh SELECT random(), sequence FROM postern_event
                WHERE sequence > \(count) - 8192;
                INSERT INTO postern_key_settled SELECT random() AS fingerprint, sequence FROM postern_event
                WHERE sequence <= \(count) - 8192 ORDER BY fingerprint
                """)
        }
    }

    /// Steps of SQLite and pages written for each of 2,000 events, 20 a transaction.
    private func cost(stored: Int) throws -> (steps: Double, pages: Double) {
        let folder = try TemporaryFolder()
        var options = Connection.Options(.file(folder.file()), .create)
        options.durability = .commit
        options.autocheckpoint = 0
        let bench = try Bench(options)
        try fill(bench, stored)
        let log = folder.file("events.sqlite-wal")
        let start = try folder.size(of: log)
        var calls = 0
        bench.connection.setProgressHandler(every: 10) {
            calls += 1
            return false
        }
        for batch in 0..<100 {
            try bench.connection.transaction {
                for number in 0..<20 {
                    let arrival = Arrival.make(key: "\(batch) \(number)")
                    let attempt = try bench.inbox.admit(arrival, .here, on: bench.connection).attempt
                    _ = try bench.inbox.settle(
                        try #require(attempt), .done(answer: .make(200)), isClaimed: false, at: 1,
                        on: bench.connection)
                }
            }
        }
        bench.connection.removeProgressHandler()
        let pages = try folder.size(of: log) - start
        return (Double(calls) / 200, Double(pages) / 4096 / 2000)
    }
}
