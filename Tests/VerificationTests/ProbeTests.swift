import Foundation
import Testing
import Values
import Verification

@Suite("Probes of a live location")
struct ProbeTests {
    private static let time: Int64 = 1_760_000_000_000
    private static let maximumBody = 4_000

    private static func probes(
        _ name: String, secrets: [String]? = nil, _ change: (inout ProbeSettings) -> Void = { _ in }
    ) throws -> Probes {
        let sample = try SenderSample(name)
        let rule = try VerificationRule(sample.verify)
        var settings = ProbeSettings()
        settings.uri = "/hook?a=1"
        settings.url = rule.needsURL ? "https://hooks.example.com" : nil
        settings.maximumBody = maximumBody
        change(&settings)
        let given = secrets ?? (sample.secrets.isEmpty && rule.needsSecret ? ["whsec_c2VjcmV0"] : sample.secrets)
        return try Probes(rule, secrets: .of(given), verifyTokens: .of(["meatyhamhock"]), settings)
    }

    private static func verifier(_ name: String) throws -> Verifier {
        let sample = try SenderSample(name)
        let rule = try VerificationRule(sample.verify)
        return try Verifier(
            rule, secrets: .of(sample.secrets), url: rule.needsURL ? "https://hooks.example.com" : nil,
            verifyTokens: .of(["meatyhamhock"]))
    }

    /// As it arrives from where the sender's requests come from.
    private static func arrived(_ message: OutgoingMessage, from name: String) throws -> TestRequest {
        var request = TestRequest(message)
        request.peer = try SenderSample(name).peer
        return request
    }

