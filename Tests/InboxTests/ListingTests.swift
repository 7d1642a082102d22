import Inbox
import Storage
import Testing

@Suite("The list of events")
struct ListingTests {
    let bench: Bench

    init() throws {
        bench = try Bench()
        for number in 0..<10 {
            let location = number % 2 == 0 ? "even" : "odd"
            let attempt = try #require(try bench.admit(.make(key: "\(number)", location: location)).attempt)
            try bench.settle(
                attempt, number < 3 ? .failed(answer: .make(500), error: "no") : .done(answer: .make(200)))
        }
        _ = try bench.admit(.make(key: "q", location: "even"), .queued(answer: .make(202)))
        _ = try bench.claim()
        _ = try bench.admit(.make(key: "r", location: "odd"), .queued(answer: .make(202)))
    }

    private func sequences(_ filter: EventFilter, before: Int64? = nil, limit: Int = 100) throws -> [Int64] {
        try bench.inbox.list(filter, before: before, limit: limit, on: bench.connection).map(\.sequence)
    }

    @Test("gives the latest first, page after page")
    func pages() throws {
        var pages: [[Int64]] = []
        var before: Int64?
        while true {
            let page = try sequences(EventFilter(), before: before, limit: 5)
            if page.isEmpty { break }
            pages.append(page)
            before = page.last
        }
        #expect(pages == [[12, 11, 10, 9, 8], [7, 6, 5, 4, 3], [2, 1]])
    }

    @Test(
        "gives those of a state and a location",
        arguments: [
            (.failed, nil, [3, 2, 1]), (.done, "odd", [10, 8, 6, 4]), (.running, nil, [11]), (.queued, nil, [12]),
            (.dead, nil, []), (nil, "even", [11, 9, 7, 5, 3, 1]), (.queued, "even", []), (nil, "none", []),
        ] as [(EventState?, String?, [Int64])])
    func filters(state: EventState?, location: String?, expected: [Int64]) throws {
        #expect(try sequences(EventFilter(state: state, location: location)) == expected)
    }

    @Test("finds an event by its id, in any letter case, and no other")
    func find() throws {
        let first = try #require(try bench.inbox.list(EventFilter(), before: nil, limit: 1, on: bench.connection).first)
        let id = try #require(EventID(first.id.text.lowercased()))
        #expect(try bench.detail(id)?.summary == first)
        let other = try #require(EventID("00000000000000000000000000"))
        #expect(try bench.detail(other) == nil)
    }

    @Test("knows each state by its name")
    func names() {
        for state in EventState.allCases { #expect(EventState(name: state.name) == state) }
        #expect(EventState(name: "lost") == nil)
    }

    @Test("has ids that sort by time and are never the same")
    func ids() {
        var random = SystemRandomNumberGenerator()
        let ids = (0..<1000 as Range<Int64>).map { EventID(milliseconds: 1_700_000_000_000 + $0, random: &random).text }
        #expect(ids == ids.sorted())
        #expect(Set(ids.map { $0.dropFirst(10) }).count == 1000)
        #expect(ids.allSatisfy { EventID($0)?.text == $0 })
        #expect(EventID(milliseconds: 0, random: &random).text.hasPrefix("0000000000"))
        #expect(EventID(milliseconds: .max, random: &random).text.count == 26)
        for bad in ["", "0", ids[0] + "0", String(ids[0].dropLast()) + "U", String(ids[0].dropLast()) + "é"] {
            #expect(EventID(bad) == nil)
        }
    }
}

@Suite("The locations")
struct LocationTests {
    @Test("are kept as last saved, and written only when they change")
    func saves() throws {
        let bench = try Bench()
        let save = { (settings: String, now: Int64) in
            try bench.inbox.saveLocation("shop", settings: settings, at: now, on: bench.connection)
        }
        #expect(try bench.inbox.locationSettings("shop", on: bench.connection) == nil)
        try save("a", 1)
        try save("a", 2)
        let updated = { try bench.connection.statement("SELECT updated FROM postern_location").first { $0.integer(0) } }
        #expect(try updated() == 1)
        try save("b", 3)
        #expect(try updated() == 3)
        #expect(try bench.inbox.locationSettings("shop", on: bench.connection) == "b")
        try bench.inbox.saveLocation("forum", settings: "c", at: 4, on: bench.connection)
        let all = try bench.inbox.locations(on: bench.connection)
        #expect(all.map(\.name) == ["forum", "shop"])
        #expect(all.map(\.settings) == ["c", "b"])
    }
}
