import Foundation
import Testing
import Values
import Verification

@Suite("Trials of a live location")
struct TrialTests {
    private static let time: Int64 = 1_760_000_000_000
    private static let maximumBody = 4_000

    private static func trials(
        _ name: String, secrets: [String]? = nil, tokens: [String] = ["meatyhamhock"], _ change: (inout TrialSettings) -> Void = { _ in }
    ) throws -> Trials {
        let sample = try SenderSample(name)
        let rule = try VerificationRule(sample.verify)
        var settings = TrialSettings()
        settings.uri = "/hook?a=1"
        settings.url = rule.needsURL ? "https://hooks.example.com" : nil
        settings.maximumBody = maximumBody
        change(&settings)
        let given = secrets ?? (sample.secrets.isEmpty && rule.needsSecret ? ["whsec_c2VjcmV0"] : sample.secrets)
        return try Trials(rule, secrets: .of(given), verifyTokens: .of(tokens), settings)
    }

    private static func verifier(_ name: String) throws -> Verifier {
        let sample = try SenderSample(name)
        let rule = try VerificationRule(sample.verify)
        return try Verifier(
            rule, secrets: .of(sample.secrets), url: rule.needsURL ? "https://hooks.example.com" : nil,
            verifyTokens: .of(["meatyhamhock"]))
    }

    @Test("What a trial expects is what the rule says of it", arguments: SenderCatalogue.names)
    func expectations(name: String) throws {
        let trials = try Self.trials(name)
        let verifier = try Self.verifier(name)
        let good = try trials.trial(.good, at: Self.time)
        let first = try #require(verifier.verify(TestRequest(good.message), at: Self.time).verified)
        for kind in Trial.Kind.allCases {
            for handshake in 0..<(kind == .handshake ? trials.handshakeCount : 1) {
                guard let trial = try? trials.trial(kind, at: Self.time, good: good, handshake: handshake) else { continue }
                let verdict = verifier.verify(TestRequest(trial.message), at: Self.time + 500)
                switch trial.expectation {
                case .accepted:
                    let verified = try #require(verdict.verified, "\(kind): \(verdict)")
                    #expect(kind == .good || verified.dedupeKey == nil || verified.dedupeKey != first.dedupeKey, "\(kind)")
                case .duplicate: #expect(verdict.verified?.dedupeKey == first.dedupeKey && first.dedupeKey != nil, "\(kind)")
                case .refused: #expect(verdict.refusal != nil, "\(kind): \(verdict)")
                case .refusedOrAccepted: #expect(verdict.verified != nil || verdict.refusal != nil, "\(kind)")
                case .tooLarge: #expect(trial.message.body.count > Self.maximumBody)
                case .notTaken: #expect(trial.missingBytes > 0 && trial.missingBytes < trial.message.body.count)
                case .answered(let answer): #expect(verdict.handshake == answer, "\(kind): \(verdict)")
                }
            }
        }
    }

    @Test("Every trial but those that a scheme has no room for is made of each sender", arguments: SenderCatalogue.names)
    func completeness(name: String) throws {
        let trials = try Self.trials(name)
        let good = try trials.trial(.good, at: Self.time)
        for kind in [.otherSecret, .forged, .missing, .truncated, .largest, .oversized, .changedBody] as [Trial.Kind] {
            _ = try trials.trial(kind, at: Self.time, good: good)
        }
        let largest = try trials.trial(.largest, at: Self.time).message.body.count
        #expect(largest <= Self.maximumBody && largest > Self.maximumBody * 7 / 8)
        for index in 0..<trials.handshakeCount {
            guard case .inapplicable(let reason)? = Self.error({ try trials.trial(.handshake, at: Self.time, handshake: index) })
            else { continue }
            #expect(reason.contains("asks no question") || reason.contains("brings the secret"), "\(reason)")
        }
    }

