import Inbox
import Storage
import Testing

@Suite("The queue")
struct QueueTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func enqueue(_ key: String, location: String = "shop") throws -> EventID {
        try bench.admit(.make(key: key, location: location), .queued(answer: .make(202))).id
    }

    @Test("gives events in the order of their arrival, each once, with what they brought")
    func order() throws {
        let ids = try (0..<5).map { try enqueue("\($0)") }
        #expect(try bench.inbox.nextDue(on: bench.connection) == 0)
        var claimed: [EventID] = []
        while let event = try bench.claim() {
            #expect(event.attempt.number == 1)
            #expect(!event.wasInterrupted)
            #expect(event.request == .make())
            #expect(event.location == "shop")
            #expect(event.sender == "github")
            #expect(event.received == 1_000)
            claimed.append(event.attempt.id)
        }
        #expect(claimed == ids)
        #expect(try bench.inbox.nextDue(on: bench.connection) == nil)
        #expect(try bench.count("postern_claim") == 5)
    }

    @Test("holds back a failed event until it is due, and no other")
    func backoff() throws {
        let first = try enqueue("1")
        let second = try enqueue("2")
        let failed = try #require(try bench.claim(at: 1_000))
        #expect(failed.attempt.id == first)
        try bench.settle(failed.attempt, .retry(due: 60_000, error: "host is away"), claimed: true)
        #expect(try bench.detail(first)?.summary.state == .queued)
        #expect(try bench.detail(first)?.summary.error == "host is away")
        #expect(try bench.detail(first)?.answer == .make(202))
        #expect(try bench.claim(at: 2_000)?.attempt.id == second)
        #expect(try bench.claim(at: 59_999) == nil)
        #expect(try bench.inbox.nextDue(on: bench.connection) == 60_000)
        let third = try enqueue("3")
        // Once due, it comes before what arrived later.
        let retried = try #require(try bench.claim(at: 60_000))
        #expect(retried.attempt.id == first)
        #expect(retried.attempt.number == 2)
        #expect(try bench.claim(at: 60_000)?.attempt.id == third)
        try bench.settle(retried.attempt, .done(answer: nil), claimed: true)
        #expect(try bench.detail(first)?.summary.state == .done)
        #expect(try bench.detail(first)?.answer == .make(202))
        #expect(try bench.detail(first)?.summary.error == nil)
    }

    @Test("takes back what outlived its time, and a late end of that attempt changes nothing")
    func lease() throws {
        let id = try enqueue("1")
        let lost = try #require(try bench.claim(at: 1_000, until: 5_000))
        let recover = { (now: Int64) in
            try bench.connection.transaction { try bench.inbox.recover(at: now, on: bench.connection) }
        }
        #expect(try recover(4_999) == 0)
        #expect(try recover(5_000) == 1)
        let again = try #require(try bench.claim(at: 5_000))
        #expect(again.attempt.id == id)
        #expect(again.attempt.number == 2)
        #expect(again.wasInterrupted)
        #expect(try !bench.settle(lost.attempt, .done(answer: nil), claimed: true))
        #expect(try bench.count("postern_claim") == 1)
        #expect(try bench.settle(again.attempt, .failed(answer: nil, error: "no"), claimed: true))
        #expect(try bench.claim(at: .max) == nil)
    }

    @Test("finds the next event in the same number of steps, however many wait for their time")
    func manyInBackoff() throws {
        func steps() throws -> Int {
            _ = try enqueue("\(try bench.count("postern_event"))")
            var calls = 0
            bench.connection.setProgressHandler(every: 1) {
                calls += 1
                return false
            }
            defer { bench.connection.removeProgressHandler() }
            #expect(try bench.claim() != nil)
            return calls
        }
        let before = try steps()
        try bench.connection.execute(
            """
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)
            INSERT INTO postern_event (id, location, sender, received, state, attempts, due)
            SELECT printf('%026d', x), 'shop', 'github', x, 0, 1, 1000000 + x FROM n
            """)
        #expect(try steps() < before * 2)
    }

    @Test("tells a worker of this process when there is something, also before it waits")
    func workSignal() {
        let signal = WorkSignal()
        #expect(!signal.wait(atMost: 0))
        signal.signal()
        signal.signal()
        #expect(signal.wait(atMost: nil))
        #expect(!signal.wait(atMost: 1))
    }
}

@Suite("The waits between attempts")
struct RetryPolicyTests {
    /// Gives always the same bits.
    struct Fixed: RandomNumberGenerator {
        let bits: UInt64
        func next() -> UInt64 { bits }
    }

    @Test("are nine, three times as long each, over three days, with a fifth either way", arguments: [0.8, 1.2])
    func standard(factor: Double) {
        var random = Fixed(bits: factor < 1 ? 0 : .max)
        var waits: [Int64] = []
        var attempt = 1
        while let due = RetryPolicy.standard.nextDue(after: attempt, at: 1_000_000, random: &random) {
            waits.append(due - 1_000_000)
            attempt += 1
        }
        #expect(waits.count == 9)
        for (wait, next) in zip(waits, waits.dropFirst()) { #expect(abs(Double(next) / Double(wait) - 3) < 0.01) }
        let days = Double(waits.reduce(0, +)) / 86_400_000
        #expect(abs(days - 3 * factor) < 0.01)
    }

    @Test("end with the last attempt, whatever the policy says", arguments: [(1, 0), (0, 5), (2, 0), (1000, .max)] as [(Int, Int64)])
    func edges(attempts: Int, span: Int64) {
        var random = SystemRandomNumberGenerator()
        let policy = RetryPolicy(attempts: attempts, span: span)
        #expect(policy.nextDue(after: policy.attempts, at: 0, random: &random) == nil)
        for attempt in 1..<policy.attempts {
            let due = policy.nextDue(after: attempt, at: 0, random: &random) ?? -1
            #expect(due >= 1)
        }
    }
}
