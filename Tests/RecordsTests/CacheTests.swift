import FunctionStack
import Storage
import Testing
import Values

@testable import Records

@Suite("The cache")
struct CacheTests {
    static let values: [Value] = [
        nil, true, false, 0, -5, .integer(.max), 1.5, "", "text", "a\u{0}b", .text(Text(bytes: [0xff, 0xfe])), [], [1, "a", nil],
        .object([:]), ["a": ["b": 1]],
    ]

    @Test("A value comes back as it was given", arguments: CacheTests.values)
    func value(value: Value) throws {
        let store = try TestStore(inMemory: true)
        try store.records.cache("k", value: value, seconds: nil)
        #expect(try store.records.cached("k") == value)
        #expect(try store.records.isCached("k"))
        #expect(try store.records.isCached("K") == false)
        try store.records.uncache("k")
        #expect(try store.records.isCached("k") == false)
        #expect(try store.records.cached("k") == .null)
    }

    @Test("What expires reads as missing from its last millisecond on")
    func expiry() throws {
        let store = try TestStore(inMemory: true)
        try store.records.cache("k", value: 1, seconds: 10)
        store.now += 9_999
        #expect(try store.records.cached("k") == 1)
        store.now += 1
        #expect(try store.records.cached("k") == .null)
        #expect(try store.records.isCached("k") == false)
        #expect(try store.records.cachedKeys(matching: "*") == [])
    }

    @Test("No time, or one beyond all clocks, is for ever", arguments: [nil, 0, -1, .max, Int64.max / 1_000])
    func forever(seconds: Int64?) throws {
        let store = try TestStore(inMemory: true)
        try store.records.cache("k", value: 1, seconds: seconds)
        store.now = .max - 1
        #expect(try store.records.cached("k") == 1)
    }

    @Test("Setting a key anew takes away the time of the old value")
    func overwrite() throws {
        let store = try TestStore(inMemory: true)
        try store.records.cache("k", value: 1, seconds: 10)
        try store.records.cache("k", value: 2, seconds: nil)
        store.now += 60_000
        #expect(try store.records.cached("k") == 2)
    }

    @Test("What has expired is removed a few rows at a time, by what is written")
    func pruning() throws {
        let store = try TestStore(inMemory: true)
        for index in 0..<10 { try store.records.cache(Text("old\(index)"), value: 1, seconds: 1) }
        try store.records.cache("stays", value: 1, seconds: nil)
        store.now += 2_000
        func rows() throws -> Int64? {
            try store.connection.statement("SELECT count(*) FROM postern_cache").first { $0.integer(0) }
        }
        try store.records.cache("new", value: 1, seconds: 60)
        #expect(try rows() == 8)
        for _ in 0..<2 { try store.records.cache("new", value: 1, seconds: 60) }
        #expect(try rows() == 2)
    }

    @Test("Counting starts at zero, keeps the time at which the key expires, and ends at 64 bits")
    func counting() throws {
        let store = try TestStore(inMemory: true)
        #expect(try store.records.count("n", by: 5) == 5)
        #expect(try store.records.count("n", by: -7) == -2)
        try store.records.cache("t", value: "41", seconds: 10)
        #expect(try store.records.count("t", by: 1) == 42)
        store.now += 10_000
        #expect(try store.records.count("t", by: 1) == 1)
        try store.records.cache("n", value: .integer(.max), seconds: nil)
        #expect(throws: StackError.self) { try store.records.count("n", by: 1) }
        try store.records.cache("n", value: [1], seconds: nil)
        #expect(throws: StackError.self) { try store.records.count("n", by: 1) }
    }

    @Test("A changed value keeps its time; a result of null removes it")
    func change() throws {
        let store = try TestStore(inMemory: true)
        try store.records.changeCached("l") { old in
            #expect(old == .null)
            return ["a"]
        }
        #expect(try store.records.cached("l") == ["a"])
        try store.records.cache("l", value: ["a"], seconds: 10)
        try store.records.changeCached("l") { _ in ["a", "b"] }
        #expect(try store.records.cached("l") == ["a", "b"])
        store.now += 10_000
        #expect(try store.records.cached("l") == .null)
        try store.records.cache("l", value: 1, seconds: nil)
        try store.records.changeCached("l") { _ in nil }
        #expect(try store.records.isCached("l") == false)
    }