    private static func error(_ body: () throws -> Trial) -> TrialError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? TrialError
        }
    }

    @Test("A sample names its type and an id of its own where the sender has them", arguments: SenderCatalogue.names)
    func samples(name: String) throws {
        let rule = try VerificationRule(try SenderSample(name).verify)
        let message = try Self.trials(name).trial(.good, at: Self.time).message
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
        let other = try Self.trials(name).trial(.good, at: Self.time).message
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
        ] as [(String, Trial.Kind, String?)])
    func inapplicable(name: String, kind: Trial.Kind, reason: String?) throws {
        let trials = try Self.trials(name)
        let good = try trials.trial(.good, at: Self.time)
        let error = Self.error { try trials.trial(kind, at: Self.time, good: good) }
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
            ("github", Trial.Kind.freshID, Trial.Expectation.accepted, "does not sign the id"),
            ("standard-webhooks", .freshID, .refused, nil), ("stripe", .freshID, .refused, nil), ("gitlab", .changedBody, .accepted, "does not cover"),
            ("github", .changedBody, .refused, nil), ("mailgun", .changedBody, .accepted, "does not cover"),
            ("adyen", .changedBody, .accepted, "does not cover"), ("aws-sns", .changedBody, .refused, nil), ("paypal", .changedBody, .refused, nil),
            ("stripe", .twoSignatures, .accepted, nil), ("standard-webhooks", .twoSignatures, .accepted, nil),
            ("hookdeck", .twoSignatures, .accepted, nil), ("docusign", .twoSignatures, .accepted, nil), ("recurly", .twoSignatures, .accepted, nil),
            ("github", .twoSignatures, .refused, nil), ("slack", .twoSignatures, .refused, nil), ("shopify", .repeated, .refused, nil),
            ("circleci", .repeated, .refusedOrAccepted, nil), ("workos", .repeated, .refused, nil), ("docker-hub", .repeated, .refused, nil),
        ] as [(String, Trial.Kind, Trial.Expectation, String?)])
    func weaknesses(name: String, kind: Trial.Kind, expectation: Trial.Expectation, weakness: String?) throws {
        let trials = try Self.trials(name)
        let good = try trials.trial(.good, at: Self.time)
        let trial = try trials.trial(kind, at: Self.time, good: good)
        #expect(trial.expectation == expectation)
        #expect(weakness.map { trial.weakness?.contains($0) == true } ?? (trial.weakness == nil))
    }

    @Test("With POSTERN_DEDUPE=body another id makes no other event, with off each delivery is one")
    func dedupe() throws {
        let byBody = try Self.trials("github") { $0.dedupe = .body }
        let good = try byBody.trial(.good, at: Self.time)
        #expect(try byBody.trial(.freshID, at: Self.time, good: good).expectation == .duplicate)
        let off = try Self.trials("github") { $0.dedupe = .off }
        let single = try off.trial(.good, at: Self.time)
        #expect(throws: TrialError.self) { try off.trial(.redelivery, at: Self.time, good: single) }
    }

    @Test("The operator's own body gets another id each time, in its own form, and is otherwise as it was")
    func ownBody() throws {
        func body(_ name: String, _ text: String, _ type: String? = nil) throws -> String {
            let trials = try Self.trials(name) {
                $0.body = Array(text.utf8)
                if let type { $0.headers = [("Content-Type", type)] }
            }
            return String(decoding: try trials.trial(.good, at: Self.time).message.body, as: UTF8.self)
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
            let trials = try Self.trials(name) { $0.body = Array(body.utf8) }
            let good = try trials.trial(.good, at: Self.time)
            let verifier = try Self.verifier(name)
            #expect(verifier.verify(TestRequest(good.message), at: Self.time).verified != nil)
            #expect(try trials.trial(.oversized, at: Self.time).message.body.count > Self.maximumBody)
            guard let changed = try? trials.trial(.changedBody, at: Self.time) else {
                #expect(body == "{}")
                continue
            }
            #expect(changed.message.body.count == good.message.body.count || body != "x y z")
        }
    }

    @Test("A body in which the sender's fields have no place is told at once")
    func unsignable() throws {
        #expect(throws: SigningError.noJSON) { try Self.trials("mailgun") { $0.body = Array("text".utf8) } }
    }

    @Test("Where the secret is a public key, what must be refused is tried all the same", arguments: ["discord", "sendgrid", "plaid", "paypal"])
    func publicKeys(name: String) throws {
        let vector = try #require(
            try Fixtures.vectors(in: "Senders").first { $0.sender == name && $0.expected == "verified" && $0.signer != nil })
        let trials = try Self.trials(name, secrets: vector.secrets)
        #expect(!trials.canSign)
        for kind in [.otherSecret, .missing, .empty, .truncated, .largest, .oversized] as [Trial.Kind] {
            let trial = try trials.trial(kind, at: Self.time)
            #expect(trial.mustBeRefused)
            guard kind != .truncated else { continue }
            #expect(try Self.verifier(name).verify(TestRequest(trial.message), at: Self.time).refusal != nil)
        }
        for kind in [.good, .redelivery, .forged, .repeated, .stale, .recent, .changedBody] as [Trial.Kind] {
            #expect(throws: TrialError.self, "\(kind)") { try trials.trial(kind, at: Self.time) }
        }
    }

    @Test("A request without a body has none to change, to cut or to fill")
    func bodyless() throws {
        let trials = try Self.trials("twilio") { $0.method = "GET" }
        #expect(try trials.trial(.good, at: Self.time).message.body.isEmpty)
        for kind in [.changedBody, .truncated, .oversized, .largest] as [Trial.Kind] {
            #expect(throws: TrialError.self, "\(kind)") { try trials.trial(kind, at: Self.time) }
        }
    }
}

