import Foundation
import Glibc
import Testing

/// A location whose sender publishes its keys, behind a real web server.
private struct Scene {
    let sandbox: Sandbox
    let keys: KeyServer
    let server: WebServer
    let key: PrivateKey

    static let rule = "jws header=X-Token algorithm=ES256 body-claim=b timestamp-claim=iat"

    init(_ kind: WebServerKind, authority: String = "authority", publishes: Bool = true) throws {
        sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        keys = try KeyServer(sandbox)
        key = try PrivateKey("first", in: sandbox)
        if publishes { try keys.publish("keys.json", PrivateKey.set([key])) }
        let authorities = sandbox.root + "/tls/\(authority).pem"
        chmod(authorities, 0o644)
        var settings = [
            ("POSTERN_VERIFY", "\(Self.rule) keys=\(keys.origin)/keys.json"), ("POSTERN_WORKSPACE", workspace),
            ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/notes"),
            ("POSTERN_OUTBOUND", "localhost:\(keys.port)"), ("POSTERN_NAME", "published"),
        ]
        if !kind.hasServer { settings.append(("SSL_CERT_FILE", authorities)) }
        server = try WebServer(
            kind, sandbox, locations: [Location(path: "= /in", settings: settings)],
            environment: ["SSL_CERT_FILE": authorities])
    }

