import Inbox
import Intake
import Testing
import Verification

@Suite("Advice on a secret")
struct SecretAdviceTests {
    private static let day: Int64 = 24 * 3_600_000
    private static let now = 100 * day

    /// How a secret was of use, in days ago.
    private struct Use {
        var since: Int64 = 30
        var last: Int64?
        var alone: Int64?

        func use(_ origin: String) -> SecretUse {
            SecretUse(
                location: "shop", mark: SecretMark(fingerprint: origin, origin: origin), since: ago(since), last: last.map(ago),
                alone: alone.map(ago))
        }

        static func alone(_ days: Int64, since: Int64 = 30) -> Use { Use(since: since, last: days, alone: days) }
        static let never = Use()
    }

    private struct Case: CustomTestStringConvertible {
        var testDescription: String
        var use: Use
        var others: [Use] = []
        var expected: SecretReport.Advice

        init(_ text: String, _ use: Use, beside others: [Use] = [], _ expected: SecretReport.Advice) {
            (testDescription, self.use, self.others, self.expected) = (text, use, others, expected)
        }
    }

    private static func ago(_ days: Int64) -> Int64 { now - days * day }

    private static let cases = [
        Case("the only one, used", .alone(0), .only), Case("the only one, never used", .never, .only),
        Case("used, beside one that never was", .alone(5), beside: [.never], .keep),
        Case("used later than the other", .alone(1), beside: [.alone(9)], .keep),
        Case("silent while the other is used", .alone(5), beside: [.alone(1)], .remove(since: ago(5), other: "other 0")),
        Case(
            "silent, and the latest of the others counts", .alone(5), beside: [.alone(9), .alone(1), .never],
            .remove(since: ago(5), other: "other 1")),
        Case("silent for a day", .alone(1), beside: [.alone(0)], .remove(since: ago(1), other: "other 0")),
        Case("silent since a moment ago", .alone(0), beside: [.alone(-1)], .wait(since: now, until: now + day, other: "other 0")),
        Case(
            "the old one of two that a sender signs with", Use(last: 0, alone: 5), beside: [Use(since: 6, last: 0, alone: 3)],
            .remove(since: ago(5), other: "other 0")),
        Case("the new one of two that a sender signs with", Use(since: 6, last: 0, alone: 3), beside: [Use(last: 0, alone: 5)], .keep),
        Case(
            "the old one of two, both only ever used together", Use(since: 8, last: 0), beside: [Use(since: 6, last: 0)],
            .remove(since: ago(8), other: "other 0")),
        Case("the new one of two, both only ever used together", Use(since: 6, last: 0), beside: [Use(since: 8, last: 0)], .keep),
        Case("never used, like the other", .never, beside: [.never], .unused(since: ago(30), other: nil)),
        Case("never used, the other is", Use(since: 2), beside: [.alone(0)], .unused(since: ago(2), other: "other 0")),
    ]

    @Test("follows from when it and the others were last of use", arguments: cases)
    private func advice(example: Case) {
        let others = example.others.enumerated().map { $1.use("other \($0)") }
        #expect(SecretReport.Advice(example.use.use("own"), others: others, at: Self.now) == example.expected)
    }

    @Test("does not need that anything was counted")
    func uncounted() {
        #expect(SecretReport.Advice(nil, others: [], at: Self.now) == .only)
        #expect(SecretReport.Advice(nil, others: [Use.alone(0).use("other")], at: Self.now) == .unused(since: nil, other: "other"))
    }
}

@Suite("A fingerprint of a secret")
struct SecretFingerprintTests {
    private func marks(_ text: String, key: [UInt8]) throws -> [SecretMark] {
        var secrets = SecretSet()
        try secrets.add(Array(text.utf8), from: "file:/etc/postern/shop")
        return try SecretFingerprints(key).marks(secrets)
    }

    @Test("is the same for the same secret, another for another, and another in each database")
    func fingerprints() throws {
        let first = try marks("old\nnew\n", key: [1, 2, 3])
        #expect(first.map(\.origin) == ["line 1 of file:/etc/postern/shop", "line 2 of file:/etc/postern/shop"])
        #expect(first.allSatisfy { $0.fingerprint.utf8.count == 8 && $0.fingerprint.allSatisfy(\.isHexDigit) })
        #expect(first[0].fingerprint != first[1].fingerprint)
        #expect(try marks("new\n", key: [1, 2, 3]).map(\.fingerprint) == [first[1].fingerprint], "it does not depend on the line")
        #expect(try marks("old\nnew\n", key: [1, 2, 4]).map(\.fingerprint) != first.map(\.fingerprint))
    }
}