    @Test(
        "Keys are found by Redis's patterns",
        arguments: [
            ("*", ["a", "a*c", "abc", "b", "user:1", "user:22"]), ("user:*", ["user:1", "user:22"]), ("user:?", ["user:1"]),
            ("a\\*c", ["a*c"]), ("a*c", ["a*c", "abc"]), ("[ab]", ["a", "b"]), ("[^a]", ["b"]), ("[a-b]*c", ["a*c", "abc"]),
            ("", []), ("ab", []), ("a%", []), ("*:[0-9]", ["user:1"]), ("[", []),
        ] as [(Text, [Text])])
    func keys(pattern: Text, keys: [Text]) throws {
        let store = try TestStore(inMemory: true)
        for key in ["user:1", "user:22", "a", "abc", "a*c", "b"] as [Text] {
            try store.records.cache(key, value: 1, seconds: nil)
        }
        #expect(try store.records.cachedKeys(matching: pattern) == keys)
    }

    @Test("A key may be any bytes", arguments: [Text(bytes: [0, 0xff]), "'; DROP TABLE postern_cache; --", ""])
    func anyKey(key: Text) throws {
        let store = try TestStore(inMemory: true)
        try store.records.cache(key, value: 7, seconds: nil)
        #expect(try store.records.cached(key) == 7)
        #expect(try store.records.cachedKeys(matching: "*") == [key])
    }

    // MARK: Rate limits

    @Test("So many uses are allowed in a window, which begins with its first use")
    func rate() throws {
        let store = try TestStore(inMemory: true)
        func use() throws -> (Bool, Int64) { try store.records.withinRate("k", maximum: 2, seconds: 60) }
        #expect(try use() == (true, 1))
        store.now += 30_000
        #expect(try use() == (true, 2))
        #expect(try use() == (false, 3))
        store.now += 29_999
        #expect(try use() == (false, 4))
        store.now += 1
        #expect(try use() == (true, 1))
        #expect(try store.records.withinRate("other", maximum: 0, seconds: 60).allowed == false)
    }

    @Test("A use counts also if the run is undone, or a transaction in it")
    func kept() throws {
        let store = try TestStore(inMemory: true)
        let records = store.records
        #expect(throws: ChangeTests.Stop.self) {
            try store.connection.transaction {
                _ = try records.withinRate("k", maximum: 9, seconds: 60)
                _ = try records.withinRate("k", maximum: 9, seconds: 60)
                try records.cache("c", value: 1, seconds: nil)
                throw ChangeTests.Stop()
            }
        }
        try records.keepRateUses()
        #expect(try store.records.withinRate("k", maximum: 9, seconds: 60).count == 3)
        #expect(try store.records.isCached("c") == false)
        try store.connection.transaction { () throws in
            let records = store.records
            #expect(throws: ChangeTests.Stop.self) {
                try records.transaction { _ in
                    _ = try records.withinRate("k", maximum: 9, seconds: 60)
                    throw ChangeTests.Stop()
                }
            }
            #expect(try records.withinRate("k", maximum: 9, seconds: 60).count == 5)
        }
    }

    @Test("Windows that have ended are removed a few rows at a time")
    func ratePruning() throws {
        let store = try TestStore(inMemory: true)
        for index in 0..<6 { _ = try store.records.withinRate(Text("k\(index)"), maximum: 1, seconds: 1) }
        store.now += 5_000
        for _ in 0..<2 { _ = try store.records.withinRate("x", maximum: 1, seconds: 1) }
        let rows = try store.connection.statement("SELECT count(*) FROM postern_rate").first { $0.integer(0) }
        #expect(rows == 1)
    }
}
