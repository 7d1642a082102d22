import Testing
import Values
import Verification

@Suite("Addresses that may call")
struct AddressListTests {
    private static func verdict(_ verify: String, from peer: PeerAddress, secrets: [String] = [], _ change: (inout TestRequest) -> Void = { _ in }) throws -> Verdict {
        var request = TestRequest()
        request.peer = peer
        change(&request)
        return try Verifier(VerificationRule(verify), secrets: .of(secrets)).verify(request, at: 0)
    }

    private static func address(_ text: String) throws -> PeerAddress { .address(try #require(IPAddress(text))) }

    @Test("A request is let in exactly from the addresses that are listed", arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1", "192.0.2.0", false),
        ("192.0.2.0/24", "192.0.2.0", true), ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.1.255", false),
        ("192.0.2.0/24", "192.0.3.0", false), ("192.0.2.4/30", "192.0.2.7", true), ("192.0.2.4/30", "192.0.2.8", false),
        ("2001:db8::1", "2001:db8::1", true), ("2001:DB8:0::1", "2001:db8::1", true), ("2001:db8::1", "2001:db8::2", false),
        ("2001:db8::/32", "2001:db8:ffff::", true), ("2001:db8::/32", "2001:db9::", false),
        ("192.0.2.0/24,2001:db8::/32", "2001:db8::9", true), ("192.0.2.0/24,2001:db8::/32", "192.0.2.9", true),
        ("192.0.2.0/24,2001:db8::/32", "198.51.100.1", false), ("192.0.2.0/24", "::ffff:192.0.2.9", true),
        ("192.0.2.0/24", "::ffff:192.0.3.9", false), ("::ffff:192.0.2.0/120", "192.0.2.9", true),
        ("::ffff:192.0.2.9", "192.0.2.9", true), ("::ffff:192.0.2.9", "192.0.2.8", false), ("192.0.2.0/24", "::192.0.2.9", false),
        ("::c000:209", "192.0.2.9", false), ("64:ff9b::/96", "192.0.2.9", false), ("192.0.2.0/25,192.0.2.128/25", "192.0.2.128", true),
        ("192.0.2.0/24,192.0.2.0/28,192.0.2.200", "192.0.2.201", true), ("255.255.255.255", "255.255.255.255", true),
        ("255.255.255.254/31", "0.0.0.0", false), ("ffff::/16", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true),
        ("128.0.0.0/1", "127.255.255.255", false), ("198.51.100.7,192.0.2.1,203.0.113.0/24", "198.51.100.7", true),
        ("198.51.100.7,192.0.2.1,203.0.113.0/24", "203.0.113.200", true), ("198.51.100.7,192.0.2.1,203.0.113.0/24", "198.51.100.6", false),
    ])
    func listed(list: String, peer: String, isLetIn: Bool) throws {
        let verdict = try Self.verdict("ip ip=\(list)", from: try Self.address(peer))
        #expect(verdict.text == (isLetIn ? "verified" : "strangePeer"))
        #expect(verdict.verified.map { $0.sender == "ip" && $0.secretIndex == nil } ?? !isLetIn)
    }

    @Test("A list of many thousands costs little more than a short one")
    func long() throws {
        /// Nanoseconds for callers from all over a list of so many ranges that do not touch.
        func cost(_ count: Int) throws -> Int {
            let ranges = (0..<count).map { Network(IPAddress(v4: 0x0B00_0000 + UInt32($0) * 512), bits: 24) }
            let verifier = try Verifier(VerificationRule("ip ip=file:/list"), secrets: SecretSet(), addresses: ranges)
            let requests = (0..<2_000).map { number in
                var request = TestRequest()
                request.peer = .address(ranges[number * 7919 % count].base)
                return request
            }
            return ProcessorTime.of { for request in requests { #expect(verifier.verify(request, at: 0).verified != nil) } }
        }
        let (short, long) = (try cost(10), try cost(10_000))
        #expect(long < short * 20, "\(long) ns, and \(short) for a thousandth of the ranges")
    }

    @Test("A list of many is searched as one that is looked through")
    func search() throws {
        var random = SystemRandomNumberGenerator()
        let networks = (0..<300).map { _ in
            let bits = Int.random(in: 12...32, using: &random)
            return Network(IPAddress(v4: .random(in: 1...UInt32.max, using: &random)).cleared(behind: bits), bits: bits)
        }.filter { $0.base.number != 0 }
        let rule = try VerificationRule("ip ip=" + networks.prefix(150).map(\.description).joined(separator: ","))
        let all = try VerificationRule("ip ip=192.0.2.1 ip=file:/list")
        let (some, whole) = (try Verifier(rule, secrets: SecretSet()), try Verifier(all, secrets: SecretSet(), addresses: networks))
        for _ in 0..<20_000 {
            let near = networks.randomElement(using: &random)!.numbers
            let number = UInt32(truncatingIfNeeded: (Bool.random() ? near.lowerBound : near.upperBound) &+ UInt128.random(in: 0...2) &- 1)
            let address = IPAddress(v4: number)
            var request = TestRequest()
            request.peer = .address(address)
            #expect((some.verify(request, at: 0).verified != nil) == networks.prefix(150).contains { $0.contains(address) })
            #expect((whole.verify(request, at: 0).verified != nil) == (networks.contains { $0.contains(address) } || "\(address)" == "192.0.2.1"))
        }
    }

    @Test("Who calls from where nobody can tell is not let in, whatever is listed", arguments: [
        (PeerAddress.missing, "pass REMOTE_ADDR on"), (.empty, "empty"), (.repeated(count: 2), "2 times"), (.malformed, "realip"),
    ])
    func unknown(peer: PeerAddress, sentence: String) throws {
        let refusal = try #require(try Self.verdict("ip ip=192.0.2.0/24,2001:db8::/32", from: peer).refusal)
        #expect(refusal.reason == .unknownPeer(peer))
        #expect(refusal.sentence.contains(sentence), "\(refusal)")
    }

    @Test("What the web server calls the peer is an address or nothing", arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("", nil), ("unix:", nil), ("192.0.2.1:443", nil),
        ("192.0.2.1, 198.51.100.1", nil), ("[::1]", nil), ("fe80::1%eth0", nil), ("010.0.0.1", nil), ("localhost", nil), (" 192.0.2.1", nil),
    ])
    func peers(text: String, address: String?) throws {
        let peer = PeerAddress(Array(text.utf8).span)
        if let address { #expect(peer == (try Self.address(address))) } else { #expect(peer == (text.isEmpty ? .empty : .malformed)) }
    }

    @Test("Beside a secret both have to be right, and from elsewhere nothing else is looked at", arguments: [
        "token header=X-Token", "token bearer", "basic", "gitlab", "github", "stripe", "hmac-sha256 header=X", "digest-md5 header=X signed={secret}{body}",
    ])
    func both(verify: String) throws {
        let secret = verify == "basic" ? "u:p" : "sesame"
        let inside = try Self.address("192.0.2.9")
        let outside = try Self.address("198.51.100.9")
        let signed = try Signer(VerificationRule(verify), secrets: .of([secret])).sign(OutgoingMessage(method: "POST", uri: "/", headers: [], body: Array("{}".utf8), id: nil), at: 0)
        func verdict(_ peer: PeerAddress, right: Bool, _ list: String = "ip=192.0.2.0/24") throws -> String {
            var request = TestRequest(signed)
            request.peer = peer
            if !right { request.body += [0x20]; request.headers = request.headers.map { ($0.name, $0.value + [0x61]) } }
            return try Verifier(VerificationRule("\(verify) \(list)"), secrets: .of([secret])).verify(request, at: 0).text
        }
        #expect(try verdict(inside, right: true) == "verified")
        #expect(try verdict(inside, right: false) != "verified")
        #expect(try verdict(outside, right: true) == "strangePeer")
        #expect(try verdict(outside, right: false) == "strangePeer")
        #expect(try verdict(.missing, right: true) == "unknownPeer")
        #expect(try verdict(outside, right: true, "ip=192.0.2.0/24 ip=198.51.100.9") == "verified", "a second list adds to the first")
    }

    @Test("A sender's questions and the secret that it hands over come from its addresses too")
    func handshakes() throws {
        let rule = try VerificationRule("okta ip=192.0.2.1")
        let verifier = try Verifier(rule, secrets: .of(["s"]))
        var request = TestRequest(method: "GET")
        request.add("X-Okta-Verification-Challenge", "abc")
        request.peer = try Self.address("192.0.2.1")
        #expect(verifier.verify(request, at: 0).handshake != nil)
        request.peer = try Self.address("192.0.2.2")
        #expect(verifier.verify(request, at: 0).text == "strangePeer")
        let enrolling = try Verifier(VerificationRule("asana ip=192.0.2.1"), secrets: SecretSet(), awaitsSecret: true)
        request = TestRequest()
        request.add("X-Hook-Secret", "0123456789abcdef0123456789abcdef")
        #expect(enrolling.verify(request, at: 0).text == "unknownPeer")
        request.peer = try Self.address("192.0.2.1")
        if case .enrolment = enrolling.verify(request, at: 0) {} else { Issue.record("the secret was not taken") }
    }

    @Test("ip alone asks for no secret, and one beside it is a contradiction")
    func secrets() throws {
        let rule = try VerificationRule("ip ip=192.0.2.1")
        #expect(!rule.needsSecret)
        let problem = problem { _ = try Verifier(rule, secrets: .of(["x"])) }
        #expect(problem?.setting == .secret && problem?.kind == .contradiction)
        #expect(try Verifier(rule, secrets: SecretSet()).warnings.contains { $0.contains("can send anything") })
        _ = try Verifier(rule, secrets: SecretSet(), dedupe: DedupeRule("json:/id"))
    }

    @Test("A file that nobody has read lets nobody in")
    func unread() throws {
        let rule = try VerificationRule("token bearer ip=file:/etc/postern/list")
        #expect(rule.addresses?.files == ["/etc/postern/list"])
        let problem = problem { _ = try Verifier(rule, secrets: .of(["x"])) }
        #expect(problem?.setting == .verify)
    }

    @Test("A file has an address or a range a line, comments, and any line ends")
    func file() throws {
        let text = "# GitHub\r\n192.0.2.0/24\r\n\n  2001:db8::/32  # hooks\n\t198.51.100.7\t\n#\n203.0.113.9#last"
        let networks = try AddressFile.parse(Array(text.utf8), path: "/list")
        #expect(networks.map(\.description) == ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7/32", "203.0.113.9/32"])
    }

    @Test("A file that is not understood says in which line", arguments: [
        ("", "lists no address"), ("# none\n\n", "lists no address"), ("192.0.2.1\n10.1\n", "line 2"), ("192.0.2.1 192.0.2.2", "line 1"),
        ("192.0.2.1,192.0.2.2", "line 1"), (#"{"hooks": ["192.0.2.1"]}"#, "JSON"), ("  [\"192.0.2.1\"]", "JSON"), ("192.0.2.1\n0.0.0.0/0", "everybody"),
        ("\u{FEFF}192.0.2.1", "line 1"), ("192.0.2.7/24", "write 192.0.2.0/24"), ("<html>", "line 1"), ("192.0.2.1\r192.0.2.2", "line 1"),
    ])
    func badFile(text: String, part: String) throws {
        let problem = try #require(problem { _ = try AddressFile.parse(Array(text.utf8), path: "/list") })
        #expect(problem.setting == .verify && problem.description.contains(part) && problem.description.contains("/list"), "\(problem)")
    }

    @Test("Ranges that let everybody in only together are refused as well", arguments: [
        "0.0.0.0/1,128.0.0.0/1", "::/1,8000::/1", "192.0.2.1,::/2,4000::/2,8000::/1", "128.0.0.0/1,0.0.0.0/2,64.0.0.0/2",
    ])
    func everybody(list: String) throws {
        let problem = try #require(problem { _ = try VerificationRule("ip ip=\(list)") })
        #expect(problem.description.contains("everybody") && problem.description.contains("none"), "\(problem)")
    }

    @Test("A range that is wider than any sender's is a warning", arguments: [
        ("10.0.0.0/8", 0), ("10.0.0.0/7", 1), ("2001::/16", 0), ("2000::/3", 1), ("0.0.0.0/1", 1),
    ])
    func wide(list: String, count: Int) throws {
        let warnings = try Verifier(VerificationRule("ip ip=\(list)"), secrets: SecretSet()).warnings
        #expect(warnings.count { $0.contains("wider") } == count)
    }
}
