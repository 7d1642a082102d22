import Foundation
import Testing

/// A sender as `postern senders --json` shows it.
struct ListedSender: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var title: String
    var algorithm: String
    var signed: [String]
    var coversBody: Bool
    var coversId: Bool?
    var needsSecret: Bool
    var secretArrives: Bool
    var needsUrl: Bool
    var deadline: Int?
    var handshakes: [String]
    var parameters: [Parameter]
    var nginx: String
    var apache: String
    var routeFile: String

    struct Parameter: Decodable, Sendable {
        var name: String
        var required: Bool
    }

    var testDescription: String { name }

    /// The value that a block gives a setting.
    func setting(_ name: String) -> String? {
        nginx.split(separator: "\n").first { $0.contains(" POSTERN_\(name) ") }?.split(separator: "\"").dropFirst().first.map(String.init)
    }

    static func parse(_ line: some StringProtocol) throws -> ListedSender {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(ListedSender.self, from: Data(line.utf8))
    }

    /// All of them.
    static let all = Result {
        let sandbox = try Sandbox()
        return try withExtendedLifetime(sandbox) {
            let result = try Command.run(sandbox.program(), ["senders", "--json"])
            return try result.output.split(separator: "\n").map { try parse($0) }
        }
    }

    static func named(_ name: String) throws -> ListedSender { try #require(try all.get().first { $0.name == name }) }
}

@Suite("The catalogue at the command line")
struct SendersCommandTests {
    private static func run(_ words: [String]) throws -> Command.Result {
        let sandbox = try Sandbox()
        return try withExtendedLifetime(sandbox) { try Command.run(sandbox.program(), ["senders"] + words) }
    }

