import Foundation
import Testing
import Verification

private func vectors() throws -> [Vector] { try Fixtures.vectors(in: "Handshakes") }

/// Those that are answered, or bring the secret.
private func answered() throws -> [Vector] {
    try vectors().filter { $0.expected.hasPrefix("handshake") || $0.expected.hasPrefix("enrolment") }
}

private func isAnswer(_ verdict: Verdict) -> Bool {
    switch verdict {
    case .handshake, .enrolment: true
    case .verified, .subscription, .refused: false
    }
}

@Suite("Handshakes")
struct HandshakeTests {
    @Test("A sender's own question is answered as it wants", arguments: try vectors())
    func answer(vector: Vector) throws {
        #expect(try vector.verdict().text == vector.expected)
    }

    @Test("What is repeated is plain text, or a value in JSON", arguments: try answered())
    func types(vector: Vector) throws {
        guard let answer = try vector.verdict().handshake else { return }
        let isJSON = answer.body.first == UInt8(ascii: "{")
        #expect(answer.contentType == (answer.body.isEmpty ? nil : isJSON ? "application/json" : "text/plain"))
        #expect((200...204).contains(answer.status))
    }

    @Test("Every sender that has a handshake has a vector of it")
    func complete() throws {
        let known = Set(try vectors().map(\.sender))
        for name in SenderCatalogue.names {
            let profile = try #require(try SenderCatalogue.profile(of: name))
            #expect(profile.handshakes.isEmpty || known.contains(name), "\(name)")
        }
    }

