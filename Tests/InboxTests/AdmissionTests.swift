import Inbox
import Storage
import Testing

@Suite("A delivery")
struct AdmissionTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    @Test("without a key is always a new event")
    func withoutKey() throws {
        let first = try bench.admit(.make())
        let second = try bench.admit(.make())
        #expect(first.isNew && second.isNew)
        #expect(first.id != second.id)
        #expect(try bench.count("postern_key_fresh") == 0)
    }

    @Test("of an event that was answered 2xx is a duplicate and gets that answer, byte for byte", arguments: [200, 201, 204, 299])
    func duplicate(status: Int) throws {
        let answer = StoredAnswer.make(status, Array(0...255))
        let first = try #require(try bench.admit(.make(key: "a")).attempt)
        #expect(first.number == 1)
        #expect(try bench.settle(first, .done(answer: answer)))
        let second = try #require(try bench.admit(.make(key: "a")).duplicate)
        #expect(second.id == first.id)
        #expect(second.state == .done)
        #expect(second.answer == answer)
        #expect(try bench.count("postern_event") == 1)
    }

    @Test("of an event that was answered otherwise runs again, in the same row", arguments: [199, 302, 400, 500, 503])
    func again(status: Int) throws {
        let first = try #require(try bench.admit(.make(key: "a")).attempt)
        try bench.settle(first, .failed(answer: .make(status), error: "no"))
        let redelivery = try bench.admit(.make(key: "a", received: 5_000, body: Array("new".utf8)))
        #expect(redelivery.isAgain)
        let second = try #require(redelivery.attempt)
        #expect(second.id == first.id)
        #expect(second.sequence == first.sequence)
        #expect(second.number == 2)
        let running = try #require(try bench.detail(first.id))
        #expect(running.summary.state == .running)
        #expect(running.summary.error == nil)
        #expect(running.answer == nil)
        #expect(running.request?.body == Array("new".utf8))
        #expect(running.summary.received == 1_000)
        try bench.settle(second, .done(answer: .make(200)))
        #expect(try bench.admit(.make(key: "a")).duplicate?.answer == .make(200))
        #expect(try bench.count("postern_event") == 1)
    }

    @Test("is another event in another location, of another kind, or with another value")
    func keyParts() throws {
        let arrivals = [
            Arrival.make(key: "a"), .make(key: "a", location: "forum"), .make(key: "a", kind: "body"), .make(key: "b"),
            .make(key: ""), .make(key: "er:X-Ida", kind: "head"), .make(key: "a", kind: "", location: "shopheader:X-Id"),
        ]
        for arrival in arrivals {
            let admission = try bench.admit(arrival)
            #expect(admission.isNew)
            try bench.settle(try #require(admission.attempt), .done(answer: .make(200)))
        }
        for arrival in arrivals { #expect(try bench.admit(arrival).duplicate != nil) }
    }

    @Test("of a queued event gets the answer given on arrival, whatever becomes of the event")
    func queued() throws {
        let accepted = StoredAnswer.make(202, [])
        let first = try bench.admit(.make(key: "a"), .queued(answer: accepted))
        #expect(first.attempt?.number == 0)
        #expect(try bench.admit(.make(key: "a"), .queued(answer: accepted)).duplicate?.answer == accepted)
        let claimed = try #require(try bench.claim())
        #expect(try bench.admit(.make(key: "a"), .queued(answer: accepted)).duplicate?.state == .running)
        try bench.settle(claimed.attempt, .dead(error: "no"), claimed: true)
        let last = try #require(try bench.admit(.make(key: "a"), .queued(answer: accepted)).duplicate)
        #expect(last.state == .dead)
        #expect(last.answer == accepted)
    }

    @Test("whose transaction is undone leaves nothing, and comes as a new event the next time")
    func undone() throws {
        struct Stop: Error {}
        let arrival = Arrival.make(key: "a")
        #expect(throws: Stop.self) {
            try bench.connection.transaction {
                _ = try bench.inbox.admit(arrival, .here, on: bench.connection)
                throw Stop()
            }
        }
        for table in ["postern_event", "postern_request", "postern_key_fresh"] { #expect(try bench.count(table) == 0) }
        #expect(try bench.admit(arrival).isNew)
    }

    @Test("is kept with all that it brought")
    func detail() throws {
        let arrival = Arrival.make(key: "a\u{0}b", body: Array(repeating: 0xfe, count: 70_000))
        let attempt = try #require(try bench.admit(arrival).attempt)
        try bench.settle(attempt, .failed(answer: .make(500, []), error: "division by zero"), at: 3_000)
        let detail = try #require(try bench.detail(arrival.id))
        #expect(detail.request == arrival.request)
        #expect(detail.key == arrival.key)
        #expect(detail.secret == "line 1 of file:/s (0a1b2c3d)")
        #expect(detail.answer == .make(500, []))
        #expect(detail.summary.location == "shop")
        #expect(detail.summary.sender == "github")
        #expect(detail.summary.received == 1_000)
        #expect(detail.summary.finished == 3_000)
        #expect(detail.summary.state == .failed)
        #expect(detail.summary.attempts == 1)
        #expect(detail.summary.status == 500)
        #expect(detail.summary.error == "division by zero")
    }
}