    @Test("lists every sender on a line that a terminal can show")
    func list() throws {
        let result = try Self.run([])
        let lines = result.output.split(separator: "\n")
        #expect(try result.status == 0 && lines.count == ListedSender.all.get().count + 1)
        #expect(lines.allSatisfy { $0.count <= 140 })
        let slack = try #require(lines.first { $0.hasPrefix("slack ") })
        for part in ["HMAC-SHA256", "handshake", "primary", "Slack"] { #expect(slack.contains(part), "\(slack)") }
    }

    @Test("prints one object a line, or one object, as JSON")
    func json() throws {
        let one = try ListedSender.parse(try Self.run(["stripe", "--json"]).output)
        #expect(one.signed == ["timestamp", "\".\"", "body"] && one.coversBody && one.coversId == true && one.needsSecret)
        let sns = try ListedSender.named("aws-sns")
        #expect(!sns.needsSecret && sns.parameters.first?.required == true && sns.deadline == 15)
        #expect(try ListedSender.named("asana").secretArrives && ListedSender.named("twilio").needsUrl)
    }

    @Test("shows all about one, and what to copy", arguments: ["stripe", "slack", "twilio", "aws-sns", "asana", "meta", "paypal", "datadog"])
    func page(name: String) throws {
        let result = try Self.run([name])
        #expect(result.status == 0 && result.output.split(separator: "\n").allSatisfy { $0.count <= 140 }, "\(result.output)")
        let sender = try ListedSender.named(name)
        for block in [sender.nginx, sender.apache, sender.routeFile] {
            for line in block.split(separator: "\n") { #expect(result.output.contains("    \(line)\n"), "\(line)") }
        }
    }

    @Test(
        "names those that may have been meant",
        arguments: [
            ("gihub", "did you mean github"), ("hubspot", "hubspot-v3"), ("GitHub", "github"), ("google", "google-pubsub"),
            ("qqqqqqqq", "lists them all"),
        ])
    func unknown(name: String, hint: String) throws {
        let result = try Self.run([name])
        #expect(result.status == 1 && result.errors.contains(hint) && result.output.isEmpty, "\(result)")
    }

    @Test("knows the senders that a workspace describes")
    func own() throws {
        let sandbox = try Sandbox()
        let program = try sandbox.program()
        try sandbox.write("workspace/senders", "shop  Our shop\n  scheme  hmac-sha256 header=X-Shop\n  deadline  7\n")
        let options = ["--workspace", sandbox.root + "/workspace"]
        let list = try Command.run(program, ["senders"] + options)
        #expect(list.output.split(separator: "\n").dropFirst().first?.hasPrefix("shop ") == true)
        let page = try Command.run(program, ["senders", "shop"] + options)
        for part in ["header X-Shop", "it waits 7 s", "fastcgi_param POSTERN_VERIFY    \"shop\";"] { #expect(page.output.contains(part)) }
        #expect(try Command.run(program, ["senders", "shop"]).status == 1)
        try sandbox.write("workspace/senders", "shop  Our shop\n  sceme  hmac-sha256 header=X-Shop\n")
        let broken = try Command.run(program, ["senders", "shop"] + options)
        #expect(broken.status == 1 && broken.errors.contains("senders:1: the entry has no scheme"), "\(broken)")
    }

    @Test("is used wrongly with two names")
    func usage() throws {
        #expect(try Self.run(["github", "stripe"]).status == 2)
    }
}

@Suite("The location of a sender to copy", .serialized)
struct LocationBlockTests {
    @Test("is one that nginx takes, for every sender")
    func nginx() throws {
        let sandbox = try Sandbox()
        for path in ["/etc/nginx/fastcgi_params", Sandbox.repository + "/nginx/postern_params"] {
            try FileManager.default.copyItem(atPath: path, toPath: sandbox.root + "/" + (path as NSString).lastPathComponent)
        }
        let blocks = try ListedSender.all.get().map(\.nginx).joined(separator: "\n")
        let configuration = try sandbox.write(
            "nginx.conf",
            """
            pid \(sandbox.root)/pid;
            events {}
            http {
                upstream postern { server unix:/run/postern/postern.sock; }
                server {
                    listen 127.0.0.1:8080;
            \(blocks)
                }
            }

            """, mode: 0o644)
        let result = try Command.run("/usr/sbin/nginx", ["-t", "-c", configuration, "-e", sandbox.root + "/error.log"])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("is one that Apache takes, for every sender")
    func apache() throws {
        let sandbox = try Sandbox()
        let modules = ["mpm_event", "authz_core", "env", "setenvif", "proxy", "proxy_fcgi"]
        let configuration = try sandbox.write(
            "apache.conf",
            """
            ServerRoot \(sandbox.root)
            ServerName localhost
            DocumentRoot \(sandbox.root)/documents
            PidFile \(sandbox.root)/pid
            ErrorLog \(sandbox.root)/error.log
            \(modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n"))
            \(try ListedSender.all.get().map(\.apache).joined(separator: "\n"))

            """, mode: 0o644)
        let result = try Command.run("/usr/sbin/apache2", ["-t", "-f", configuration])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("says who may call in a way that opens, for every sender, in all three forms alike")
    func verify() throws {
        let sandbox = try Sandbox()
        let program = try sandbox.program()
        for sender in try ListedSender.all.get() {
            let verify = try #require(sender.setting("VERIFY"))
            // The list and what stands in capitals are its owner's to fill in.
            let filled = verify.split(separator: " ").map {
                $0.hasPrefix("ip=file:") ? "ip=192.0.2.0/24" : $0.replacing(#/=[A-Z-]+$/#, with: "=x")
            }
            let result = try Command.run(program, ["check", "--verify", filled.joined(separator: " ")])
            #expect(result.status == 0, "\(verify): \(result.errors)")
            #expect(sender.apache.contains("SetEnv POSTERN_VERIFY    \"\(verify)\""))
            #expect(sender.routeFile.contains("\nverify    = " + verify.replacingOccurrences(of: "/etc/postern", with: "/home/me/postern") + "\n"))
            #expect((sender.setting("SECRET") == nil) == (!sender.needsSecret && !sender.secretArrives))
            #expect((sender.setting("URL") != nil) == sender.needsUrl)
            #expect(sender.setting("DEADLINE") == nil, "the sender's own is the default")
            for parameter in sender.parameters where parameter.required { #expect(verify.contains(" \(parameter.name)=")) }
            #expect(sender.secretArrives == sender.nginx.contains("postern events enroll \(sender.name)"))
        }
    }

    private static let senders = ["github", "stripe", "twilio", "slack", "gitlab", "postmark", "box"]
    private static let secret = "user:sesame"

    /// The block as its owner would fill it in, for a folder of the test's own.
    private static func filled(_ block: String, _ name: String, _ sandbox: Sandbox) -> String {
        let lines = block.components(separatedBy: "\n").flatMap { line in
            guard line.contains(" POSTERN_QUERY ") else { return [line] }
            let query = line.replacingOccurrences(of: "hooks/\(name)", with: "probe/raw")
            // The usual database is not a test's to make.
            let database = query.replacingOccurrences(of: "POSTERN_QUERY", with: "POSTERN_DATABASE")
            return [query, database.replacingOccurrences(of: "probe/raw", with: sandbox.root + "/data/events.sqlite")]
        }
        let places = [
            "/etc/postern/\(name).secret": sandbox.root + "/secret", "/srv/postern/\(name)": sandbox.root + "/workspace",
            "/run/postern/postern.sock": sandbox.root + "/postern.sock",
            " postern_params": " \(Sandbox.repository)/nginx/postern_params",
        ]
        return places.reduce(lines.joined(separator: "\n")) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }

    @Test("takes what the sender signs and nothing else, behind a real server", arguments: [WebServerKind.nginx, .apacheProxy])
    func requests(kind: WebServerKind) throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", Self.secret + "\n")
        let blocks = try Self.senders.map { name in
            let sender = try ListedSender.named(name)
            return Self.filled(kind == .nginx ? sender.nginx : sender.apache, name, sandbox)
        }
        let server = try WebServer(kind, sandbox, locations: [], extra: blocks.joined(separator: "\n"))
        defer { server.stop() }
        for name in Self.senders {
            let body = name == "twilio" ? "Body=hello&From=%2B1" : #"{"id":"1","type":"test"}"#
            let headers = try Self.sign(name, body, sandbox)
            let answer = try server.client.send("POST", "/hooks/\(name)", headers: headers, body: Array(body.utf8))
            #expect(answer.status == 200, "\(name): \(answer.status) \(answer.text) \(server.log)")
            let forged = headers.map { ($0, $1 + ($0.lowercased().contains("type") ? "" : "0")) }
            #expect(try server.client.send("POST", "/hooks/\(name)", headers: forged, body: Array(body.utf8)).status == 401, "\(name)")
        }
        let question = #"{"type":"url_verification","challenge":"3eZbrw1a"}"#
        let answer = try server.client.send(
            "POST", "/hooks/slack", headers: try Self.sign("slack", question, sandbox), body: Array(question.utf8))
        #expect(answer.text == #"{"challenge":"3eZbrw1a"}"#, "\(answer.status) \(server.log)")
    }

    private static func sign(_ name: String, _ body: String, _ sandbox: Sandbox) throws -> [(String, String)] {
        let result = try Command.run(
            try sandbox.program(),
            ["sign", "--verify", name, "--secret", "file:\(sandbox.root)/secret", "--url", "https://hooks.example.com/hooks/\(name)"],
            input: Data(body.utf8))
        try #require(result.status == 0, "\(result.errors)")
        return result.output.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
        }
    }
}