@Suite("What is made of a live location's answers")
struct TrialJudgementTests {
    private static let time: Int64 = 1_760_000_000_000

    struct Case: Sendable, CustomTestStringConvertible {
        var kind: Trial.Kind
        var status: Int?
        var isRight: Bool
        var text: String
        var headers: [String: String]
        var body: String

        var testDescription: String { "\(kind.rawValue) \(status ?? 0) \(headers) \(body)" }

        init(
            _ kind: Trial.Kind, _ status: Int?, _ isRight: Bool, _ text: String, headers: [String: String] = [:], body: String = ""
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
        let trials = try Trials(rule, secrets: .of(["geheim"]), TrialSettings())
        let good = try trials.trial(.good, at: Self.time)
        let trial = try trials.trial(one.kind, at: Self.time, good: good)
        let headers = one.headers.map { (name: $0.key, value: $0.value) }
        let answer = one.status.map { TrialAnswer(status: $0, headers: headers, body: Array(one.body.utf8)) } ?? TrialAnswer(failure: "it was closed")
        let before = TrialAnswer(status: 200, headers: [("Postern-Event", "01good")], body: [])
        let judgement = trials.judge(answer, to: trial, good: one.kind == .good ? nil : before)
        #expect(judgement.isRight == one.isRight, "\(judgement)")
        #expect(judgement.text.contains(one.text), "\(judgement)")
    }

    @Test("What failed in its stack runs again as the same event")
    func failed() throws {
        let trials = try Trials(VerificationRule("stripe"), secrets: .of(["geheim"]), TrialSettings())
        let good = try trials.trial(.good, at: Self.time)
        let answer = TrialAnswer(status: 500, headers: [("Postern-Event", "01good")], body: [])
        let redelivery = try trials.trial(.redelivery, at: Self.time, good: good)
        #expect(trials.judge(answer, to: redelivery, good: answer).isRight)
        let recent = try trials.trial(.recent, at: Self.time)
        let other = TrialAnswer(status: 500, headers: [("Postern-Event", "01other")], body: [])
        #expect(trials.judge(other, to: recent, good: answer).isRight)
    }

    @Test("A question's answer has to be the sender's word for word")
    func handshakes() throws {
        let trials = try Trials(
            VerificationRule("meta verify-token=file:/x"), secrets: .of(["geheim"]), verifyTokens: .of(["token"]), TrialSettings())
        let trial = try trials.trial(.handshake, at: Self.time)
        guard case .answered(let answer) = trial.expectation else {
            Issue.record("\(trial.expectation)")
            return
        }
        #expect(trials.judge(TrialAnswer(status: 200, headers: [], body: answer.body), to: trial).isRight)
        #expect(!trials.judge(TrialAnswer(status: 200, headers: [], body: answer.body + [10]), to: trial).isRight)
        #expect(!trials.judge(TrialAnswer(status: 401, headers: [], body: []), to: trial).isRight)
        let stranger = try trials.trial(.wrongVerifyToken, at: Self.time)
        #expect(trials.judge(TrialAnswer(status: 401, headers: [], body: []), to: stranger).isRight)
        #expect(!trials.judge(TrialAnswer(status: 200, headers: [], body: answer.body), to: stranger).isRight)
    }

    @Test("An event's id that is none is not shown")
    func eventIDs() {
        func event(_ text: String) -> String? { TrialAnswer(status: 200, headers: [("postern-event", text)], body: []).event }
        #expect(event("01abc") == "01abc")
        #expect(event("a b") == nil && event("\u{1B}[2J") == nil && event("") == nil && event(String(repeating: "a", count: 65)) == nil)
    }
}
