import Foundation
import Glibc
import Testing

@Suite("A refused request that is kept", .serialized)
struct RefusedRequestTests {
    private static let kinds = [WebServerKind.nginx, .apacheCGI]

    private static func server(_ kind: WebServerKind, keeping count: Int = 5) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", ProbeWorkspace.secret + "\n")
        try sandbox.write("basic", "robot:\(ProbeWorkspace.secret)\n")
        func location(_ path: String, _ name: String, _ verify: String, _ own: [String: String] = [:]) -> Location {
            let all = [
                "POSTERN_WORKSPACE": workspace, "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite", "POSTERN_NAME": name,
                "POSTERN_SECRET": "file:\(sandbox.root)/secret", "POSTERN_QUERY": "probe/notes", "POSTERN_VERIFY": verify,
                "POSTERN_QUARANTINE": "\(count)",
            ].merging(own) { $1 }
            return Location(path: path, settings: all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
        return try WebServer(
            kind, sandbox,
            locations: [
                location("= /signed", "signed", "github"), location("= /token", "token", "token header=X-Token"),
                location("= /bearer", "bearer", "token bearer"), location("= /query", "query", "token query=key"),
                location("= /basic", "basic", "basic", ["POSTERN_SECRET": "file:\(sandbox.root)/basic"]),
                location("= /body", "body", "token json=/token"), location("= /form", "form", "token form=token"),
                location("= /off", "off", "github", ["POSTERN_QUARANTINE": "0"]),
                location("= /fewer", "signed", "github", ["POSTERN_QUARANTINE": "2"]),
                location("= /none", "signed", "github", ["POSTERN_QUARANTINE": "0"]),
                location("= /small", "small", "github", ["POSTERN_MAX_BODY": "10"]),
                location("= /asana", "asana", "asana", ["POSTERN_SECRET": "file:\(sandbox.root)/data/asana-secret"]),
                location("= /failing", "failing", "github", ["POSTERN_QUERY": "probe/failing"]),
                location("= /later", "later", "github", ["POSTERN_QUERY": "probe/failing", "POSTERN_RESPOND": "accept"]),
            ])
    }

    private static func database(_ server: WebServer) -> String { server.sandbox.root + "/data/events.sqlite" }
    private static func file(_ server: WebServer) -> String { database(server) + "-quarantine" }

    private static func explain(_ server: WebServer, _ words: [String]) throws -> Command.Result {
        let result = try Command.run(
            try server.sandbox.program(), ["events", "explain"] + words + ["--database", database(server)])
        #expect(!(result.output + result.errors).contains(ProbeWorkspace.secret), "\(result.output)")
        return result
    }

    /// All that are kept, the latest first.
    private static func kept(_ server: WebServer, _ words: [String] = []) throws -> [[String: Any]] {
        let result = try explain(server, ["--json"] + words)
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        return try result.output.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    /// The page on the latest one of a location, once it is written.
    private static func page(_ server: WebServer, _ location: String, count: Int = 1) throws -> String {
        try Service.until("a request of \(location) to be kept") { (try? kept(server, ["--location", location]).count) == count }
        let id = try #require(try kept(server, ["--location", location]).first?["id"] as? String)
        return try explain(server, [id]).output
    }

    /// Nobody finds a text in what lies beside the database.
    private static func isKeptNowhere(_ text: String, _ server: WebServer) -> Bool {
        ["", "-wal"].allSatisfy { end in
            guard let bytes = FileManager.default.contents(atPath: file(server) + end) else { return true }
            return bytes.range(of: Data(text.utf8)) == nil
        }
    }

    @Test("is explained: which check failed, and the likely cause", arguments: kinds)
    func explained(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let body = Array("{\"text\": \"a\u{1b}[31mb\u{9b}31m\u{202e}\"}".utf8)
        let headers = try server.signed(body)
        let answer = try server.client.send("POST", "/signed", headers: headers, body: body + [0x0a])
        #expect(answer.status == 401 && answer.text == #"{"code":"unauthorized"}"#)
        let page = try Self.page(server, "signed")
        #expect(page.contains("why       the signature does not match"), "\(page)")
        #expect(page.contains("now       with the settings as they are now it would be refused again: the signature does not match"), "\(page)")
        #expect(page.contains("line feed"), "\(page)")
        #expect(page.contains("\nproved    "), "\(page)")
        #expect(page.contains("X-Hub-Signature-256: \(headers[0].1)"), "what was sent is needed to see why: \(page)")
        #expect(page.contains(#"\u{1b}[31mb"#) && !page.contains("\u{1b}"), "\(page)")
        // What would have been right is said nowhere.
        #expect(!page.contains(Signature.hmacSHA256(body + [0x0a], key: Array(ProbeWorkspace.secret.utf8))))
        let id = try #require(try Self.kept(server).first?["id"] as? String)
        #expect(server.logs("refused, 401: the signature does not match"), "\(server.log)")
        #expect(server.logs("postern events explain \(id)"), "\(server.log)")
        let text = try Self.explain(server, [id, "--json"]).output
        for mark in ["\u{1b}", "\u{9b}", "\u{202e}"] as [Unicode.Scalar] {
            #expect(!page.unicodeScalars.contains(mark) && !text.unicodeScalars.contains(mark), "\(mark.escaped(asASCII: true))")
        }
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(json["now"] as? String == "refused" && json["peer"] as? String == "127.0.0.1" && json["body"] as? String == String(decoding: body, as: UTF8.self) + "\n")
        #expect(try #require(json["findings"] as? [[String: Any]]).contains { $0["proved"] as? Bool == true })
        // The inbox has not heard of it.
        #expect(try server.events().isEmpty)
        let attributes = try FileManager.default.attributesOfItem(atPath: Self.file(server))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("verifies as soon as the mistake is mended, and says so")
    func mended() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body, secret: "the-new-one"), body: body).status == 401)
        #expect(try Self.page(server, "signed").contains("would be refused again"))
        try server.sandbox.write("secret", "\(ProbeWorkspace.secret)\nthe-new-one\n")
        let page = try Self.page(server, "signed")
        #expect(page.contains("it would be verified, by line 2 of file:\(server.sandbox.root)/secret: the mistake is mended"), "\(page)")
        // A secret that cannot be read here is told of.
        try FileManager.default.removeItem(atPath: server.sandbox.root + "/secret")
        let blind = try Self.page(server, "signed")
        #expect(blind.contains("note      the secrets in file:\(server.sandbox.root)/secret cannot be read here"), "\(blind)")
        #expect(blind.contains("it was not judged again"), "\(blind)")
    }

    @Test("is not kept unless it is asked for, and the command says how to ask")
    func off() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/off", body: body).status == 401)
        #expect(try server.client.send("POST", "/off", headers: try server.signed(body), body: body).status == 200)
        #expect(!FileManager.default.fileExists(atPath: Self.file(server)))
        let result = try Self.explain(server, ["--location", "off"])
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors.contains("no refused requests are kept of off") && result.errors.contains("fastcgi_param POSTERN_QUARANTINE 20;"), "\(result.errors)")
    }

    @Test("holds no credential, only what tells whether it was a secret that is known", arguments: kinds)
    func credentials(kind: WebServerKind) throws {
        let server = try Self.server(kind, keeping: 10)
        defer { server.stop() }
        let (secret, json) = (ProbeWorkspace.secret, ProbeWorkspace.json)
        let form = ("Content-Type", "application/x-www-form-urlencoded")
        func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        let guess = "a-guess-of-a-stranger"
        for (path, headers, body) in [
            // The right secret in the wrong place.
            ("/token", [("Authorization", "Bearer \(secret)")], "{}"), ("/bearer", [("X-Api-Key", secret)], "{}"),
            ("/basic", [("Authorization", "Basic " + base64("robot:\(guess)")), ("Cookie", "session=\(guess)")], "{}"),
            // A wrong one in the right place, and the right one where it does not count.
            ("/query?a=1&key=\(guess)", [("Authorization", "Basic " + base64("robot:\(secret)"))], "{}"),
            ("/body", [json], #"{"token":"\#(guess)","other":1}"#), ("/form", [form], "token=\(guess)&a=1"),
            ("/asana", [("X-Hook-Secret", guess)], "{}"),
            // Where nobody can tell where it stands, the body is not kept.
            ("/body", [json], #"{"tokens":"\#(secret)"}"#),
        ] as [(String, [(String, String)], String)] {
            let answer = try server.client.send("POST", path, headers: headers, body: Array(body.utf8))
            #expect(answer.status == 401, "\(path): \(answer.text)")
        }
        let token = try Self.page(server, "token")
        #expect(token.contains("Authorization: Bearer (hashed:") && token.contains("note      header Authorization held the secret in line 1 of file:"), "\(token)")
        let bearer = try Self.page(server, "bearer")
        #expect(bearer.contains("note      header X-Api-Key held the secret in line 1 of file:"), "\(bearer)")
        let basic = try Self.page(server, "basic")
        #expect(basic.contains("Authorization: Basic (hashed:") && basic.contains("Cookie: (hashed:") && !basic.contains(" held "), "\(basic)")
        let query = try Self.page(server, "query")
        #expect(query.contains("POST /query?a=1&key=(hashed:") && query.contains("header Authorization held the secret in line 1 of file:\(server.sandbox.root)/basic"), "\(query)")
        #expect(try Self.page(server, "form").contains("\ntoken=(hashed:"))
        #expect(try Self.page(server, "asana").contains("X-Hook-Secret: (hashed:"))
        let body = try Self.page(server, "body", count: 2)
        #expect(body.contains("not all of it is kept"), "\(body)")
        let older = try #require(try Self.kept(server, ["--location", "body"]).last?["id"] as? String)
        let masked = try Self.explain(server, [older]).output
        #expect(masked.contains(#"{"token":"(hashed:"#))
        // What stands there in place of the token is no mistake of the request.
        #expect(!masked.contains("likely") && masked.contains("unknown   "), "\(masked)")
        #expect(basic.contains("it would be refused again: header Authorization does not hold the secret"), "\(basic)")
        for text in [secret, guess, base64("robot:\(guess)"), base64("robot:\(secret)")] {
            #expect(Self.isKeptNowhere(text, server), "\(text)")
        }
    }

    @Test("holds no secret of its location where nobody looks for one either, and says where it stood", arguments: kinds)
    func misplaced(kind: WebServerKind) throws {
        let server = try Self.server(kind, keeping: 10)
        defer { server.stop() }
        let secret = ProbeWorkspace.secret
        let encoded = Data(secret.utf8).base64EncodedString()
        let rows = [
            ("/signed", [("X-Gitlab-Token", secret)], "{}", "header X-Gitlab-Token"),
            ("/signed", [("X-Other", "token=\(secret)")], "{}", "header X-Other"),
            ("/signed", [("X-Other", encoded)], "{}", "header X-Other"),
            ("/signed?token=\(secret)&a=1", [], "{}", "the query string"),
            ("/signed", [], "{\"text\": \"\(secret)\"}", "the body"),
        ] as [(String, [(String, String)], String, String)]
        for (number, (path, headers, body, place)) in rows.enumerated() {
            #expect(try server.client.send("POST", path, headers: headers, body: Array(body.utf8)).status == 401)
            let page = try Self.page(server, "signed", count: number + 1)
            #expect(page.contains("note      \(place) held the secret in line 1 of file:\(server.sandbox.root)/secret"), "\(page)")
        }
        // What is signed with another secret can be judged all the same: the body is as it came.
        let body = Array("{\"text\": \"\(secret)\"}".utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body, secret: "the-new-one"), body: body).status == 401)
        try server.sandbox.write("secret", "\(secret)\nthe-new-one\n")
        if kind == .apacheCGI { try server.sandbox.handOver() }
        let page = try Self.page(server, "signed", count: rows.count + 1)
        #expect(page.contains("it would be verified, by line 2 of file:"), "\(page)")
        for text in [secret, encoded] { #expect(Self.isKeptNowhere(text, server), "\(text)") }
    }

    @Test("holds a secret of a few letters nowhere where it is a whole value, and can be judged again all the same", arguments: kinds)
    func short(kind: WebServerKind) throws {
        let server = try Self.server(kind, keeping: 10)
        defer { server.stop() }
        let secret = "hush7"
        try server.sandbox.write("secret", secret + "\n")
        if kind == .apacheCGI { try server.sandbox.handOver() }
        let body = Array(#"{"text": "hush7", "list": ["hush7"]}"#.utf8)
        try Service.until("the new secret to count", within: 40) {
            let headers = try? server.signed(Array("{}".utf8), secret: secret)
            return (try? server.client.send("POST", "/signed", headers: headers ?? [], body: Array("{}".utf8)).status) != 401
        }
        let rows = [
            ("/signed", [("X-Gitlab-Token", secret)], "header X-Gitlab-Token"), ("/signed", [("X-Other", "v1=\(secret)")], "header X-Other"),
            ("/signed?a=1&token=\(secret)", [], "the query string"), ("/signed", [], "the body"),
        ] as [(String, [(String, String)], String)]
        let before = try Self.kept(server, ["--location", "signed"]).count
        for (number, (path, headers, place)) in rows.enumerated() {
            #expect(try server.client.send("POST", path, headers: headers, body: body).status == 401)
            let page = try Self.page(server, "signed", count: before + number + 1)
            #expect(page.contains("note      \(place) held the secret in line 1 of file:\(server.sandbox.root)/secret"), "\(page)")
            #expect(!page.contains(secret) && !page.contains("not all of it is kept"), "\(page)")
        }
        let headers = try server.signed(body, secret: "the-new-one")
        #expect(try server.client.send("POST", "/signed", headers: headers, body: body).status == 401)
        try server.sandbox.write("secret", "\(secret)\nthe-new-one\n")
        if kind == .apacheCGI { try server.sandbox.handOver() }
        #expect(try Self.page(server, "signed", count: before + rows.count + 1).contains("it would be verified, by line 2 of file:"))
        #expect(Self.isKeptNowhere(secret, server))
    }

    @Test("is erased once its location keeps fewer, and is not to be found in the file any more", arguments: kinds)
    func fewer(kind: WebServerKind) throws {
        let server = try Self.server(kind)
        defer { server.stop() }
        let mark = "a-mark-that-nothing-else-has"
        for number in 0..<4 {
            #expect(try server.client.send("POST", "/signed", headers: [("X-Mark", "\(mark)-\(number)")], body: Array("{}".utf8)).status == 401)
            try Service.until("it to be kept") { (try? Self.kept(server, ["--location", "signed"]).count) == number + 1 }
        }
        #expect(try server.client.send("POST", "/token", headers: [("X-Mark", "another's")], body: Array("{}".utf8)).status == 401)
        try Service.until("another's to be kept") { (try? Self.kept(server, ["--location", "token"]).count) == 1 }
        // The same location, with another number: any request opens it.
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/fewer", headers: try server.signed(body), body: body).status == 200)
        try Service.until("the surplus to go") { (try? Self.kept(server, ["--location", "signed"]).count) == 2 }
        #expect(!Self.isKeptNowhere("\(mark)-3", server) && Self.isKeptNowhere("\(mark)-0", server))
        #expect(try server.client.send("POST", "/none", headers: try server.signed(body), body: body).status == 200)
        try Service.until("all of it to go") { Self.isKeptNowhere(mark, server) }
        #expect(try Self.kept(server).map { $0["location"] as? String } == ["token"])
    }

    @Test("is one that was not read, too")
    func unread() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        #expect(try server.client.send("POST", "/small", body: Array("more than ten bytes".utf8)).status == 413)
        let page = try Self.page(server, "small")
        #expect(page.contains("answered  413") && page.contains("it was refused before anything was verified") && page.contains("(the body was not read)"), "\(page)")
    }

    @Test("comes in a flood, which fills nothing, slows nobody down and drives out nobody else's", arguments: kinds)
    func flood(kind: WebServerKind) throws {
        let server = try Self.server(kind, keeping: 8)
        defer { server.stop() }
        let client = server.client
        let forged = [UInt8](repeating: 0x61, count: 100_000)
        let group = DispatchGroup()
        let each = kind.hasServer ? 150 : 15
        for _ in 0..<6 {
            Thread.detachNewThread(in: group) {
                for _ in 0..<each {
                    let answer = try? client.send("POST", "/signed", headers: [("X-Hub-Signature-256", "sha256=00")], body: forged)
                    #expect(answer?.status == 401)
                }
            }
        }
        for number in 0..<(kind.hasServer ? 40 : 8) {
            let body = Array("{\"text\": \"\(number)\"}".utf8)
            #expect(try client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200, "\(server.log)")
        }
        group.wait()
        // A sender's own mistake comes through once the flood is over.
        usleep(2_000_000)
        #expect(try client.send("POST", "/signed", headers: [("X-Marked", "the sender")], body: Array("{}".utf8)).status == 401)
        try Service.until("the last one to be kept") { (try? Self.kept(server).first?["reason"] as? String) == "header X-Hub-Signature-256 is missing" }
        #expect(try Self.kept(server).count <= 8)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: Self.file(server))[.size] as? Int)
        #expect(size < 4 << 20, "\(size)")
        #expect(server.postern?.isRunning ?? true)
    }

    @Test("that cannot be kept is refused all the same, and the log says so", arguments: kinds, ["a folder in its place", "a file of another program", "a full disk"])
    func obstacles(kind: WebServerKind, obstacle: String) throws {
        // A CGI process has no limit that a test could set.
        guard obstacle != "a full disk" || kind.hasServer else { return }
        let server = try Self.server(kind)
        defer { server.stop() }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200)
        switch obstacle {
        case "a folder in its place": try FileManager.default.createDirectory(atPath: Self.file(server), withIntermediateDirectories: true)
        case "a full disk":
            let process = try #require(server.postern?.identifier)
            try Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=4096:unlimited"])
        default: try Command.run("/usr/bin/sqlite3", [Self.file(server), "CREATE TABLE theirs (a)"])
        }
        if kind == .apacheCGI { try server.sandbox.handOver() }
        for _ in 0..<3 {
            let answer = try server.client.send("POST", "/signed", headers: [("X-Hub-Signature-256", "sha256=00")], body: body)
            #expect(answer.status == 401 && answer.text == #"{"code":"unauthorized"}"#)
        }
        #expect(server.logs("refused requests cannot be kept"), "\(server.log)")
        if obstacle == "a full disk" {
            let process = try #require(server.postern?.identifier)
            try Command.run("/usr/bin/prlimit", ["--pid", "\(process)", "--fsize=unlimited:unlimited"])
        }
        #expect(try server.client.send("POST", "/signed", headers: try server.signed(body), body: body).status == 200, "\(server.log)")
    }

    @Test("is answered as ever by a process of its own on a full disk, which loses nothing else", arguments: [40_960, 65_536, 131_072])
    func fullDisk(limit: Int) throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        let secret = try sandbox.write("secret", ProbeWorkspace.secret + "\n")
        let database = sandbox.root + "/data/events.sqlite"
        let program = try sandbox.program()
        /// One request by CGI, in a process whose files may grow to so many bytes.
        func send(_ body: [UInt8], signature: String, limit: Int? = nil) throws -> Command.Result {
            let environment = [
                "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "POST", "REQUEST_URI": "/in", "QUERY_STRING": "", "REMOTE_ADDR": "192.0.2.1",
                "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": "\(body.count)", "HTTP_X_HUB_SIGNATURE_256": "sha256=" + signature,
                "POSTERN_VERIFY": "github", "POSTERN_SECRET": "file:" + secret, "POSTERN_WORKSPACE": workspace, "POSTERN_QUERY": "probe/notes",
                "POSTERN_DATABASE": database, "POSTERN_NAME": "signed", "POSTERN_QUARANTINE": "20",
            ]
            let words = limit.map { ["--fsize=\($0):\($0)", program] } ?? ["--fsize=unlimited", program]
            return try Command.run("/usr/bin/prlimit", words, input: Data(body), environment: environment)
        }
        func right(_ body: [UInt8]) -> String { Signature.hmacSHA256(body, key: Array(ProbeWorkspace.secret.utf8)) }
        func events() throws -> [String] {
            try Command.run(program, ["events", "list", "--json", "--database", database]).output.split(separator: "\n").map(String.init)
        }
        let body = Array(#"{"text": "a"}"#.utf8)
        #expect(try send(body, signature: right(body)).output.hasPrefix("Status: 200"))
        let before = try events()
        // What a full disk leaves of a file that could not be made.
        try Data().write(to: URL(fileURLWithPath: database + "-quarantine"))
        let none = try Command.run(program, ["events", "explain", "--database", database])
        #expect(none.status == 0 && none.output.isEmpty, "\(none.errors)")
        #expect(try send(body, signature: "00").errors.split(separator: "\n").count == 1)
        let large = Array("{\"text\": \"\(String(repeating: "a", count: 100_000))\"}".utf8)
        var complaints = 0
        for number in 0..<4 {
            let refused = try send(large, signature: "0\(number)", limit: limit)
            #expect(refused.status == 0 && refused.output.hasPrefix("Status: 401") && refused.output.hasSuffix(#"{"code":"unauthorized"}"#), "\(refused)")
            let lines = refused.errors.split(separator: "\n")
            #expect(lines.count { $0.contains("refused, 401: ") } == 1 && lines.count <= 2, "\(refused.errors)")
            complaints += lines.count { $0.contains("refused requests cannot be kept for postern events explain") }
        }
        #expect(complaints > 0, "the disk was full for what is kept")
        // Where nothing at all can be written not even the database is opened, and nobody is told anything else.
        for mark in [right(body), "06"] {
            let closed = try send(body, signature: mark, limit: 0)
            #expect(closed.status == 0 && closed.output.hasPrefix("Status: 503") && closed.output.contains("Retry-After: "), "\(closed)")
            #expect(closed.errors.split(separator: "\n").count == 1, "\(closed.errors)")
        }
        #expect(try events() == before)
        // Once there is room again all is as it was.
        let other = Array(#"{"text": "b"}"#.utf8)
        #expect(try send(other, signature: right(other)).output.hasPrefix("Status: 200"))
        #expect(try send(large, signature: "05").output.hasPrefix("Status: 401"))
        #expect(try events().count == before.count + 1)
        let kept = try Command.run(program, ["events", "explain", "--json", "--database", database])
        #expect(kept.status == 0 && !kept.output.isEmpty, "\(kept.errors)")
    }

    @Test("outlives a killed process, and a file that was damaged is begun anew")
    func killed() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        func forge(_ mark: String) throws -> Int {
            try server.client.send("POST", "/signed", headers: [("X-Mark", mark)], body: Array("{}".utf8)).status
        }
        #expect(try forge("a") == 401)
        _ = try Self.page(server, "signed")
        server.postern?.signal(SIGKILL)
        server.postern?.wait()
        #expect(try Self.page(server, "signed").contains("X-Mark: a"))
        try server.startPostern()
        #expect(try forge("b") == 401)
        #expect(try Self.page(server, "signed", count: 2).contains("X-Mark: b"))
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: Self.file(server) + end) }
        try Data(String(repeating: "no database ", count: 1_000).utf8).write(to: URL(fileURLWithPath: Self.file(server)))
        #expect(try forge("c") == 401)
        #expect(try Self.page(server, "signed").contains("X-Mark: c"))
    }

    @Test("has beside it what every event's state means")
    func events() throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        let body = Array(#"{"text": "a", "how": "broken"}"#.utf8)
        func event(_ path: String) throws -> String {
            try #require(try server.client.send("POST", path, headers: try server.signed(body), body: body)[header: "Postern-Event"])
        }
        let (done, failed, later) = (try event("/signed"), try event("/failing"), try event("/later"))
        let page = try Self.explain(server, [done])
        #expect(page.status == 0 && page.output.contains("done      its stack ran to a good end at ") && page.output.contains(", answered 200"), "\(page.output)")
        #expect(page.output.contains("verified by line 1 of file:\(server.sandbox.root)/secret ("), "\(page.output)")
        let failure = try Self.explain(server, [failed]).output
        #expect(failure.contains("failed    attempt 1 failed at ") && failure.contains("when it delivers the event again, it runs again"), "\(failure)")
        try Service.until("the first attempt") { (try? Self.explain(server, [later]).output.contains("attempt 1 failed: ")) ?? false }
        #expect(try Self.explain(server, [later]).output.contains("queued    attempt 2 is due at "))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(try Self.explain(server, [done, "--json"]).output.utf8)) as? [String: Any])
        #expect(json["state"] as? String == "done" && (json["explanation"] as? [String])?.count == 1)
    }

    @Test("is asked about in a way that is understood", arguments: [
        (["a", "b"], 2, "one id"), (["nonsense"], 2, "nonsense is no id"), (["--state", "done"], 2, "--state"),
        (["01ARZ3NDEKTSV4RRFFQ69G5FAV"], 1, "neither an event nor a refused request"), (["--location", "nowhere"], 1, "no location called nowhere"),
        (["01ARZ3NDEKTSV4RRFFQ69G5FAV", "--limit", "1"], 2, "--limit"),
    ])
    func usage(words: [String], status: Int, text: String) throws {
        let server = try Self.server(.nginx)
        defer { server.stop() }
        #expect(try server.client.send("POST", "/signed", body: Array("{}".utf8)).status == 401)
        _ = try Self.page(server, "signed")
        let result = try Self.explain(server, words)
        #expect(Int(result.status) == status && result.errors.contains(text), "\(result.status) \(result.output)\(result.errors)")
    }
}
