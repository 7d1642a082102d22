import Testing
import Verification

@Suite("What is made of a live location's answers")
struct ProbeJudgementTests {
    private static let time: Int64 = 1_760_000_000_000

    struct Case: Sendable, CustomTestStringConvertible {
        var kind: Probe.Kind
        var status: Int?
        var isRight: Bool
        var text: String
        var headers: [String: String]
        var body: String

        var testDescription: String { "\(kind.rawValue) \(status ?? 0) \(headers) \(body)" }

        init(
            _ kind: Probe.Kind, _ status: Int?, _ isRight: Bool, _ text: String, headers: [String: String] = [:], body: String = ""
        ) {
            (self.kind, self.status, self.isRight, self.text) = (kind, status, isRight, text)
            (self.headers, self.body) = (headers, body)
        }
    }

    private static let event = ["Postern-Event": "01new"]
    private static let again = ["Postern-Event": "01good", "Postern-Duplicate": "1"]
    private static let own413 = #"{"code":"ERROR_CODE_INPUT_ERROR","message":"The body could not be taken whole.","payload":""}"#

    private static let own404 = #"{"code":"ERROR_CODE_NOT_FOUND"}"#

    private static let cases = [
        Case(.good, 200, true, "event 01new", headers: event),
        Case(.good, 202, true, "event 01new", headers: event),
        Case(.good, 200, false, "no header Postern-Event"),
        Case(.good, 401, false, "another secret"),
        Case(.good, 401, false, "a proxy that changes the body; postern events explain says which"),
        Case(.good, 503, false, "a setting"),
        Case(.good, 500, false, "its stack failed", headers: event),
        Case(.good, 301, false, "redirection"),
        Case(.good, 404, false, "POSTERN_QUERY", body: own404),
        Case(.good, 404, false, "not Postern's", body: "<html>"),
        Case(.good, 413, false, "the web server itself", body: "<html>"),
        Case(.good, 502, false, "does not reach Postern"),
        Case(.good, nil, false, "closed"),
        Case(.good, 200, false, "POSTERN_DEDUPE", headers: again),
        Case(.redelivery, 200, true, "01good again", headers: again),
        Case(.redelivery, 200, false, "taken for a new event", headers: event),
        Case(.redelivery, 200, false, "nothing says", headers: ["Postern-Event": "01good"]),
        Case(.redelivery, 401, false, "401"),
        Case(.stale, 401, true, "401"),
        Case(.stale, 200, false, "310 s old", headers: event),
        Case(.future, 200, false, "310 s ahead", headers: event),
        Case(.forged, 200, false, "accepted, 200", body: "ok"),
        Case(.forged, 503, false, "in place of 401"),
        Case(.forged, 403, true, "what stands before it"),
        Case(.forged, 401, false, "accepted, 401", headers: event),
        Case(.missing, 404, false, "in place of 401"),
        Case(.missing, nil, false, "closed"),
        Case(.truncated, 400, true, "400"),
        Case(.truncated, nil, true, "closed"),
        Case(.truncated, 408, true, "408"),
        Case(.truncated, 200, false, "half of a body"),
        Case(.truncated, 503, false, "in place of 400"),
        Case(.truncated, 404, false, "not Postern's", body: "<html>"),
        Case(.oversized, 413, true, "413", body: own413),
        Case(.oversized, 413, true, "the web server itself", body: "<html>"),
        Case(.oversized, 401, false, "--max-body"),
        Case(.oversized, 200, false, "accepted"),
        Case(.oversized, nil, true, "closed"),
        Case(.largest, 401, true, "401"),
        Case(.largest, 413, false, "client_max_body_size", body: "<html>"),
        Case(.largest, 413, false, "POSTERN_MAX_BODY", body: own413),
        Case(.largest, 200, false, "another secret opens", headers: event),
        Case(.recent, 401, false, "clock"),
    ]

