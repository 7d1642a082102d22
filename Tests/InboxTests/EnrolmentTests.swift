import Inbox
import Storage
import Testing

@Suite("The window in which a secret is taken")
struct EnrolmentTests {
    let bench: Bench

    init() throws { bench = try Bench() }

    private func take(_ location: String, at now: Int64) throws -> Bool {
        try bench.inbox.takeEnrolment(location, at: now, on: bench.connection)
    }

    @Test("is open for ten minutes, and not a millisecond longer", arguments: [(0, true), (599_999, true), (600_000, false), (10_000_000, false)] as [(Int64, Bool)])
    func time(later: Int64, isOpen: Bool) throws {
        #expect(try bench.inbox.openEnrolment("asana", at: 5_000, on: bench.connection) == 605_000)
        #expect(try take("asana", at: 5_000 + later) == isOpen)
        #expect(try !take("asana", at: 5_000), "it is used up, whatever came of it")
    }

    @Test("lets one secret in")
    func once() throws {
        #expect(try !take("asana", at: 1_000))
        _ = try bench.inbox.openEnrolment("asana", at: 1_000, on: bench.connection)
        #expect(try take("asana", at: 2_000))
        #expect(try !take("asana", at: 2_001))
    }

    @Test("is that of one location")
    func location() throws {
        _ = try bench.inbox.openEnrolment("asana", at: 1_000, on: bench.connection)
        #expect(try !take("notion", at: 2_000))
        #expect(try take("asana", at: 2_000))
    }

    @Test("opened again lasts ten minutes from then")
    func again() throws {
        _ = try bench.inbox.openEnrolment("asana", at: 1_000, on: bench.connection)
        _ = try bench.inbox.openEnrolment("asana", at: 500_000, on: bench.connection)
        #expect(try take("asana", at: 1_000_000))
    }

    @Test("that was opened by a clock far ahead is none")
    func clock() throws {
        _ = try bench.inbox.openEnrolment("asana", at: 100_000_000, on: bench.connection)
        #expect(try !take("asana", at: 1_000))
    }

    @Test("is still open when the job that used it is undone")
    func undone() throws {
        struct Failed: Error {}
        _ = try bench.inbox.openEnrolment("asana", at: 1_000, on: bench.connection)
        try? bench.connection.transaction {
            #expect(try take("asana", at: 2_000))
            throw Failed()
        }
        #expect(try take("asana", at: 2_000))
    }
}