    @Test("Under another verb it is none", arguments: try answered())
    func otherVerb(vector: Vector) throws {
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "get", "post", ""] where method != vector.request.method {
            var vector = vector
            vector.request.method = method
            let verdict = try vector.verdict()
            #expect(!isAnswer(verdict) || Self.isAllowed(vector), "\(method): \(verdict.text)")
        }
    }

    /// Intercom's and Azure's other handshakes, and an address that any verb finds open to a HEAD.
    private static func isAllowed(_ vector: Vector) -> Bool {
        vector.request.method == "HEAD" && ["trello", "mandrill", "intercom"].contains(vector.sender)
    }

    @Test("What looks like a challenge, and is long, or marks of HTML, or control characters, is not repeated", arguments: try answered())
    func hostileChallenge(vector: Vector) throws {
        guard let challenge = vector.challenge else { return }
        let hostile = [
            "<script>alert(1)</script>", "a\"b", "a&b", "a'b", "a\\b", "a\u{0}b", "a\r\nSet-Cookie: x=y", "a\nb", "a\tb", "é", "",
            String(repeating: "a", count: 1025), challenge + "\u{7F}", challenge + "<", "=HYPERLINK`x`", "{\"event\":1}",
        ]
        for text in hostile {
            let mutant = try vector.replacingChallenge(by: text)
            let verdict = try mutant.verdict()
            #expect(!isAnswer(verdict), "\(text.debugDescription): \(verdict.text)")
            if !vector.isSigned { #expect(verdict.refusal != nil, "\(text.debugDescription)") }
        }
        let honest = try vector.replacingChallenge(by: String(challenge.reversed().filter { $0 != " " && $0 != ":" }))
        #expect(isAnswer(try honest.verdict()), "the challenge is not replaced where it stands")
    }

    @Test("One that its sender signs is answered only once it is verified", arguments: try answered().filter(\.isSigned))
    func unsigned(vector: Vector) throws {
        var guessed = vector
        // A key of Ed25519 has a form of its own.
        guessed.secrets = vector.secrets.map { vector.sender == "discord" ? String($0.reversed()) : $0 + "x" }
        #expect(try guessed.verdict().refusal != nil)
        for mutant in vector.headerMutants {
            let verdict = try vector.verifier().verify(mutant.request, at: vector.time)
            #expect(verdict.handshake == nil || verdict.text == vector.expected, "\(mutant.what): \(verdict.text)")
        }
        var bare = vector
        bare.request.headers = vector.request.headers.filter { $0.name == "Content-Type" || $0.name.hasPrefix("WebHook") }
        bare.request.uri = Array("/".utf8)
        #expect(try bare.verdict().refusal != nil)
        if !vector.request.body.isEmpty {
            var changed = vector
            changed.request.body.append(UInt8(ascii: " "))
            // A token covers nothing of the body.
            let verdict = try changed.verdict()
            #expect(verdict.refusal != nil || vector.sender == "azure-event-grid")
        }
    }

    @Test("The verify token is compared whole, and stands there once")
    func verifyToken() throws {
        let vector = try #require(try vectors().first { $0.title == "meta" })
        let uris = [
            "hub.verify_token=meatyhamhoc", "hub.verify_token=meatyhamhockx", "hub.verify_token=MEATYHAMHOCK",
            "hub.verify_token=", "", "hub.verify_token=app-secret", "hub.verify_token=meatyhamhock%00",
            "hub.verify_token=meatyhamhock&hub.verify_token=meatyhamhock", "hub.verify_token=x&hub.verify_token=meatyhamhock",
            "hub.verify_token[]=meatyhamhock", "hub_verify_token=meatyhamhock",
        ]
        for uri in uris {
            var mutant = vector
            mutant.request.uri = Array("/?hub.mode=subscribe&hub.challenge=1158201444&\(uri)".utf8)
            #expect(try mutant.verdict().refusal != nil, "\(uri)")
        }
        for uri in ["hub.mode=unsubscribe&", "hub.mode=subscribe&hub.mode=subscribe&", "", "hub.mode=&"] {
            var mutant = vector
            mutant.request.uri = Array("/?\(uri)hub.challenge=1158201444&hub.verify_token=meatyhamhock".utf8)
            #expect(try mutant.verdict().refusal != nil, "\(uri)")
        }
    }

    @Test("A body where there is none, other members, or another challenge beside the first make it none", arguments: try answered())
    func more(vector: Vector) throws {
        if vector.request.body.isEmpty {
            var mutant = vector
            mutant.request.body = Array(#"{"event":"order.paid"}"#.utf8)
            #expect(!isAnswer(try mutant.verdict()))
        }
        if let challenge = vector.challenge, let name = vector.queryName(of: challenge) {
            var mutant = vector
            mutant.request.uri += Array("&\(name)=second".utf8)
            #expect(!isAnswer(try mutant.verdict()))
        }
        if ["notion", "woocommerce"].contains(vector.sender) {
            var mutant = vector
            let body = String(decoding: vector.request.body, as: UTF8.self)
            mutant.request.body = Array((body.hasSuffix("}") ? String(body.dropLast()) + #","type":"page.created"}"# : body + "&x=1").utf8)
            #expect(try mutant.verdict().refusal != nil)
        }
    }

    @Test(
        "An event that looks like a handshake is an event",
        arguments: [
            ("slack", #"{"type":"event_callback","event_id":"Ev1","challenge":"abc","event":{"type":"url_verification"}}"#),
            ("slack", #"{"type":["url_verification"],"challenge":"abc"}"#), ("slack", #"{"type":"url_verification"}"#),
            ("slack", #"[{"type":"url_verification","challenge":"abc"}]"#), ("slack", #"{"type":"url_verification","challenge":7}"#),
            ("zoom", #"{"event":"meeting.started","payload":{"plainToken":"abc"}}"#),
            ("zoom", #"{"event":"endpoint.url_validation","payload":{"plainToken":"v0:1760000000:{}"}}"#),
            ("zoom", #"{"event":"endpoint.url_validation","payload":{"plainToken":{"a":1}}}"#),
            ("line", #"{"destination":"U","events":[{"type":"message"}]}"#), ("line", #"{"events":"[]"}"#),
            ("viber", #"{"event":"message","timestamp":1,"message":{"event":"webhook"}}"#),
            ("xero", #"{"events":[{"resourceId":"a"}],"entropy":"S0m3"}"#), ("asana", #"{"events":[{"action":"added"}]}"#),
            ("asana", #"{"events":[],"more":1}"#), ("intercom", #"{"topic":"conversation.user.created","id":"ping"}"#),
            ("azure-event-grid", #"[{"eventType":"Other","data":{"validationCode":"abc"}}]"#),
            ("azure-event-grid", #"{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"abc"}}"#),
            ("twitch-eventsub", #"{"challenge":"abc","event":{"user":"x"}}"#),
        ])
    func lookalikes(sender: String, body: String) throws {
        let vector = try #require(try vectors().first { $0.sender == sender && $0.isSigned })
        let headers = vector.request.headers.filter { $0.name.lowercased().contains("message-type") || $0.name == "Content-Type" }
        let signed = try vector.signed(Array(body.utf8), headers: headers)
        let verdict = try vector.verifier().verify(signed, at: vector.time)
        #expect(verdict.verified != nil, "\(verdict.text)")
    }

    @Test("What a handshake has signed is no event, whoever sends it as one", arguments: ["x-twitter", "braintree"])
    func oracle(sender: String) throws {
        let vector = try #require(try vectors().first { $0.sender == sender })
        let challenge = try #require(vector.challenge)
        let code = try #require(vector.expected.split(whereSeparator: { "|\" ".contains($0) }).last { $0.count > 20 })
        var forged = vector
        forged.request = TestRequest()
        if sender == "x-twitter" {
            forged.request.body = Array(challenge.utf8)
            forged.request.add("x-twitter-webhooks-signature", String(code))
        } else {
            forged.request.body = Array("bt_signature=integration_public_key%7C\(code)&bt_payload=\(challenge)".utf8)
            forged.request.add("Content-Type", "application/x-www-form-urlencoded")
        }
        #expect(try forged.verdict().text == "malformed")
    }

    @Test("A secret is taken from nobody while there is one", arguments: ["asana", "notion"])
    func secondSecret(sender: String) throws {
        var vector = try #require(try vectors().first { $0.sender == sender && $0.expected.hasPrefix("enrolment") })
        vector.secrets = ["the-one-that-is-there"]
        #expect(try vector.verdict().refusal != nil)
    }

    @Test("Until the secret has come nothing else is answered, however it is signed", arguments: ["asana", "notion"])
    func waiting(sender: String) throws {
        var vector = try #require(try vectors().first { $0.sender == sender && $0.expected.hasPrefix("enrolment") })
        vector.request.headers = [("Content-Type", Array("application/json".utf8))]
        for body in [#"{"events":[]}"#, #"{"id":"1","type":"page.created"}"#, "{}", ""] {
            vector.request.body = Array(body.utf8)
            #expect(try vector.verdict().text == "notEnrolled")
            var signed = vector
            signed.request.add("X-Hook-Signature", String(repeating: "0", count: 64))
            signed.request.add("X-Notion-Signature", "sha256=" + String(repeating: "0", count: 64))
            #expect(try signed.verdict().text == "notEnrolled")
        }
    }

    @Test("A secret that has arrived is shown by nothing")
    func disclosure() throws {
        let vector = try #require(try vectors().first { $0.sender == "asana" && $0.expected.hasPrefix("enrolment") })
        guard case .enrolment(let enrolment) = try vector.verdict() else { throw Vector.UnknownKey(key: "asana") }
        let challenge = try #require(vector.challenge)
        #expect(enrolment.secret == Array(challenge.utf8))
        for text in ["\(enrolment)", String(reflecting: enrolment)] { #expect(!text.contains(challenge)) }
        var dumped = ""
        dump(enrolment, to: &dumped)
        #expect(!dumped.contains(challenge))
    }

    @Test(
        "A line of the catalogue that would make an oracle is none",
        arguments: [
            "unsigned GET", "unsigned POST", "unsigned echo=query:c as=xml", "signed GET token=query:t", "unsigned GET as=text",
            "unsigned GET echo=query:c hmac=sha256-hex", "unsigned GET echo=query:c of=text length=128 hmac=sha256-hex",
            "unsigned GET echo=query:c of=word length=129 hmac=sha256-hex", "unsigned GET of=word length=128 hmac=sha256-hex",
            "enrol echo=header:X-Secret", "enrol length=16-256", "enrol echo=header:X length=16-64 of=word hmac=sha256-hex",
            "signed json:/a=b status=500", "signed json:/a=b length=5-4", "signed json:/a=b length=2000", "GET echo=query:c as=text",
            "signed json:/a=b json={} as=text echo=json:/c", "unsigned GET echo=cookie:c as=text", "signed json:/a=b echo=json:/c echo=json:/d",
        ])
    func oracles(line: String) {
        #expect(Handshake(line) == nil)
    }

    @Test(
        "A line of the catalogue may say all that senders need",
        arguments: [
            "unsigned keys=challenge echo=json:/challenge of=base64 as=json:challenge",
            #"signed json:/type=1 no=json:/event no=json:/data json={"type":1}"#, "signed json:/type=0 no=json:/event status=204",
            "unsigned HEAD", "enrol keys=t echo=json:/t length=16-256",
        ])
    func lines(line: String) {
        #expect(Handshake(line) != nil)
    }

    @Test("A verify token that is written into the settings is refused", arguments: ["meta verify-token=secret", "meta verify-token=", "meta verify-token=file:/a verify-token=file:/b", "github verify-token=file:/a"])
    func literalToken(verify: String) throws {
        let problem = try #require(problem { _ = try VerificationRule(verify) })
        #expect(problem.setting == .verify && !"\(problem)".contains("=secret"))
    }

    @Test("A location without its verify token is told so")
    func missingToken() throws {
        let vector = try #require(try vectors().first { $0.expected == "noVerifyToken" })
        #expect(try vector.verifier().warnings.contains { $0.contains("verify-token=file:") })
    }

    @Test("Only so long a body can be a handshake")
    func longBody() throws {
        let vector = try #require(try vectors().first { $0.title == "line" })
        let body = Array(#"{"events":[],"x":"\#(String(repeating: "x", count: 17_000))"}"#.utf8)
        #expect(try vector.verifier().verify(try vector.signed(body, headers: []), at: vector.time).verified != nil)
    }
}

extension Vector {
    /// Whether it is answered only once it is verified.
    fileprivate var isSigned: Bool {
        let unsigned = ["meta", "whatsapp", "instagram", "x-twitter", "dropbox", "nylas", "okta", "microsoft-graph", "trello", "mandrill", "woocommerce", "braintree", "monday"]
        return !unsigned.contains(sender) && !expected.hasPrefix("enrolment") && request.method != "HEAD"
    }

    /// A request of this sender with another body, signed by its rule.
    fileprivate func signed(_ body: [UInt8], headers: [(name: String, value: [UInt8])]) throws -> TestRequest {
        let uri = String(decoding: request.uri, as: UTF8.self)
        let message = OutgoingMessage(
            method: request.method, uri: uri.contains("key=") || uri.contains("token=") ? "/" : uri,
            headers: headers.map { .init($0.name, String(decoding: $0.value, as: UTF8.self)) }, body: body)
        return TestRequest(try Signer(VerificationRule(verify), secrets: SecretSet.of(secrets), url: url).sign(message, at: time))
    }

    /// The same request with another challenge, signed anew if the sender signs it.
    fileprivate func replacingChallenge(by text: String) throws -> Vector {
        var vector = self
        guard let challenge else { return self }
        let escaped = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var uri = String(decoding: request.uri, as: UTF8.self)
        if let name = queryName(of: challenge) {
            uri = uri.split(separator: "&", omittingEmptySubsequences: false).map { pair in
                let start = pair.hasPrefix("/?") ? "/?" : ""
                return pair.dropFirst(start.count).hasPrefix(name + "=") ? "\(start)\(name)=\(escaped)" : String(pair)
            }.joined(separator: "&")
            vector.request.uri = Array(uri.utf8)
            return vector
        }
        for index in request.headers.indices where request.headers[index].value == Array(challenge.utf8) {
            vector.request.headers[index].value = Array(text.utf8)
            return vector
        }
        let json = String(decoding: try JSONEncoder().encode(text), as: UTF8.self).replacingOccurrences(of: "\\/", with: "/")
        let body = String(decoding: request.body, as: UTF8.self).replacingOccurrences(of: "\"\(challenge)\"", with: json)
        guard isSigned else {
            vector.request.body = Array(body.utf8)
            return vector
        }
        let kept = request.headers.filter { $0.name.lowercased().contains("message-type") || $0.name == "Content-Type" || $0.name.hasPrefix("aeg") }
        vector.request = try signed(Array(body.utf8), headers: kept)
        return vector
    }

    /// The parameter of the query string that holds a text.
    fileprivate func queryName(of text: String) -> String? {
        let query = String(decoding: request.uri, as: UTF8.self).split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            let value = parts.last.map { $0.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? "" }
            if parts.count == 2, value == text { return String(parts[0]) }
        }
        return nil
    }
}
