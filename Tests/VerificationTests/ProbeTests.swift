import Foundation
import Testing
import Values
import Verification

@Suite("Probes of a live location")
struct ProbeTests {
    private static let time: Int64 = 1_760_000_000_000
    private static let maximumBody = 4_000

    private static func probes(
        _ name: String, secrets: [String]? = nil, tokens: [String] = ["meatyhamhock"], _ change: (inout ProbeSettings) -> Void = { _ in }
    ) throws -> Probes {
        let sample = try SenderSample(name)
        let rule = try VerificationRule(sample.verify)
        var settings = ProbeSettings()
        settings.uri = "/hook?a=1"
        settings.url = rule.needsURL ? "https://hooks.example.com" : nil
        settings.maximumBody = maximumBody
        change(&settings)
        let given = secrets ?? (sample.secrets.isEmpty && rule.needsSecret ? ["whsec_c2VjcmV0"] : sample.secrets)
        return try Probes(rule, secrets: .of(given), verifyTokens: .of(tokens), settings)
    }

    private static func verifier(_ name: String) throws -> Verifier {
        let sample = try SenderSample(name)
        let rule = try VerificationRule(sample.verify)
        return try Verifier(
            rule, secrets: .of(sample.secrets), url: rule.needsURL ? "https://hooks.example.com" : nil,
            verifyTokens: .of(["meatyhamhock"]))
    }

    @Test("What a probe expects is what the rule says of it", arguments: SenderCatalogue.names)
    func expectations(name: String) throws {
        let probes = try Self.probes(name)
        let verifier = try Self.verifier(name)
        let good = try probes.probe(.good, at: Self.time)
        let first = try #require(verifier.verify(TestRequest(good.message), at: Self.time).verified)
        for kind in Probe.Kind.allCases {
            for handshake in 0..<(kind == .handshake ? probes.handshakeCount : 1) {
                guard let probe = try? probes.probe(kind, at: Self.time, good: good, handshake: handshake) else { continue }
                let verdict = verifier.verify(TestRequest(probe.message), at: Self.time + 500)
                switch probe.expectation {
                case .accepted:
                    let verified = try #require(verdict.verified, "\(kind): \(verdict)")
                    #expect(kind == .good || verified.dedupeKey == nil || verified.dedupeKey != first.dedupeKey, "\(kind)")
                case .duplicate: #expect(verdict.verified?.dedupeKey == first.dedupeKey && first.dedupeKey != nil, "\(kind)")
                case .refused: #expect(verdict.refusal != nil, "\(kind): \(verdict)")
                case .refusedOrAccepted: #expect(verdict.verified != nil || verdict.refusal != nil, "\(kind)")
                case .tooLarge: #expect(probe.message.body.count > Self.maximumBody)
                case .notTaken: #expect(probe.missingBytes > 0 && probe.missingBytes < probe.message.body.count)
                case .answered(let answer): #expect(verdict.handshake == answer, "\(kind): \(verdict)")
                }
            }
        }
    }

    @Test("Every probe but those that a scheme has no room for is made of each sender", arguments: SenderCatalogue.names)
    func completeness(name: String) throws {
        let probes = try Self.probes(name)
        let good = try probes.probe(.good, at: Self.time)
        for kind in [.otherSecret, .forged, .missing, .truncated, .largest, .oversized, .changedBody] as [Probe.Kind] {
            _ = try probes.probe(kind, at: Self.time, good: good)
        }
        let largest = try probes.probe(.largest, at: Self.time).message.body.count
        #expect(largest <= Self.maximumBody && largest > Self.maximumBody * 7 / 8)
        for index in 0..<probes.handshakeCount {
            guard case .inapplicable(let reason)? = Self.error({ try probes.probe(.handshake, at: Self.time, handshake: index) })
            else { continue }
            #expect(reason.contains("asks no question") || reason.contains("brings the secret"), "\(reason)")
        }
    }

