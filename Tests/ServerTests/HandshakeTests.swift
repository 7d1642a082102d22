import Foundation
import Testing

@Suite("A sender's handshake", .serialized)
struct HandshakeTests {
    static let kinds = [WebServerKind.nginx, .apacheCGI]
    static let secret = "handshake-secret"
    static let verifyToken = "meatyhamhock"

    private static let senders = [
        "slack", "meta verify-token=file:ROOT/verify-token", "zoom", "x-twitter", "microsoft-graph", "twitch-eventsub", "dropbox",
        "okta", "xero", "trello", "azure-event-grid", "asana", "notion", "adobe-sign",
    ]

    /// A location for each sender, at a path of its name. Those whose secret has yet to arrive have no file.
    private func server(_ kind: WebServerKind) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", Self.secret + "\n")
        try sandbox.write("verify-token", Self.verifyToken + "\n")
        let locations = Self.senders.map { verify in
            let name = String(verify.prefix { $0 != " " })
            let file = name == "asana" || name == "notion" ? "data/\(name)-secret" : "secret"
            return Location(
                path: "= /\(name)",
                settings: [
                    ("POSTERN_VERIFY", verify.replacingOccurrences(of: "ROOT", with: sandbox.root)),
                    ("POSTERN_SECRET", "file:\(sandbox.root)/\(file)"), ("POSTERN_WORKSPACE", workspace),
                    ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_NAME", name),
                    ("POSTERN_QUERY", "probe/raw"), ("POSTERN_URL", "https://hooks.example.com"),
                ])
        }
        return try WebServer(kind, sandbox, locations: locations)
    }

    private static func hexadecimal(_ text: String) -> String {
        Signature.hmacSHA256(Array(text.utf8), key: Array(secret.utf8))
    }

    private static func base64(_ text: String) -> String {
        let hexadecimal = Array(hexadecimal(text))
        let bytes = stride(from: 0, to: hexadecimal.count, by: 2).compactMap { UInt8(String(hexadecimal[$0...$0 + 1]), radix: 16) }
        return Data(bytes).base64EncodedString()
    }

    private struct Question {
        var method = "POST"
        var target: String
        var headers: [(String, String)] = []
        var body: String?
        var answer: String
        var type: String?
    }

    private static func questions(at now: Int) -> [Question] {
        let slack = #"{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV"}"#
        let zoom = #"{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event":"endpoint.url_validation"}"#
        let twitch = #"{"challenge":"pogchamp-kappa","subscription":{"id":"1"}}"#
        let time = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(now)))
        let xero = #"{"events":[],"entropy":"S0m3"}"#
        let grid = #"[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6"}}]"#
        let json = ("Content-Type", "application/json")
        return [
            Question(
                target: "/slack",
                headers: [json, ("X-Slack-Request-Timestamp", "\(now)"), ("X-Slack-Signature", "v0=" + hexadecimal("v0:\(now):\(slack)"))],
                body: slack, answer: #"{"challenge":"3eZbrw1aBm2rZgRNFdxV"}"#, type: "application/json"),
            Question(
                method: "GET", target: "/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=\(verifyToken)",
                answer: "1158201444", type: "text/plain"),
            Question(
                target: "/zoom",
                headers: [json, ("x-zm-request-timestamp", "\(now)"), ("x-zm-signature", "v0=" + hexadecimal("v0:\(now):\(zoom)"))],
                body: zoom,
                answer: #"{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"\#(hexadecimal("qgg8vlvZRS6UYooatFL8Aw"))"}"#,
                type: "application/json"),
            Question(
                method: "GET", target: "/x-twitter?crc_token=5c3b0f3e-2f36&nonce=MTY4",
                answer: #"{"response_token":"sha256=\#(base64("5c3b0f3e-2f36"))"}"#, type: "application/json"),
            Question(
                target: "/microsoft-graph?validationToken=Validation%3a+Testing+client+Request-Id%3a+522a8e7e",
                headers: [("Content-Type", "text/plain; charset=utf-8")], body: "",
                answer: "Validation: Testing client Request-Id: 522a8e7e", type: "text/plain"),
            Question(
                target: "/twitch-eventsub",
                headers: [
                    json, ("Twitch-Eventsub-Message-Id", "m1"), ("Twitch-Eventsub-Message-Timestamp", time),
                    ("Twitch-Eventsub-Message-Type", "webhook_callback_verification"),
                    ("Twitch-Eventsub-Message-Signature", "sha256=" + hexadecimal("m1\(time)\(twitch)")),
                ], body: twitch, answer: "pogchamp-kappa", type: "text/plain"),
            Question(method: "GET", target: "/dropbox?challenge=dBBLY-9_q", answer: "dBBLY-9_q", type: "text/plain"),
            Question(
                method: "GET", target: "/okta", headers: [("X-Okta-Verification-Challenge", "ZGFz")],
                answer: #"{"verification":"ZGFz"}"#, type: "application/json"),
            Question(target: "/xero", headers: [json, ("x-xero-signature", base64(xero))], body: xero, answer: ""),
            Question(
                target: "/azure-event-grid?token=\(secret)", headers: [json], body: grid,
                answer: #"{"validationResponse":"512d38b6"}"#, type: "application/json"),
            Question(method: "HEAD", target: "/trello", answer: ""),
        ]
    }

    @Test("is answered with its length, and never in chunks, behind every web server", arguments: WebServerKind.allCases)
    func length(kind: WebServerKind) throws {
        let server = try server(kind)
        defer { server.stop() }
        let answer = try server.client.send("GET", "/dropbox?challenge=abc123")
        #expect(answer.text == "abc123" && answer[header: "Content-Length"] == "6", "\(answer.headers)")
        #expect(answer[header: "Transfer-Encoding"] == nil)
    }

    @Test("is answered as it wants, and leaves no event", arguments: kinds)
    func answers(kind: WebServerKind) throws {
        let server = try server(kind)
        defer { server.stop() }
        for question in Self.questions(at: Int(Date().timeIntervalSince1970)) {
            let answer = try server.client.send(
                question.method, question.target, headers: question.headers, body: question.body.map { Array($0.utf8) })
            #expect(answer.status == 200, "\(question.target): \(answer.text) \(server.log)")
            #expect(answer.text == question.answer, "\(question.target)")
            #expect(answer[header: "X-Content-Type-Options"] == "nosniff")
            if let type = question.type { #expect(answer[header: "Content-Type"]?.hasPrefix(type) == true, "\(question.target)") }
        }
        #expect(try server.events().isEmpty)
        #expect(!server.log.contains(Self.secret) && !server.log.contains(Self.verifyToken))
    }

    @Test("that a stranger sends gets 401", arguments: kinds)
    func strangers(kind: WebServerKind) throws {
        let server = try server(kind)
        defer { server.stop() }
        for (method, target, headers, body) in [
            ("POST", "/slack", [], #"{"type":"url_verification","challenge":"abc"}"#),
            ("GET", "/meta?hub.mode=subscribe&hub.challenge=1&hub.verify_token=guessed", [], nil),
            ("GET", "/meta?hub.mode=subscribe&hub.challenge=1", [], nil),
            ("GET", "/meta?hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=\(Self.verifyToken)", [], nil),
            ("POST", "/zoom", [], #"{"event":"endpoint.url_validation","payload":{"plainToken":"abc"}}"#),
            ("GET", "/x-twitter?crc_token=%7B%22event%22%3A1%7D", [], nil), ("POST", "/x-twitter?crc_token=abc", [], "{}"),
            ("POST", "/twitch-eventsub", [("Twitch-Eventsub-Message-Type", "webhook_callback_verification")], #"{"challenge":"abc"}"#),
            ("GET", "/dropbox?challenge=%0d%0aSet-Cookie:x", [], nil), ("GET", "/dropbox", [], nil),
            ("POST", "/microsoft-graph?validationToken=%3Cscript%3E", [], ""),
            ("POST", "/microsoft-graph?validationToken=abc", [], #"{"value":[]}"#), ("GET", "/trello", [], nil),
            ("POST", "/azure-event-grid", [], #"[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"a"}}]"#),
        ] as [(String, String, [(String, String)], String?)] {
            let answer = try server.client.send(method, target, headers: headers, body: body.map { Array($0.utf8) })
            #expect(answer.status == 401 && answer.text == #"{"code":"unauthorized"}"#, "\(method) \(target): \(answer.status) \(answer.text)")
        }
        let xero = try server.client.send("POST", "/xero", headers: [("x-xero-signature", "AAAA")], body: Array(#"{"events":[]}"#.utf8))
        #expect(xero.status == 401 && xero.text.isEmpty, "Xero wants its refusals without a body: \(xero.text)")
    }

    @Test("with the client id of Adobe Sign is answered with it, and so is every event after it", arguments: kinds)
    func repeatedHeader(kind: WebServerKind) throws {
        let server = try server(kind)
        defer { server.stop() }
        let name = "X-AdobeSign-ClientId"
        let own = [("Content-Type", "application/json"), (name, Self.secret)]
        let question = try server.client.send("GET", "/adobe-sign", headers: [(name, Self.secret)])
        #expect(question.status == 200 && question[header: name] == Self.secret, "\(server.log)")
        #expect(try server.events().isEmpty)
        let body = Array(#"{"webhookNotificationId":"n1","event":"AGREEMENT_CREATED"}"#.utf8)
        for isFirst in [true, false] {
            let answer = try server.client.send("POST", "/adobe-sign", headers: own, body: body)
            #expect((200...299).contains(answer.status) && answer[header: name] == Self.secret, "\(answer.status) \(server.log)")
            #expect((answer[header: "Postern-Duplicate"] == nil) == isFirst, "a second delivery is answered in the same way")
        }
        for (method, headers) in [("GET", []), ("GET", [(name, "other")]), ("POST", [(name, "other")]), ("POST", [])] {
            let answer = try server.client.send(method, "/adobe-sign", headers: headers, body: method == "GET" ? nil : body)
            #expect(answer.status == 401 && answer[header: name] == nil, "\(method) \(headers)")
        }
    }

    @Test("brings a secret only while the operator waits for it, and once", arguments: kinds)
    func enrolment(kind: WebServerKind) throws {
        let server = try server(kind)
        defer { server.stop() }
        let database = server.sandbox.root + "/data/events.sqlite"
        let file = server.sandbox.root + "/data/asana-secret"
        func handshake(_ secret: String) throws -> HTTPClient.Answer {
            try server.client.send("POST", "/asana", headers: [("X-Hook-Secret", secret)], body: Array("{}".utf8))
        }
        func event(_ secret: String) throws -> HTTPClient.Answer {
            let body = Array(#"{"events":[{"action":"added"}]}"#.utf8)
            return try server.client.send(
                "POST", "/asana", headers: [("X-Hook-Signature", Signature.hmacSHA256(body, key: Array(secret.utf8)))], body: body)
        }
        func enroll(_ location: String) throws -> Command.Result {
            try Command.run(try server.sandbox.program(), ["events", "enroll", location, "--database", database])
        }
        let (stranger, own) = ("stranger0123456789abcdef", "b537207f20cbfa02357cf448134da559")
        #expect(try handshake(stranger).status == 401, "no window is open")
        #expect(try event("").status == 401)
        #expect(!FileManager.default.fileExists(atPath: file))

        let opened = try enroll("asana")
        #expect(opened.status == 0 && opened.output.contains("asana takes its sender's secret until"), "\(opened.output)\(opened.errors)")
        #expect(try event(stranger).status == 401)
        let answer = try handshake(own)
        #expect(answer.status == 200 && answer[header: "X-Hook-Secret"] == own, "\(server.log)")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == own + "\n")

        // At once, with the new secret and no other, and nobody can put another in its place.
        #expect(try event(own).status == 200, "\(server.log)")
        #expect(try event(stranger).status == 401)
        #expect(try handshake(stranger).status == 401)
        let again = try enroll("asana")
        #expect(again.status == 1 && again.errors.contains("has a secret already"), "\(again.output)\(again.errors)")
        #expect(try handshake(stranger).status == 401)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == own + "\n")
        #expect(!server.log.contains(own) && !server.log.contains(stranger))
    }

    @Test("brings Notion's secret in its body", arguments: kinds)
    func notion(kind: WebServerKind) throws {
        let server = try server(kind)
        defer { server.stop() }
        let body = Array(#"{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFCh"}"#.utf8)
        #expect(try server.client.send("POST", "/notion", body: body).status == 401)
        let opened = try Command.run(
            try server.sandbox.program(), ["events", "enroll", "notion", "--database", server.sandbox.root + "/data/events.sqlite"])
        #expect(opened.status == 0, "\(opened.errors)")
        #expect(try server.client.send("POST", "/notion", body: body).status == 200, "\(server.log)")
        #expect(
            try String(contentsOfFile: server.sandbox.root + "/data/notion-secret", encoding: .utf8) == "secret_tMrlL1qK5vuQAh1b6cZGhFCh\n")
    }

    @Test("is no business of a command that is used wrongly")
    func usage() throws {
        let server = try server(.nginx)
        defer { server.stop() }
        _ = try server.client.send("POST", "/asana", body: [])
        _ = try server.client.send(
            "POST", "/slack", headers: [], body: [])
        let database = server.sandbox.root + "/data/events.sqlite"
        for (words, status, text) in [
            (["enroll", "--database", database], 2, "one location"), (["enroll", "a", "b", "--database", database], 2, "one location"),
            (["enroll", "asana", "--json", "--database", database], 2, "--json"),
            (["enroll", "asana", "--database", "/nowhere.sqlite"], 1, "does not exist"),
            (["enroll", "elsewhere", "--database", database], 0, "no location called elsewhere"),
        ] as [([String], Int32, String)] {
            let result = try Command.run(try server.sandbox.program(), ["events"] + words)
            #expect(result.status == status && result.errors.contains(text), "\(words): \(result.status) \(result.output)\(result.errors)")
        }
        let help = try Command.run(try server.sandbox.program(), ["events", "--help"])
        #expect(help.status == 0 && help.output.contains("enroll"))
    }
}

@Suite("An answer suits its sender", .serialized)
struct SuitedAnswerTests {
    @Test(
        "so that the failure of one event does not end all of them",
        arguments: [("404", "gitlab", 500), ("400", "gitlab", 500), ("403", "gitlab", 500), ("404", "github", 404)])
    func disabling(failure: String, sender: String, expected: Int) throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("workspace/api/probe/ending_post.xs", Self.ending(failure), mode: 0o644)
        try sandbox.write("secret", "sesame\n")
        let location = Location(
            path: "= /hook",
            settings: [
                ("POSTERN_VERIFY", sender), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"), ("POSTERN_WORKSPACE", workspace),
                ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/ending"),
            ])
        let server = try WebServer(.nginx, sandbox, locations: [location])
        defer { server.stop() }
        let body = Array("{}".utf8)
        let headers = [
            ("X-Gitlab-Token", "sesame"), ProbeWorkspace.json,
            ("X-Hub-Signature-256", "sha256=" + Signature.hmacSHA256(body, key: Array("sesame".utf8))),
        ]
        let answer = try server.client.send("POST", "/hook", headers: headers, body: body)
        #expect(answer.status == expected, "\(answer.text) \(server.log)")
        #expect(answer[header: "Postern-Event"] != nil)
        #expect(server.log.contains("would give the address up") == (expected == 500), "\(server.log)")
        // A secret that is wrong is told as such all the same.
        #expect(try server.client.send("POST", "/hook", headers: [("X-Gitlab-Token", "guessed")], body: body).status == 401)
    }

    @Test("in its body as well: Xero's answers have none, Dropbox Sign's holds its text")
    func bodies() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "sesame\n")
        let locations = ["xero", "dropbox-sign"].map { name in
            Location(
                path: "= /\(name)",
                settings: [
                    ("POSTERN_VERIFY", name), ("POSTERN_SECRET", "file:\(sandbox.root)/secret"), ("POSTERN_WORKSPACE", workspace),
                    ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/raw"),
                ] + (name == "xero" ? [] : [("POSTERN_RESPOND", "accept")]))
        }
        let server = try WebServer(.nginx, sandbox, locations: locations)
        defer { server.stop() }
        func send(_ name: String, _ headers: [String], _ body: String) throws -> HTTPClient.Answer {
            let message = try Command.run(
                try sandbox.program(), ["sign", "--verify", name, "--secret", "file:\(sandbox.root)/secret"] + headers, input: Data(body.utf8))
            let signed = message.output.split(separator: "\n").map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
            }
            return try server.client.send("POST", "/\(name)", headers: signed, body: Array(body.utf8))
        }
        let xero = try send("xero", [], #"{"events":[{"resourceId":"a"}]}"#)
        #expect(xero.status == 200 && xero.text.isEmpty && xero[header: "Postern-Event"] != nil, "\(xero.text) \(server.log)")
        let hash = Signature.hmacSHA256(Array("1760000000signature_request_sent".utf8), key: Array("sesame".utf8))
        let form = #"{"event":{"event_time":"1760000000","event_type":"signature_request_sent","event_hash":"\#(hash)"}}"#
        let body = "json=" + (form.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        let sign = try server.client.send(
            "POST", "/dropbox-sign", headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
        #expect(sign.status == 200 && sign.text == "Hello API Event Received", "\(sign.status) \(sign.text) \(server.log)")
    }

    @Test(
        "and the command line says what it makes of them",
        arguments: [
            (["--verify", "gitlab"], 0, "after 4xx it gives the address up"), (["--verify", "xero"], 0, "no answer may have a body"),
            (["--verify", "meta"], 0, "it waits 5 s"), (["--verify", "github"], 0, "no timestamp is signed"),
            (["--verify", "gihub"], 2, "github"), (["--verify", "gitlab", "--workspace", "/nowhere"], 1, "/nowhere"),
        ] as [([String], Int32, String)])
    func told(words: [String], status: Int32, text: String) throws {
        let sandbox = try Sandbox()
        let result = try Command.run(try sandbox.program(), ["check"] + words, directory: sandbox.root)
        #expect(result.status == status && (result.output + result.errors).contains(text), "\(result)")
    }

    private static func ending(_ status: String) -> String {
        let kind = ["404": "notfound", "400": "inputerror", "403": "accessdenied"][status] ?? "standard"
        return """
            query "ending" verb=POST {
              api_group = "probe"
              stack {
                precondition (false) {
                  error_type = "\(kind)"
                  error = "no"
                }
              }
              response = {}
            }

            """
    }
}