    @Test("What a probe expects is what the rule says of it", arguments: SenderCatalogue.names)
    func expectations(name: String) throws {
        let probes = try Self.probes(name)
        let verifier = try Self.verifier(name)
        let good = try probes.probe(.good, at: Self.time)
        let first = try #require(verifier.verify(Self.arrived(good.message, from: name), at: Self.time).verified)
        for kind in Probe.Kind.allCases {
            for index in 0..<probes.count(of: kind) {
                guard let probe = try? probes.probe(kind, at: Self.time, good: good, index: index) else { continue }
                let verdict = verifier.verify(try Self.arrived(probe.message, from: name), at: Self.time + 500)
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
        let profile = try #require(try SenderCatalogue.profile(of: name))
        let probes = try Self.probes(name)
        let good = try probes.probe(.good, at: Self.time)
        for kind in [.otherSecret, .forged, .missing, .truncated, .largest, .oversized, .changedBody] as [Probe.Kind] {
            guard profile.isKnownByAddress, case .inapplicable(let reason)? = Self.error({ try probes.probe(kind, at: Self.time, good: good) }) else {
                _ = try probes.probe(kind, at: Self.time, good: good)
                continue
            }
            #expect(reason.contains("the address that a request comes from"), "\(reason)")
        }
        if !profile.isKnownByAddress {
            let largest = try probes.probe(.largest, at: Self.time).message.body.count
            #expect(largest <= Self.maximumBody && largest > Self.maximumBody * 7 / 8)
        }
        for index in 0..<probes.count(of: .handshake) {
            guard case .inapplicable(let reason)? = Self.error({ try probes.probe(.handshake, at: Self.time, index: index) })
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
        let verified = try #require(try Self.verifier(name).verify(Self.arrived(message, from: name), at: Self.time).verified)
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
            ("mailgun", .empty, "in its body"), ("stripe", .otherAddress, "does not sign the address"),
            ("twilio", .otherAddress, nil),
            ("twilio", .twoSignatures, "in a form of its own"), ("meta", .redelivery, "has no id"),
            ("stripe", .handshake, "asks no question"), ("asana", .handshake, "events enroll"),
            ("slack", .wrongVerifyToken, "no verify token"),
            ("monday", .stale, nil), ("monday", .future, nil), ("none", .forged, "anybody may call"),
            ("none", .stale, "anybody may call"),
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
            ("standard-webhooks", .freshID, .refused, nil), ("stripe", .freshID, .refused, nil),
            ("gitlab", .changedBody, .accepted, "does not cover"),
            ("github", .changedBody, .refused, nil), ("mailgun", .changedBody, .accepted, "does not cover"),
            ("adyen", .changedBody, .accepted, "does not cover"), ("aws-sns", .changedBody, .refused, nil),
            ("paypal", .changedBody, .refused, nil),
            ("stripe", .twoSignatures, .accepted, nil), ("standard-webhooks", .twoSignatures, .accepted, nil),
            ("hookdeck", .twoSignatures, .accepted, nil), ("docusign", .twoSignatures, .accepted, nil),
            ("recurly", .twoSignatures, .accepted, nil),
            ("github", .twoSignatures, .refused, nil), ("slack", .twoSignatures, .refused, nil),
            ("shopify", .repeated, .refused, nil),
            ("circleci", .repeated, .refusedOrAccepted, nil), ("workos", .repeated, .refused, nil),
            ("docker-hub", .repeated, .refused, nil),
        ] as [(String, Probe.Kind, Probe.Expectation, String?)])
    func weaknesses(name: String, kind: Probe.Kind, expectation: Probe.Expectation, weakness: String?) throws {
        let probes = try Self.probes(name)
        let good = try probes.probe(.good, at: Self.time)
        let probe = try probes.probe(kind, at: Self.time, good: good)
        #expect(probe.expectation == expectation)
        #expect(weakness.map { probe.weakness?.contains($0) == true } ?? (probe.weakness == nil))
    }

    @Test("Each secret of the location signs, so that both of a rotation are tried", arguments: ["stripe", "gitlab", "meta", "zoom"])
    func rotation(name: String) throws {
        let secrets = ["first-secret", "second-secret", "third-secret"]
        let probes = try Self.probes(name, secrets: secrets)
        #expect(probes.count(of: .rotation) == 2)
        let rule = try VerificationRule(SenderSample(name).verify)
        let verifier = try Verifier(rule, secrets: .of(secrets), url: nil)
        var keys = [verifier.verify(TestRequest(try probes.probe(.good, at: Self.time).message), at: Self.time).verified?.dedupeKey]
        for index in 0..<2 {
            let probe = try probes.probe(.rotation, at: Self.time, index: index)
            let verified = verifier.verify(TestRequest(probe.message), at: Self.time).verified
            #expect(verified?.secretIndex == index + 1)
            #expect(verified?.dedupeKey == nil || !keys.contains(verified?.dedupeKey))
            keys.append(verified?.dedupeKey)
        }
        let single = try Self.probes(name, secrets: ["first-secret"])
        #expect(throws: ProbeError.inapplicable("there is one secret only")) { try single.probe(.rotation, at: Self.time) }
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

    @Test(
        "Whatever POSTERN_DEDUPE names makes each event another one, and a redelivery the same",
        arguments: ["github", "stripe", "mandrill", "monday", "twilio"], ["body", "header:X-Ref", "json:/ref", "form:ref", "form:data:/ref"])
    func dedupeRules(name: String, rule: String) throws {
        let dedupe = try DedupeRule(rule)
        var seen: [DedupeKey] = []
        // The location is tried twice.
        for _ in 0..<2 {
            let secrets = ["whsec_c2VjcmV0", "whsec_YW5vdGhlcg=="]
            let probes = try Self.probes(name, secrets: secrets) { $0.dedupe = dedupe }
            let sample = try VerificationRule(SenderSample(name).verify)
            let verifier = try Verifier(
                sample, secrets: .of(secrets), url: sample.needsURL ? "https://hooks.example.com" : nil, dedupe: dedupe)
            func key(_ probe: Probe) throws -> DedupeKey? {
                try #require(verifier.verify(Self.arrived(probe.message, from: name), at: Self.time).verified).dedupeKey
            }
            let good = try probes.probe(.good, at: Self.time)
            guard let first = try key(good) else {
                // A form has no place for JSON, nor the other way round.
                #expect(rule.hasPrefix("json") || rule.hasPrefix("form"))
                #expect(
                    throws: ProbeError.inapplicable("the event has nothing where POSTERN_DEDUPE looks")
                ) { try probes.probe(.redelivery, at: Self.time, good: good) }
                return
            }
            #expect(try key(probes.probe(.redelivery, at: Self.time, good: good)) == first)
            let others = try [.rotation, .recent, .twoSignatures].compactMap { (kind: Probe.Kind) in
                try? probes.probe(kind, at: Self.time)
            }.filter { $0.expectation == .accepted }.map { try #require(try key($0)) }
            for key in [first] + others {
                #expect(!seen.contains(key))
                seen.append(key)
            }
        }
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
        let probes = try Self.probes("github") {
            $0.body = Array(#"{"ref":"a","n":1}"#.utf8)
            $0.dedupe = try? DedupeRule("json:/ref")
        }
        let named = String(decoding: try probes.probe(.good, at: Self.time).message.body, as: UTF8.self)
        #expect(named.hasPrefix(#"{"ref":"postern-selftest-"#) && named.hasSuffix(#"","n":1}"#))
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

    @Test(
        "Where the secret is a public key, what must be refused is tried all the same",
        arguments: ["discord", "sendgrid", "plaid", "paypal"])
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
