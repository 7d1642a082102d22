import Testing

@testable import Verification

@Suite("What the doctor may spend")
struct ExaminerTests {
    private static func trial(_ size: Int) throws -> Trial {
        var request = TestRequest()
        request.body = [UInt8](repeating: 0x61, count: size)
        request.add("X-Hub-Signature-256", "sha256=" + String(repeating: "0", count: 64))
        return Trial(
            scheme: try VerificationRule("github").scheme, secrets: try .of(["geheim"]), origin: nil,
            request: AlteredRequest(request))
    }

    private let nothing = Suspicion(mistake: .bodyEnd, sentence: "") { _ in }

    @Test("is spent as well on what was judged before, since to tell that costs as much as to judge", arguments: [1 << 20, 4 << 20])
    func repeated(size: Int) throws {
        var examiner = Examiner(try VerificationRule("github"), tolerance: nil, at: 0)
        let trial = try Self.trial(size)
        var count = 0
        while !examiner.isExhausted, count < 10_000 {
            _ = examiner.outcome(nothing, of: trial)
            count += 1
        }
        #expect(count <= Examiner.maximumWork / size + 1, "\(count)")
    }

    @Test("is a number of trials where bodies are small")
    func small() throws {
        var examiner = Examiner(try VerificationRule("github"), tolerance: nil, at: 0)
        var count = 0
        while !examiner.isExhausted, count < 10_000 {
            var trial = try Self.trial(1)
            trial.request.uri = Array("/\(count)".utf8)
            _ = examiner.outcome(nothing, of: trial)
            count += 1
        }
        #expect(count == Examiner.maximumTrials)
    }

    @Test("tells requests apart by each byte of the body, and by its length", arguments: [0, 1, 7, 8, 9, 15, 16, 17, 1_000])
    func fingerprints(size: Int) throws {
        let trial = try Self.trial(size)
        var seen: Set = [trial.fingerprint]
        #expect(try Self.trial(size).fingerprint == trial.fingerprint)
        for index in 0..<size {
            var other = trial
            other.request.body[index] ^= 1
            #expect(seen.insert(other.fingerprint).inserted, "\(index)")
        }
        var longer = trial
        longer.request.body.append(0)
        #expect(seen.insert(longer.fingerprint).inserted)
    }
}