    @Test("is right or wrong, and says why", arguments: cases)
    func judged(one: Case) throws {
        let rule = try VerificationRule("stripe")
        let probes = try Probes(rule, secrets: .of(["geheim"]), ProbeSettings())
        let good = try probes.probe(.good, at: Self.time)
        let probe = try probes.probe(one.kind, at: Self.time, good: good)
        let headers = one.headers.map { (name: $0.key, value: $0.value) }
        let came = one.status.map { ProbeAnswer(status: $0, headers: headers, body: Array(one.body.utf8)) }
        let answer = came ?? ProbeAnswer(failure: "it was closed")
        let before = ProbeAnswer(status: 200, headers: [("Postern-Event", "01good")], body: [])
        let judgement = probes.judge(answer, to: probe, good: one.kind == .good ? nil : before)
        #expect(judgement.isRight == one.isRight, "\(judgement)")
        #expect(judgement.text.contains(one.text), "\(judgement)")
    }

    @Test("What failed in its stack runs again as the same event")
    func failed() throws {
        let probes = try Probes(VerificationRule("stripe"), secrets: .of(["geheim"]), ProbeSettings())
        let good = try probes.probe(.good, at: Self.time)
        let answer = ProbeAnswer(status: 500, headers: [("Postern-Event", "01good")], body: [])
        let redelivery = try probes.probe(.redelivery, at: Self.time, good: good)
        #expect(probes.judge(answer, to: redelivery, good: answer).isRight)
        let recent = try probes.probe(.recent, at: Self.time)
        let other = ProbeAnswer(status: 500, headers: [("Postern-Event", "01other")], body: [])
        #expect(probes.judge(other, to: recent, good: answer).isRight)
    }

    @Test("A question's answer has to be the sender's word for word")
    func handshakes() throws {
        let probes = try Probes(
            VerificationRule("meta verify-token=file:/x"), secrets: .of(["geheim"]), verifyTokens: .of(["token"]), ProbeSettings())
        let probe = try probes.probe(.handshake, at: Self.time)
        guard case .answered(let answer) = probe.expectation else {
            Issue.record("\(probe.expectation)")
            return
        }
        #expect(probes.judge(ProbeAnswer(status: 200, headers: [], body: answer.body), to: probe).isRight)
        #expect(!probes.judge(ProbeAnswer(status: 200, headers: [], body: answer.body + [10]), to: probe).isRight)
        let refused = probes.judge(ProbeAnswer(status: 401, headers: [], body: []), to: probe)
        #expect(!refused.isRight && refused.text.contains("another verify token"), "\(refused)")
        #expect(!probes.judge(ProbeAnswer(status: 401, headers: [], body: []), to: probe).isRight)
        let stranger = try probes.probe(.wrongVerifyToken, at: Self.time)
        #expect(probes.judge(ProbeAnswer(status: 401, headers: [], body: []), to: stranger).isRight)
        #expect(!probes.judge(ProbeAnswer(status: 200, headers: [], body: answer.body), to: stranger).isRight)
    }

    @Test(
        "A clock that goes wrong over there is named where it matters",
        arguments: [
            ("Thu, 09 Oct 2025 08:53:20 GMT", nil), ("Thu, 09 Oct 2025 08:53:17 GMT", nil), ("Thu, 09 Oct 2025 08:54:20 GMT", "60 s ahead of"),
            ("Thu, 09 Oct 2025 08:52:20 GMT", "60 s behind"), ("yesterday", nil), ("Thu, 09 Okt 2025 08:54:20 GMT", nil),
        ] as [(String, String?)])
    func clocks(date: String, text: String?) throws {
        let probes = try Probes(VerificationRule("stripe"), secrets: .of(["geheim"]), ProbeSettings())
        let probe = try probes.probe(.good, at: Self.time)
        let answer = ProbeAnswer(status: 401, headers: [("Date", date)], body: [], at: Self.time)
        let judgement = probes.judge(answer, to: probe)
        #expect(judgement.text.contains("the clock there") == (text != nil), "\(judgement)")
        if let text { #expect(judgement.text.contains(text), "\(judgement)") }
        let taken = ProbeAnswer(status: 200, headers: [("Date", date)], body: [], at: Self.time)
        let stale = probes.judge(taken, to: try probes.probe(.stale, at: Self.time))
        #expect(stale.text.contains("the clock there") == (text != nil), "\(stale)")
    }

    @Test("An event's id that is none is not shown")
    func eventIDs() {
        func event(_ text: String) -> String? { ProbeAnswer(status: 200, headers: [("postern-event", text)], body: []).event }
        #expect(event("01abc") == "01abc")
        #expect(event("a b") == nil && event("\u{1B}[2J") == nil && event("") == nil && event(String(repeating: "a", count: 65)) == nil)
    }
}