    private static func error(_ body: () throws -> Probe) -> ProbeError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? ProbeError
        }
    }

    @Test("A sample names its type and an id of its own where the sender has them", arguments: SenderCatalogue.names)
    func samples(name: String) throws {
        let rule = try VerificationRule(try SenderSample(name).verify)
        let message = try Self.probes(name).probe(.good, at: Self.time).message
        let verified = try #require(try Self.verifier(name).verify(TestRequest(message), at: Self.time).verified)
        // Some schemes write the document themselves: what SNS carries is a text in it, and Travis signs a form.
        let isWrapped = ["aws-sns"].contains(name)
        if rule.profile?.eventTypeField != nil, !isWrapped {
            let json = try? JSON.parse(message.body)
            let type = try verified.eventType ?? Self.verifier(name).eventType(of: TestRequest(message), json: json)
            #expect(type == "postern.selftest", "\(String(decoding: message.body, as: UTF8.self))")
        }
        if rule.profile?.identifiesEvents == true {
            let body = String(decoding: message.body, as: UTF8.self)
            let headers = message.headers.map { String(decoding: $0.value, as: UTF8.self) }
            #expect((headers + [body]).contains { $0.contains("postern-selftest-") }, "\(body)")
        }
        let other = try Self.probes(name).probe(.good, at: Self.time).message
        #expect(rule.profile?.identifiesEvents != true || message != other)
    }

    @Test(
        "What does not apply is said with its reason",
        arguments: [
            ("github", .stale, "signs no time"), ("github", .twoSignatures, nil), ("github", .freshID, nil),
            ("gitlab", .twoSignatures, "a token is not a list"), ("gitlab", .upperCase, "a token is not a list"),
            ("gitlab", .future, "signs no time"), ("shopify", .upperCase, "part of what the signature says"),
            ("paddle", .recent, "leaves no room"), ("paddle", .stale, nil), ("mailgun", .repeated, "in its body"),
            ("mailgun", .empty, "in its body"), ("stripe", .otherAddress, "does not sign the address"), ("twilio", .otherAddress, nil),
            ("twilio", .twoSignatures, "in a form of its own"), ("meta", .redelivery, "has no id"),
            ("stripe", .handshake, "asks no question"), ("asana", .handshake, "events enroll"), ("slack", .wrongVerifyToken, "no verify token"),
            ("monday", .stale, nil), ("monday", .future, nil), ("none", .forged, "anybody may call"), ("none", .stale, "anybody may call"),
            ("none", .largest, "anybody may call"), ("none", .oversized, nil),
        ] as [(String, Probe.Kind, String?)])
    func inapplicable(name: String, kind: Probe.Kind, reason: String?) throws {
        let probes = try Self.probes(name)
        let good = try probes.probe(.good, at: Self.time)
        let error = Self.error { try probes.probe(kind, at: Self.time, good: good) }
        guard let reason else {
            #expect(error == nil)
            return
        }
        guard case .inapplicable(let text)? = error else {
            Issue.record("\(kind) applies: \(String(describing: error))")
            return
        }
        #expect(text.contains(reason), "\(text)")
    }

    @Test(
        "What a sender leaves open is expected and said",
        arguments: [
            ("github", Probe.Kind.freshID, Probe.Expectation.accepted, "does not sign the id"),
            ("standard-webhooks", .freshID, .refused, nil), ("stripe", .freshID, .refused, nil), ("gitlab", .changedBody, .accepted, "does not cover"),
            ("github", .changedBody, .refused, nil), ("mailgun", .changedBody, .accepted, "does not cover"),
            ("adyen", .changedBody, .accepted, "does not cover"), ("aws-sns", .changedBody, .refused, nil), ("paypal", .changedBody, .refused, nil),
            ("stripe", .twoSignatures, .accepted, nil), ("standard-webhooks", .twoSignatures, .accepted, nil),
            ("hookdeck", .twoSignatures, .accepted, nil), ("docusign", .twoSignatures, .accepted, nil), ("recurly", .twoSignatures, .accepted, nil),
            ("github", .twoSignatures, .refused, nil), ("slack", .twoSignatures, .refused, nil), ("shopify", .repeated, .refused, nil),
            ("circleci", .repeated, .refusedOrAccepted, nil), ("workos", .repeated, .refused, nil), ("docker-hub", .repeated, .refused, nil),
        ] as [(String, Probe.Kind, Probe.Expectation, String?)])
    func weaknesses(name: String, kind: Probe.Kind, expectation: Probe.Expectation, weakness: String?) throws {
        let probes = try Self.probes(name)
        let good = try probes.probe(.good, at: Self.time)
        let probe = try probes.probe(kind, at: Self.time, good: good)
        #expect(probe.expectation == expectation)
        #expect(weakness.map { probe.weakness?.contains($0) == true } ?? (probe.weakness == nil))
    }

    @Test("With POSTERN_DEDUPE=body another id makes no other event, with off each delivery is one")
    func dedupe() throws {
        let byBody = try Self.probes("github") { $0.dedupe = .body }
        let good = try byBody.probe(.good, at: Self.time)
        #expect(try byBody.probe(.freshID, at: Self.time, good: good).expectation == .duplicate)
        let off = try Self.probes("github") { $0.dedupe = .off }
        let single = try off.probe(.good, at: Self.time)
        #expect(throws: ProbeError.self) { try off.probe(.redelivery, at: Self.time, good: single) }
    }

    @Test("The operator's own body gets another id each time, in its own form, and is otherwise as it was")
    func ownBody() throws {
        func body(_ name: String, _ text: String, _ type: String? = nil) throws -> String {
            let probes = try Self.probes(name) {
                $0.body = Array(text.utf8)
                if let type { $0.headers = [("Content-Type", type)] }
            }
            return String(decoding: try probes.probe(.good, at: Self.time).message.body, as: UTF8.self)
        }
        #expect(try body("github", #"{ "id" : 1.50 }"#) == #"{ "id" : 1.50 }"#)
        let stripe = try body("stripe", #"{"id":"evt_1","amount":1.50}"#)
        #expect(stripe.hasPrefix(#"{"id":"postern-selftest-"#) && stripe.hasSuffix(#"","amount":1.50}"#))
        #expect(try body("stripe", #"{"amount":1.50}"#) == #"{"amount":1.50}"#)
        let telegram = try JSON.parse(Array(try body("telegram", #"{"update_id":7}"#).utf8))
        guard case .integer(let number)? = JSONPointer("/update_id")?.value(in: telegram) else {
            Issue.record("\(telegram)")
            return
        }
        #expect(number != 7)
        let form = try body("paddle-classic", "alert_id=1&alert_name=x", "application/x-www-form-urlencoded")
        #expect(form.contains("alert_id=postern-selftest-") && form.contains("alert_name=x"))
    }

    @Test("A body of which nothing is known is tried like a sample", arguments: ["github", "stripe", "gitlab", "meta", "box"])
    func ownBodies(name: String) throws {
        for body in ["x y z", #"["a"]"#, "a=b", "{}"] {
            let probes = try Self.probes(name) { $0.body = Array(body.utf8) }
            let good = try probes.probe(.good, at: Self.time)
            let verifier = try Self.verifier(name)
            #expect(verifier.verify(TestRequest(good.message), at: Self.time).verified != nil)
            #expect(try probes.probe(.oversized, at: Self.time).message.body.count > Self.maximumBody)
            guard let changed = try? probes.probe(.changedBody, at: Self.time) else {
                #expect(body == "{}")
                continue
            }
            #expect(changed.message.body.count == good.message.body.count || body != "x y z")
        }
    }

    @Test("A body in which the sender's fields have no place is told at once")
    func unsignable() throws {
        #expect(throws: SigningError.noJSON) { try Self.probes("mailgun") { $0.body = Array("text".utf8) } }
    }

    @Test("Where the secret is a public key, what must be refused is tried all the same", arguments: ["discord", "sendgrid", "plaid", "paypal"])
    func publicKeys(name: String) throws {
        let vector = try #require(
            try Fixtures.vectors(in: "Senders").first { $0.sender == name && $0.expected == "verified" && $0.signer != nil })
        let probes = try Self.probes(name, secrets: vector.secrets)
        #expect(!probes.canSign)
        for kind in [.otherSecret, .missing, .empty, .truncated, .largest, .oversized] as [Probe.Kind] {
            let probe = try probes.probe(kind, at: Self.time)
            #expect(probe.mustBeRefused)
            guard kind != .truncated else { continue }
            #expect(try Self.verifier(name).verify(TestRequest(probe.message), at: Self.time).refusal != nil)
        }
        for kind in [.good, .redelivery, .forged, .repeated, .stale, .recent, .changedBody] as [Probe.Kind] {
            #expect(throws: ProbeError.self, "\(kind)") { try probes.probe(kind, at: Self.time) }
        }
    }

    @Test("A request without a body has none to change, to cut or to fill")
    func bodyless() throws {
        let probes = try Self.probes("twilio") { $0.method = "GET" }
        #expect(try probes.probe(.good, at: Self.time).message.body.isEmpty)
        for kind in [.changedBody, .truncated, .oversized, .largest] as [Probe.Kind] {
            #expect(throws: ProbeError.self, "\(kind)") { try probes.probe(kind, at: Self.time) }
        }
    }
}

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
        let answer = one.status.map { ProbeAnswer(status: $0, headers: headers, body: Array(one.body.utf8)) } ?? ProbeAnswer(failure: "it was closed")
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
        #expect(!probes.judge(ProbeAnswer(status: 401, headers: [], body: []), to: probe).isRight)
        let stranger = try probes.probe(.wrongVerifyToken, at: Self.time)
        #expect(probes.judge(ProbeAnswer(status: 401, headers: [], body: []), to: stranger).isRight)
        #expect(!probes.judge(ProbeAnswer(status: 200, headers: [], body: answer.body), to: stranger).isRight)
    }

    @Test("An event's id that is none is not shown")
    func eventIDs() {
        func event(_ text: String) -> String? { ProbeAnswer(status: 200, headers: [("postern-event", text)], body: []).event }
        #expect(event("01abc") == "01abc")
        #expect(event("a b") == nil && event("\u{1B}[2J") == nil && event("") == nil && event(String(repeating: "a", count: 65)) == nil)
    }
}
