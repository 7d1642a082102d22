import Foundation
import Testing
import Values
import Verification

/// A workspace's `senders` in which every sender of the catalogue stands under another name.
private let copies: OwnSenders = {
    let entries = SenderCatalogue.names.compactMap { SenderCatalogue.text(of: $0) }.map { "own-" + $0 }
    return OwnSenders(Array(entries.joined(separator: "\n").utf8), path: "/srv/hooks/senders")
}()

/// Rows of a fixture: the file, with | for line ends, the line that is wrong, and what the message must contain.
private let wrong: [[String]] = {
    let text = (try? Fixtures.text("own-senders.txt")) ?? ""
    return text.components(separatedBy: "\n").filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { $0.components(separatedBy: "\t") }
}()

@Suite("Senders that a workspace describes")
struct OwnSendersTests {
    private static func senders(_ text: String) -> OwnSenders { OwnSenders(Array(text.utf8), path: "/srv/hooks/senders") }

    private static let crm = """
        # Our customers' database.
        my-crm  The CRM of our own
          scheme        hmac-sha256 header=X-CRM-Signature items=, pair== tag=v1 timestamp-tag=t
                        signed={timestamp}.{body} encoding=hex
          event-id      json:/id
          event-type    json:/kind
          tolerance     60
          success       204
          deadline      5
          disables      410
          handshake     signed json:/kind=hello echo=json:/challenge as=text

        my-device
          scheme token header=X-Device-Token ip=192.0.2.0/24
        """

