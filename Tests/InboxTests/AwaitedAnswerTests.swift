import Storage
import Testing

@testable import Inbox

@Suite("An event whose request waits for its run")
struct AwaitedAnswerTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func begin(_ key: String = "1", _ beginning: Beginning = .claimed(until: .max)) throws -> Attempt {
        guard case .new(let attempt) = try bench.admit(.make(key: key), beginning) else {
            throw DatabaseError(.misuse, "it was there already")
        }
        return attempt
    }

    private func conclude(
        _ attempt: Attempt, _ result: RunResult, policy: RetryPolicy = RetryPolicy(attempts: 2, span: 1_000)
    ) throws -> Conclusion {
        try bench.connection.transaction {
            try bench.inbox.conclude(attempt, result, policy: policy, at: 2_000, on: bench.connection)
        }
    }

    private func accept(_ attempt: Attempt) throws -> Bool {
        try bench.connection.transaction {
            try bench.inbox.accept(attempt.sequence, answer: .make(202), on: bench.connection)
        }
    }

    private func standing(_ attempt: Attempt) throws -> Standing? {
        try bench.inbox.standing(of: attempt.sequence, on: bench.connection)
    }

    @Test("is held from its first row on, and not in the queue")
    func held() throws {
        let attempt = try begin()
        #expect(attempt.number == 1)
        #expect(try standing(attempt) == Standing(state: .running, isAwaited: true, answer: nil))
        #expect(try bench.claim() == nil)
        #expect(try bench.count("postern_claim") == 1)
    }

    @Test("gets the answer of the run, good or bad, and a bad one lets the redelivery run again")
    func answers() throws {
        let good = try begin("1")
        #expect(try conclude(good, RunResult(answer: .make(200))) == .answer(.make(200)))
        guard case .duplicate(let duplicate) = try bench.admit(.make(key: "1"), .claimed(until: .max)) else {
            return #expect(Bool(false), "it ran again")
        }
        #expect(duplicate.answer == .make(200))
        let bad = try begin("2")
        #expect(try conclude(bad, RunResult(answer: .make(500), error: "broken")) == .answer(.make(500)))
        #expect(try bench.detail(bad.id)?.summary.state == .failed)
        guard case .again(let again) = try bench.admit(.make(key: "2"), .claimed(until: .max)) else {
            return #expect(Bool(false), "it did not run again")
        }
        #expect(again.number == 2 && again.sequence == bad.sequence)
        #expect(try standing(again) == Standing(state: .running, isAwaited: true, answer: nil))
        #expect(try bench.count("postern_claim") == 1)
    }

    @Test("is tried again when it fails after its sender was told that it was accepted; the sender is told once")
    func accepted() throws {
        let attempt = try begin()
        #expect(try accept(attempt))
        #expect(try !accept(attempt))
        #expect(try standing(attempt) == Standing(state: .running, isAwaited: false, answer: .make(202)))
        #expect(try conclude(attempt, RunResult(answer: .make(500), error: "broken")) == .retry)
        #expect(try bench.detail(attempt.id)?.summary.state == .queued)
        let second = try #require(try bench.claim(at: 10_000))
        #expect(second.attempt.number == 2)
        #expect(try conclude(second.attempt, RunResult(answer: .make(200))) == .answer(.make(200)))
        #expect(try bench.detail(attempt.id)?.answer == .make(202))
        #expect(try bench.detail(attempt.id)?.summary.state == .done)
    }

    @Test("is dead after the last attempt, and failed at once where another one would end the same")
    func lastAttempt() throws {
        let attempt = try begin()
        #expect(try accept(attempt))
        let broken = RunResult(answer: .make(500), error: "broken")
        #expect(try conclude(attempt, broken, policy: RetryPolicy(attempts: 1, span: 0)) == .retry)
        #expect(try bench.detail(attempt.id)?.summary.state == .dead)
        let refused = try begin("2")
        #expect(try accept(refused))
        #expect(try conclude(refused, RunResult(answer: .make(400), error: "refused", isFinal: true)) == .retry)
        #expect(try bench.detail(refused.id)?.summary.state == .failed)
        #expect(try bench.detail(refused.id)?.answer == .make(202))
    }

    @Test("cannot be accepted once its run has ended")
    func tooLate() throws {
        let attempt = try begin()
        _ = try conclude(attempt, RunResult(answer: .make(200)))
        #expect(try !accept(attempt))
        #expect(try standing(attempt)?.isOver == true)
    }

    @Test("is found again when its process dies, is tried as often as what was accepted, and keeps what it gave at last")
    func died() throws {
        let attempt = try begin("1", .claimed(until: 5_000))
        #expect(try bench.connection.transaction { try bench.inbox.recover(at: 6_000, on: bench.connection) } == 1)
        #expect(try standing(attempt)?.isAwaited == false)
        let second = try #require(try bench.claim(at: 6_000))
        #expect(second.wasInterrupted && second.attempt.number == 2)
        #expect(try conclude(attempt, RunResult(answer: .make(200))) == .overtaken)
        #expect(try conclude(second.attempt, RunResult(answer: .make(201))) == .answer(.make(201)))
        guard case .duplicate(let duplicate) = try bench.admit(.make(key: "1"), .claimed(until: .max)) else {
            return #expect(Bool(false), "it ran again")
        }
        #expect(duplicate.answer == .make(201))
    }

    @Test("may wait in the queue, like others")
    func queued() throws {
        let attempt = try begin("1", .queued(answer: nil))
        #expect(attempt.number == 0)
        #expect(try standing(attempt)?.isOver == false)
        let claimed = try #require(try bench.claim())
        #expect(try conclude(claimed.attempt, RunResult(answer: .make(500), error: "broken")) == .answer(.make(500)))
        #expect(try bench.detail(attempt.id)?.summary.state == .failed)
    }

    @Test("of a location that is left out stays in the queue, and others do not")
    func excluded() throws {
        for (number, location) in ["slow", "slow", "fast"].enumerated() {
            _ = try bench.admit(.make(key: "\(number)", location: location), .queued(answer: .make(202)))
        }
        func claim(_ excluded: Set<String>) throws -> String? {
            try bench.connection.transaction {
                try bench.inbox.claimNext(at: 2_000, until: .max, excluding: excluded, on: bench.connection)?.location
            }
        }
        #expect(try claim(["slow", "o'clock\""]) == "fast")
        #expect(try claim(["slow"]) == nil)
        #expect(try claim([]) == "slow")
    }
}