    /// The headers of a request that a key has signed.
    func signed(_ body: String, by key: PrivateKey? = nil) throws -> [(String, String)] {
        let secret = try sandbox.write("signer-\(UUID().uuidString)", (key ?? self.key).privateText)
        let result = try Command.run(
            try sandbox.program(), ["sign", "--verify", Self.rule, "--secret", "file:\(secret)"], input: Data(body.utf8))
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        return result.output.split(separator: "\n").compactMap { line in
            line.range(of: ": ").map { (String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
        }
    }

    func send(_ body: String, by key: PrivateKey? = nil) throws -> HTTPClient.Answer {
        try server.client.send("POST", "/in", headers: try signed(body, by: key), body: Array(body.utf8))
    }

    /// Changes the database past Postern, as if time had passed.
    func pass(_ change: String) throws {
        let result = try Command.run(
            "/usr/bin/sqlite3",
            ["-bail", "-cmd", ".timeout 5000", sandbox.root + "/data/events.sqlite", "UPDATE postern_document SET \(change)"])
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
    }

    /// Sends until the request is answered so, as a sender does that comes again.
    func until(_ status: Int, by key: PrivateKey? = nil) throws {
        let headers = try signed("{\"text\":\"again\"}", by: key)
        try Service.until("an answer \(status)") {
            (try? server.client.send("POST", "/in", headers: headers, body: Array("{\"text\":\"again\"}".utf8)).status) == status
        }
    }
}

@Suite("Keys that a sender publishes", .serialized)
struct PublishedKeyTests {
    private let body = "{\"text\":\"a\"}"

    @Test("are fetched in the background, while the sender is told to come again; forged keys fetch nothing more")
    func server() throws {
        let scene = try Scene(.nginx)
        defer { scene.server.stop() }
        let answer = try scene.send(body)
        #expect(answer.status == 503 && answer[header: "Retry-After"] != nil, "\(answer.status) \(answer.text)")
        try scene.until(200)
        #expect(scene.keys.requests == ["/keys.json"])
        for number in 0..<30 {
            let forged = try PrivateKey("forged-\(number)", in: scene.sandbox)
            #expect(try scene.send(body, by: forged).status == 401)
        }
        #expect(scene.keys.requests == ["/keys.json"], "\(scene.server.log)")
        #expect(try scene.send(body).status == 200)
    }

    @Test("are named where the use of secrets is shown, and in the event that one of them verified")
    func named() throws {
        let scene = try Scene(.nginx)
        defer { scene.server.stop() }
        try scene.until(200)
        #expect(try scene.send("{\"text\":\"b\"}").status == 200)
        let title = "key \(scene.key.identifier) of \(scene.keys.origin)/keys.json"
        let database = scene.sandbox.root + "/data/events.sqlite"
        func secrets(_ words: String...) throws -> Command.Result {
            try Command.run(try scene.sandbox.program(), ["events", "secrets", "published", "--database", database] + words)
        }
        let page = try secrets().output
        #expect(page.contains("  published  \(title)\n") && page.contains("; 2 events since"), "\(page)")
        let json = try secrets("--json").output
        #expect(json.contains("\"advice\":\"published\"") && json.contains(title) && json.contains("\"fingerprint\":null"), "\(json)")
        let event = try #require(try scene.server.events().first?["id"] as? String)
        let shown = try Command.run(try scene.sandbox.program(), ["events", "show", event, "--database", database]).output
        #expect(shown.contains("secret    \(title)\n"), "\(shown)")
    }

    @Test("are fetched by the drain, for which the first request waits, where no server stays")
    func cgi() throws {
        let scene = try Scene(.apacheCGI)
        defer { scene.server.stop() }
        let answer = try scene.send(body)
        #expect(answer.status == 200, "\(answer.status) \(answer.text) \(scene.server.log)")
        for number in 0..<10 {
            let forged = try PrivateKey("forged-\(number)", in: scene.sandbox)
            #expect(try scene.send(body, by: forged).status == 401)
        }
        #expect(scene.keys.requests == ["/keys.json"], "\(scene.server.log)")
        // What is about to expire still counts, and is fetched beside the request.
        try scene.pass("due = 1")
        #expect(try scene.send("{\"text\":\"b\"}").status == 200)
        try Service.until("the keys to be fetched again") { scene.keys.requests.count == 2 }
    }

    @Test("are fetched again for a new key once a minute has passed, and no longer count once they have expired")
    func rotation() throws {
        let scene = try Scene(.nginx)
        defer { scene.server.stop() }
        try scene.until(200)
        let second = try PrivateKey("second", in: scene.sandbox)
        try scene.keys.publish("keys.json", PrivateKey.set([second]))
        #expect(try scene.send(body, by: second).status == 401)
        try scene.pass("tried = 1")
        try scene.until(200, by: second)
        #expect(scene.keys.requests.count == 2)
        try scene.until(401)
        #expect(scene.keys.requests.count == 2)
        scene.keys.stop()
        try scene.pass("expires = 2, due = NULL, tried = 1")
        try scene.until(503, by: second)
    }

    @Test("are kept in the database: a server that starts again needs nobody to fetch them")
    func restart() throws {
        let scene = try Scene(.nginx)
        defer { scene.server.stop() }
        try scene.until(200)
        scene.keys.stop()
        scene.server.postern?.stop()
        try scene.server.startPostern()
        #expect(try scene.send(body).status == 200, "\(scene.server.log)")
    }

    @Test("count only from a server that an authority vouches for, and the log says why they do not")
    func untrusted() throws {
        let scene = try Scene(.nginx, authority: "other")
        defer { scene.server.stop() }
        #expect(try scene.send(body).status == 503)
        #expect(scene.server.logs("could not be fetched"))
        #expect(try scene.send(body).status == 503)
        #expect(scene.keys.requests == [])
    }

    @Test("that are not there leave the location closed, and are not asked for with each request")
    func absent() throws {
        let scene = try Scene(.nginx, publishes: false)
        defer { scene.server.stop() }
        for _ in 0..<5 { #expect(try scene.send(body).status == 503) }
        #expect(scene.server.logs("the answer has the status 404"))
        for _ in 0..<5 { #expect(try scene.send(body).status == 503) }
        #expect(scene.keys.requests == ["/keys.json"])
    }
}

@Suite("Certificates that a sender publishes", .serialized)
struct PublishedCertificateTests {
    private static let rule = "paypal webhook-id=WID certificate-name=localhost"
    private let sandbox: Sandbox
    private let keys: KeyServer
    private let body = "{\"id\":\"WH-1\",\"text\":\"a\"}"

    init() throws {
        sandbox = try Sandbox()
        keys = try KeyServer(sandbox)
    }

    private func server(trusting authority: String, _ kind: WebServerKind = .nginx, extra: String = "") throws -> WebServer {
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("issuer", try String(contentsOfFile: sandbox.root + "/tls/\(authority).pem", encoding: .utf8))
        return try WebServer(
            kind, sandbox,
            locations: [
                Location(path: "= /in", settings: [
                    ("POSTERN_VERIFY", "\(Self.rule) certificates=\(keys.origin)/certs/"),
                    ("POSTERN_SECRET", "file:\(sandbox.root)/issuer"), ("POSTERN_WORKSPACE", workspace),
                    ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/notes"),
                    ("POSTERN_OUTBOUND", "localhost:\(keys.port)"),
                ])
            ], extra: extra, environment: ["SSL_CERT_FILE": keys.authority])
    }

    private func headers(_ address: String) throws -> [(String, String)] {
        let result = try Command.run(
            try sandbox.program(),
            ["sign", "--verify", Self.rule, "--secret", "file:\(sandbox.root)/tls/server.key", "--header",
                "PAYPAL-CERT-URL: \(address)"],
            input: Data(body.utf8))
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        // It prints what it added.
        return [("PAYPAL-CERT-URL", address)] + result.output.split(separator: "\n").compactMap { line in
            line.range(of: ": ").map { (String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
        }
    }

    @Test("are fetched from the pinned folder, and their key counts if the issuer vouches for them")
    func genuine() throws {
        let server = try server(trusting: "authority")
        defer { server.stop() }
        try keys.publish("certs/CERT-1", try String(contentsOfFile: sandbox.root + "/tls/server.pem", encoding: .utf8))
        let headers = try headers("\(keys.origin)/certs/CERT-1")
        #expect(try server.client.send("POST", "/in", headers: headers, body: Array(body.utf8)).status == 503)
        try Service.until("the certificate") {
            (try? server.client.send("POST", "/in", headers: headers, body: Array(body.utf8)).status) == 200
        }
        #expect(keys.requests == ["/certs/CERT-1"])
        var changed = Array(body.utf8)
        changed.append(0x20)
        #expect(try server.client.send("POST", "/in", headers: headers, body: changed).status == 401)
    }

    @Test("of another issuer do not count")
    func otherIssuer() throws {
        let server = try server(trusting: "other")
        defer { server.stop() }
        try keys.publish("certs/CERT-1", try String(contentsOfFile: sandbox.root + "/tls/server.pem", encoding: .utf8))
        let headers = try headers("\(keys.origin)/certs/CERT-1")
        try Service.until("the refusal") {
            (try? server.client.send("POST", "/in", headers: headers, body: Array(body.utf8)).status) == 401
        }
        // Of the many lines of a moment the log leaves some out.
        try Service.until("the log to say why") {
            _ = try? server.client.send("POST", "/in", headers: headers, body: Array(body.utf8))
            return server.log.contains("the certificate's issuer is not known")
        }
    }

    @Test("that are new are fetched for a sender that is known while strangers name others without end")
    func flood() throws {
        // Each request says from where it comes, as it does behind a proxy.
        let server = try server(trusting: "authority", extra: "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;")
        defer { server.stop() }
        let certificate = try String(contentsOfFile: sandbox.root + "/tls/server.pem", encoding: .utf8)
        for name in ["CERT-1", "CERT-2", "CERT-3"] { try keys.publish("certs/" + name, certificate) }
        func status(_ name: String, from address: String) throws -> Int {
            let headers = try headers("\(keys.origin)/certs/\(name)") + [("X-Forwarded-For", address)]
            return try server.client.send("POST", "/in", headers: headers, body: Array(body.utf8)).status
        }
        try Service.until("the first certificate") { (try? status("CERT-1", from: "198.51.100.7")) == 200 }
        try Service.until("its network to be noted") {
            (try? Command.run(
                "/usr/bin/sqlite3", ["-readonly", sandbox.root + "/data/events.sqlite", "SELECT network FROM postern_network"]
            ).output) == "198.51.100.0/24\n"
        }
        // A sender that is not known and a single stranger have a share each.
        for number in 0..<8 { _ = try status("FORGED-\(number)", from: "192.0.2.9") }
        try Service.until("the certificate of another network") { (try? status("CERT-2", from: "203.0.113.9")) == 200 }
        for number in 0..<40 { _ = try status("FORGED-NET-\(number)", from: "100.1.\(number).1") }
        try Service.until("the new certificate of the known one") { (try? status("CERT-3", from: "198.51.100.200")) == 200 }
        let forged = keys.requests.count { $0.contains("FORGED") }
        #expect(forged <= 6, "\(keys.requests)")
    }

    @Test("are asked for a few times a minute only, however many names forged requests make up, and nowhere else")
    func storm() throws {
        let server = try server(trusting: "authority")
        defer { server.stop() }
        for address in ["https://evil.example/certs/CERT-1", "\(keys.origin)/other/CERT-1", "\(keys.origin)/certs/../keys.json"] {
            let answer = try server.client.send("POST", "/in", headers: try headers(address), body: Array(body.utf8))
            #expect(answer.status == 401)
        }
        for number in 0..<40 {
            let headers = try headers("\(keys.origin)/certs/FORGED-\(number)")
            let status = try server.client.send("POST", "/in", headers: headers, body: Array(body.utf8)).status
            #expect(status == 401 || status == 503)
        }
        try Service.until("what was begun to end") { keys.requests.count == 6 }
        #expect(keys.requests.allSatisfy { $0.hasPrefix("/certs/FORGED-") })
    }
}