    @Test("An entry gives all that one of the catalogue gives")
    func entry() throws {
        let senders = Self.senders(Self.crm)
        #expect(senders.problems.isEmpty && senders.names == ["my-crm", "my-device"])
        let rule = try VerificationRule("my-crm", senders: senders)
        let profile = try #require(rule.profile)
        #expect(rule.name == "my-crm" && profile.title == "The CRM of our own" && profile.file == "/srv/hooks/senders")
        #expect(profile.identity == .event && profile.deadline == 5 && profile.successStatus == 204 && rule.defaultTolerance == 60)
        #expect(profile.disabling.contains(410) && profile.handshakes.count == 1)
        let secrets = try SecretSet.of(["geheim"])
        let body = Array(#"{"id":"e1","kind":"customer.new"}"#.utf8)
        let message = try Signer(rule, secrets: secrets)
            .sign(OutgoingMessage(method: "POST", uri: "/", headers: [], body: body, id: nil), at: 1_760_000_000_000)
        let verifier = try Verifier(rule, secrets: secrets)
        let verified = try #require(verifier.verify(TestRequest(message), at: 1_760_000_030_000).verified)
        #expect(verified.sender == "my-crm" && verified.deliveryID?.string == "e1" && verified.eventType?.string == "customer.new")
        #expect(verified.dedupeKey?.kind == "json:/id")
        #expect(verifier.verify(TestRequest(message), at: 1_760_000_070_000).text == "stale")
        #expect(verifier.statusThatKeeps(410) == 500 && verifier.acceptedStatus == 204)
    }

    @Test("An entry may list addresses, which those of a location replace")
    func addresses() throws {
        let senders = Self.senders(Self.crm)
        #expect(try VerificationRule("my-device", senders: senders).addresses?.listed.map(\.description) == ["192.0.2.0/24"])
        let other = try VerificationRule("my-device ip=198.51.100.1", senders: senders)
        #expect(other.addresses?.listed.map(\.description) == ["198.51.100.1/32"])
    }

    @Test(
        "What a handshake signs for strangers is no event of a sender of one's own, whatever its events sign",
        arguments: [
            ("signed={timestamp}{body} timestamp-header=X-Time", "1760000000", ""),
            ("signed={timestamp}{body} timestamp-header=X-Time", "1760000000order", "order"),
            ("signed={id}{body} id-header=X-Id", "e1", ""), ("signed={method}{body}", "POSTpaid", "paid"),
            ("signed={timestamp}{md5:body} timestamp-header=X-Time", "1760000000d41d8cd98f00b204e9800998ecf8427e", ""),
            ("signed={body}", "paid", "paid"),
        ])
    func oracle(form: String, challenge: String, body: String) throws {
        let senders = Self.senders(
            """
            mine
              scheme     hmac-sha256 header=X-Signature \(form)
              handshake  unsigned GET echo=query:c of=word length=64 hmac=sha256-hex hmac-as=text
            """)
        #expect(senders.problems.isEmpty, "\(senders.problems)")
        let verifier = try Verifier(VerificationRule("mine", senders: senders), secrets: .of(["geheim"]))
        let time: Int64 = 1_760_000_000_000
        var question = TestRequest(method: "GET", uri: Array("/?c=\(challenge)".utf8))
        question.body = []
        let code = try #require(verifier.verify(question, at: time).handshake)
        var forged = TestRequest()
        forged.body = Array(body.utf8)
        forged.add("X-Signature", String(decoding: code.body, as: UTF8.self))
        forged.add("X-Time", "1760000000")
        forged.add("X-Id", "e1")
        #expect(verifier.verify(forged, at: time).text == "malformed")
    }

    @Test("CRLF ends a line, and comments may be indented")
    func lineEnds() throws {
        let senders = Self.senders("a\r\n  scheme token bearer\r\n    # and so on\r\n  deadline 5\r\n")
        #expect(senders.problems.isEmpty, "\(senders.problems)")
        #expect(try VerificationRule("a", senders: senders).profile?.deadline == 5)
    }

    @Test("What is wrong is said with its line, and closes every location that names a sender of the file", arguments: wrong)
    func malformed(row: [String]) throws {
        let senders = Self.senders(row[0].replacingOccurrences(of: "|", with: "\n"))
        let problem = try #require(senders.problems.first)
        #expect("\(problem.line)" == row[1], "\(problem)")
        #expect("\(problem.problem); \(problem.remedy)".contains(row[2]), "\(problem)")
        for name in senders.names.filter({ !$0.isEmpty }) + ["good"] {
            let refused = problem_(name, senders)
            #expect(refused?.setting == .verify && refused?.kind == .malformed, "\(name): \(String(describing: refused))")
            #expect(refused?.description.contains("/srv/hooks/senders:\(row[1]): ") == true, "\(String(describing: refused))")
        }
        // The catalogue and the schemes do not need it.
        if !senders.names.contains("stripe") { _ = try VerificationRule("stripe", senders: senders) }
        _ = try VerificationRule("token bearer", senders: senders)
    }

    private func problem_(_ name: String, _ senders: OwnSenders) -> SettingProblem? {
        problem { _ = try VerificationRule(name, senders: senders) }
    }

    @Test("All that is wrong is said, in the order of lines")
    func all() {
        let senders = Self.senders("a\n  scheme token\n  deadline x\nb\n  schme basic\ngithub\n  scheme basic\n\tx\n")
        #expect(senders.problems.map(\.line) == [2, 3, 4, 5, 6, 8], "\(senders.problems)")
    }

    @Test("A name of the catalogue is never taken over, and never answers in the file's place")
    func shadowing() throws {
        let senders = Self.senders("github\n  scheme token bearer\n")
        #expect(senders.problems.first?.remedy.contains("my-github") == true)
        #expect(problem_("github", senders)?.kind == .malformed)
        #expect(problem_("gihtub", senders)?.kind == .malformed)
        _ = try VerificationRule("gitlab", senders: senders)
    }

    @Test("A name that is nearly one of the file's is told")
    func hint() {
        let problem = problem_("my-cmr", Self.senders(Self.crm))
        #expect(problem?.kind == .unknownSender && problem?.remedy.contains("my-crm") == true)
    }

    @Test("The documentation has every key of an entry", arguments: OwnSenders.keys)
    func documented(key: String) throws {
        let folder = Fixtures.folder().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Documentation/OwnSenders.md"), encoding: .utf8)
        #expect(text.contains("`\(key)`"))
    }

    @Test("What is no text is no file of senders")
    func encoding() {
        #expect(OwnSenders([0xFF, 0xFE, 0x61], path: "/s").problems.first?.problem.contains("UTF-8") == true)
        let marked = OwnSenders([0xEF, 0xBB, 0xBF] + Array("my-crm\n  scheme basic\n".utf8), path: "/s")
        #expect(marked.problems.first?.problem.contains("byte order mark") == true)
    }

    @Test("The largest file is read in time that grows with its size: names are looked up, not gone through")
    func large() {
        let text = (0..<9_000).map { "a\($0)\n  scheme basic\n" }.joined()
        #expect(text.utf8.count < OwnSenders.maximumByteCount)
        var large = OwnSenders()
        let cost = ProcessorTime.of { large = Self.senders(text) }
        #expect(large.problems.isEmpty && large.names.count == 9_000)
        // The catalogue's names are made once for a file, not once for an entry.
        let names = ProcessorTime.of { for _ in 0..<10 { _ = SenderCatalogue.names } } / 10
        #expect(cost < names * 1_000, "\(cost) ns, of which names would take \(names) each time")
        // Ten times the entries cost about ten times as much.
        let small = (0..<900).map { "a\($0)\n  scheme basic\n" }.joined()
        let part = ProcessorTime.of { _ = Self.senders(small) }
        #expect(cost < part * 40, "\(cost) ns, and \(part) for a tenth")
    }

    @Test("An entry has a bounded number of parameters, all of which are tried")
    func parameters() {
        let text = "mine\n  scheme basic\n" + (0..<9_000).map { "  parameter a\($0) text\n" }.joined()
        let problems = Self.senders(text).problems
        #expect(problems.contains { $0.problem.contains("more than 32") && $0.line == 35 }, "\(problems.prefix(40))")
    }

    @Test("Every sender of the catalogue can be written as one's own")
    func copiesAreWhole() {
        #expect(copies.problems.isEmpty, "\(copies.problems)")
        #expect(copies.names.count == SenderCatalogue.names.count)
    }

    @Test("A sender of the catalogue under another name in a workspace's file judges as the catalogue's", arguments: try Fixtures.vectors(in: "Senders") + Fixtures.vectors(in: "Handshakes"))
    func vectors(vector: Vector) throws {
        guard SenderCatalogue.names.contains(vector.sender) else { return }
        let rule = try VerificationRule("own-" + vector.verify, senders: copies)
        let own = try vector.verifier(rule).verify(vector.request, at: vector.time)
        let known = try vector.verdict()
        #expect(own.text == vector.expected && known.text == vector.expected)
        #expect(own.verified?.dedupeKey == known.verified?.dedupeKey && own.verified?.eventType == known.verified?.eventType)
        #expect(own.verified?.deliveryID == known.verified?.deliveryID && own.verified?.timestamp == known.verified?.timestamp)
        #expect(own.verified.map { $0.sender == "own-" + vector.sender } ?? true)
    }

    @Test("A scheme that templates can say judges in the location block as in an entry", arguments: try Fixtures.vectors(in: "Senders"))
    func schemes(vector: Vector) throws {
        let profile = try #require(try SenderCatalogue.profile(of: vector.sender))
        guard VerificationRule.namesScheme(profile.schemeText), ["verified"].contains(vector.expected) || vector.expected.hasPrefix("wrong") else { return }
        // Other names of the headers are no part of the scheme.
        if profile.renaming != nil, vector.title.contains("names") { return }
        // What a user says behind the name takes the place of the scheme's own.
        let given = vector.verify.split(separator: " ").dropFirst().filter { !$0.hasSuffix("=any") && !$0.hasPrefix("verify-token=") }
        let words = profile.schemeText.split(separator: " ").filter { word in
            !word.contains("=") || !given.contains { $0.split(separator: "=")[0] == word.split(separator: "=")[0] }
        }
        guard !profile.schemeText.contains("\"") || given.isEmpty else { return }
        let text = given.isEmpty ? profile.schemeText : (words + given).joined(separator: " ")
        let tolerance = profile.tolerance
        let rule = try VerificationRule(text)
        let verifier = try Verifier(rule, secrets: .of(vector.secrets), url: vector.url, tolerance: tolerance)
        #expect(verifier.verify(vector.request, at: vector.time).text == vector.expected, "\(text)")
    }

    @Test("Every scheme's vector is judged the same in an entry", arguments: try Fixtures.vectors(in: "Schemes"))
    func words(vector: Vector) throws {
        guard vector.sender != "none" else { return }
        let senders = Self.senders("mine\n  scheme \(vector.verify)\n")
        #expect(senders.problems.isEmpty, "\(senders.problems)")
        let rule = try VerificationRule("mine", senders: senders)
        let verdict = try vector.verifier(rule).verify(vector.request, at: vector.time)
        #expect(verdict.text == vector.expected)
    }
}
