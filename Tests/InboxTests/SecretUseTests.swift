import Inbox
import Storage
import Testing

@Suite("The use of secrets")
struct SecretUseTests {
    let bench: Bench
    let old = SecretMark(fingerprint: "01d", origin: "line 1 of file:/s")
    let new = SecretMark(fingerprint: "2e3", origin: "line 2 of file:/s")

    init() throws { bench = try Bench() }

    private func use(_ mark: SecretMark, of location: String = "shop") throws -> SecretUse? {
        try bench.inbox.secretUses(on: bench.connection).first { $0.location == location && $0.mark.fingerprint == mark.fingerprint }
    }

    private func watch(_ marks: [SecretMark], at now: Int64) throws {
        try bench.connection.transaction { try bench.inbox.watchSecrets(marks, of: "shop", at: now, on: bench.connection) }
    }

    private func note(_ marks: [SecretMark], at now: Int64) throws {
        try bench.connection.transaction { try bench.inbox.noteSecrets(marks, of: "shop", at: now, on: bench.connection) }
    }

    @Test("is counted with each event, and a redelivery that runs again is no further one")
    func counted() throws {
        try watch([old, new], at: 500)
        for (key, time) in [("a", 1_000), ("b", 2_000)] as [(String, Int64)] {
            let attempt = try #require(try bench.admit(.make(key: key, received: time, secrets: [old])).attempt)
            try bench.settle(attempt, .failed(answer: .make(500), error: "x"))
        }
        #expect(try use(old) == SecretUse(location: "shop", mark: old, since: 500, events: 2, last: 2_000, alone: 2_000))
        let again = try bench.admit(.make(key: "a", received: 9_000, secrets: [new]))
        #expect(again.isAgain)
        #expect(try use(old)?.events == 2)
        #expect(try use(new) == SecretUse(location: "shop", mark: new, since: 500, events: 0, last: 9_000, alone: 9_000))
    }

    @Test("of what is no event is noted once a minute")
    func noted() throws {
        try watch([old], at: 500)
        let attempt = try #require(try bench.admit(.make(key: "a", received: 1_000, secrets: [old])).attempt)
        try bench.settle(attempt, .done(answer: .make(200)))
        for (time, last) in [(2_000, 1_000), (60_999, 1_000), (61_000, 61_000), (90_000, 61_000), (121_000, 121_000)] as [(Int64, Int64)] {
            #expect(try bench.admit(.make(key: "a", received: time, secrets: [old])).duplicate != nil)
            #expect(try use(old)?.last == last, "a redelivery at \(time)")
        }
        try note([old], at: 200_000)
        try note([old], at: 210_000)
        #expect(try use(old) == SecretUse(location: "shop", mark: old, since: 500, events: 1, last: 200_000, alone: 200_000))
    }

    @Test("together with another is told from use alone")
    func together() throws {
        _ = try bench.admit(.make(key: "a", received: 1_000, secrets: [old]))
        _ = try bench.admit(.make(key: "b", received: 2_000, secrets: [old, new]))
        #expect(try use(old) == SecretUse(location: "shop", mark: old, since: 1_000, events: 2, last: 2_000, alone: 1_000))
        #expect(try use(new) == SecretUse(location: "shop", mark: new, since: 2_000, events: 1, last: 2_000))
        // The minute of the one does not hide what is news of the other.
        try note([new], at: 3_000)
        #expect(try use(new)?.alone == 3_000)
    }

    @Test("goes with the secret when it moves to another line, and ends when it is taken out")
    func moved() throws {
        try watch([old, new], at: 1_000)
        _ = try bench.admit(.make(key: "a", received: 2_000, secrets: [new]))
        let moved = SecretMark(fingerprint: new.fingerprint, origin: "line 1 of file:/s")
        try watch([moved], at: 3_000)
        #expect(try use(old)?.removed == 3_000)
        #expect(try use(new) == SecretUse(location: "shop", mark: moved, since: 1_000, events: 1, last: 2_000, alone: 2_000))
        // Put back, it is counted from then.
        try watch([moved, old], at: 4_000)
        #expect(try use(old) == SecretUse(location: "shop", mark: old, since: 4_000))
    }

    @Test("of a key that the sender publishes is counted, does not end when the location's secrets change, and is forgotten")
    func published() throws {
        let published = SecretMark(published: "key 7 of https://sender.example/jwks.json")
        let day: Int64 = 86_400_000
        _ = try bench.admit(.make(key: "a", received: day, secrets: [published]))
        try watch([old], at: 2 * day)
        let title = "key 7 of https://sender.example/jwks.json"
        #expect(try use(published) == SecretUse(location: "shop", mark: published, since: day, events: 1, last: day, alone: day))
        #expect(published.description == title && published.isPublished && !old.isPublished)
        try watch([old], at: 91 * day)
        #expect(try use(published)?.removed == nil && use(published) != nil)
        try watch([old], at: 91 * day + 1)
        #expect(try use(published) == nil && use(old) != nil)
    }

    @Test("is that of one location, and is undone with its event")
    func undone() throws {
        struct Failed: Error {}
        _ = try bench.admit(.make(key: "a", location: "other", secrets: [old]))
        try? bench.connection.transaction {
            _ = try bench.inbox.admit(.make(key: "b", secrets: [old]), .here, on: bench.connection)
            throw Failed()
        }
        #expect(try use(old) == nil && use(old, of: "other")?.events == 1)
    }

    @Test("is told by fingerprints under a key that stays")
    func key() throws {
        #expect(try bench.inbox.fingerprintKey(on: bench.connection) == nil)
        #expect(try bench.inbox.keepFingerprintKey([1, 2, 3], on: bench.connection) == [1, 2, 3])
        #expect(try bench.inbox.keepFingerprintKey([4, 5, 6], on: bench.connection) == [1, 2, 3])
    }
}
