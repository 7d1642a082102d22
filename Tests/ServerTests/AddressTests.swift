import Foundation
import Glibc
import Testing

@Suite("Addresses that may call, behind real web servers", .serialized)
struct AddressTests {
    private static let forged = [
        ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-For", "127.0.0.1, 192.0.2.1"), ("Forwarded", "for=192.0.2.1"),
        ("X-Real-IP", "192.0.2.1"), ("Client-IP", "192.0.2.1"), ("Remote-Addr", "192.0.2.1"), ("REMOTE_ADDR", "192.0.2.1"),
        ("X-Remote-Addr", "192.0.2.1"), ("CF-Connecting-IP", "192.0.2.1"), ("True-Client-IP", "192.0.2.1"),
    ]

    /// A location for each rule.
    private static func server(
        _ kind: WebServerKind, _ rules: [(path: String, verify: String)], extra: String = "", more: [(String, String)] = []
    ) throws -> WebServer {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        let secret = try sandbox.write("secret", "sesame\n")
        let locations = rules.map { path, verify in
            var settings = [
                ("POSTERN_VERIFY", verify.replacingOccurrences(of: "ROOT", with: sandbox.root)), ("POSTERN_WORKSPACE", workspace),
                ("POSTERN_DATABASE", sandbox.root + "/data/events.sqlite"), ("POSTERN_QUERY", "probe/notes"), ("POSTERN_NAME", String(path.dropFirst(3))),
            ]
            if !verify.hasPrefix("ip ") { settings.append(("POSTERN_SECRET", "file:" + secret)) }
            return Location(path: path, settings: settings + more)
        }
        return try WebServer(kind, sandbox, locations: locations, extra: extra)
    }

    private static func post(_ server: WebServer, _ path: String, _ headers: [(String, String)] = []) throws -> HTTPClient.Answer {
        try server.client.send("POST", path, headers: [ProbeWorkspace.json] + headers, body: Array(#"{"text": "a"}"#.utf8))
    }

    @Test("It counts where the connection comes from, and nothing that the request says", arguments: WebServerKind.allCases)
    func peer(kind: WebServerKind) throws {
        let server = try Self.server(kind, [
            ("= /here", "ip ip=127.0.0.0/8"), ("= /mapped", "ip ip=::ffff:127.0.0.1"), ("= /elsewhere", "ip ip=192.0.2.0/24,2001:db8::/32"),
            ("= /token", "token header=X-Token ip=127.0.0.1"), ("= /token-elsewhere", "token header=X-Token ip=192.0.2.1"),
            ("= /open", "ip ip=0.0.0.0/0"), ("= /contradiction", "none ip=127.0.0.1"),
        ])
        defer { server.stop() }
        #expect(try Self.post(server, "/here").status == 200, "\(server.log)")
        #expect(try Self.post(server, "/mapped").status == 200)
        #expect(try Self.post(server, "/here", [("X-Forwarded-For", "198.51.100.1")]).status == 200)
        for header in [("X-Nothing", "1")] + Self.forged {
            let answer = try Self.post(server, "/elsewhere", [header])
            #expect(answer.status == 401 && answer.text == #"{"code":"unauthorized"}"#, "\(header)")
        }
        #expect(try Self.post(server, "/token", [("X-Token", "sesame")]).status == 200)
        #expect(try Self.post(server, "/token", [("X-Token", "sesam")]).status == 401)
        #expect(try Self.post(server, "/token-elsewhere", [("X-Token", "sesame")] + Self.forged.prefix(1)).status == 401)
        #expect(try Self.post(server, "/open").status == 503)
        #expect(try Self.post(server, "/contradiction").status == 503)
        #expect(server.logs("it comes from 127.0.0.1, which is none of the addresses of ip="), "\(server.log)")
        #expect(server.logs("in which 0.0.0.0/0 lets everybody in") && server.logs("write ip ip="))
        #expect(!server.log.contains("sesam"))
    }

    @Test("A connection over IPv6 is known by its address", arguments: [WebServerKind.nginx, .apacheProxy])
    func version6(kind: WebServerKind) throws {
        let port = Service.freePort()
        let rules = [("= /six", "ip ip=::1"), ("= /four", "ip ip=127.0.0.1"), ("= /net", "ip ip=::/64")]
        let server = try Self.server(kind, rules, extra: kind == .nginx ? "listen [::1]:\(port);" : "Listen [::1]:\(port)")
        defer { server.stop() }
        func six(_ path: String) throws -> Int32 {
            try Command.run("/usr/bin/env", [
                "curl", "-gsf", "-o", "/dev/null", "-H", "Content-Type: application/json", "-H", "X-Forwarded-For: 127.0.0.1", "-d", #"{"text":"a"}"#,
                "http://[::1]:\(port)\(path)",
            ]).status
        }
        #expect(try six("/six") == 0, "\(server.log)")
        #expect(try six("/net") == 0)
        #expect(try six("/four") == 22)
        #expect(try Self.post(server, "/six").status == 401)
        #expect(try Self.post(server, "/four").status == 200)
        #expect(server.logs("it comes from ::1,"), "\(server.log)")
    }

    @Test("Behind a proxy the address is the one that the web server takes from it, and from no one else", arguments: [WebServerKind.nginx, .apacheProxy, .apacheCGI])
    func proxy(kind: WebServerKind) throws {
        let modules = "/usr/lib/apache2/modules"
        let trusting = kind == .nginx
            ? "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;"
            : "LoadModule remoteip_module \(modules)/mod_remoteip.so\nRemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1"
        let server = try Self.server(kind, [("= /sender", "ip ip=192.0.2.0/24"), ("= /proxy", "ip ip=127.0.0.1")], extra: trusting)
        defer { server.stop() }
        #expect(try Self.post(server, "/sender", [("X-Forwarded-For", "192.0.2.7")]).status == 200, "\(server.log)")
        // The last one is what the proxy has added; what stands before it anybody can have written.
        #expect(try Self.post(server, "/sender", [("X-Forwarded-For", "192.0.2.7, 198.51.100.1")]).status == 401)
        #expect(try Self.post(server, "/sender", [("X-Forwarded-For", "198.51.100.1, 192.0.2.7")]).status == 200)
        #expect(try Self.post(server, "/sender").status == 401)
        #expect(try Self.post(server, "/sender", [("X-Real-IP", "192.0.2.7")]).status == 401)
        #expect(try Self.post(server, "/proxy").status == 200)

        let other = try Self.server(
            kind, [("= /sender", "ip ip=192.0.2.0/24")], extra: trusting.replacingOccurrences(of: "127.0.0.1", with: "10.0.0.1"))
        defer { other.stop() }
        #expect(try Self.post(other, "/sender", [("X-Forwarded-For", "192.0.2.7")]).status == 401)
    }

    @Test("Where the web server does not say who calls, or says it twice, nobody is let in")
    func unknownPeer() throws {
        let twice = try Self.server(.nginx, [("= /in", "ip ip=127.0.0.1,192.0.2.1")], more: [("REMOTE_ADDR", "192.0.2.1")])
        defer { twice.stop() }
        #expect(try Self.post(twice, "/in").status == 401)
        #expect(twice.logs("REMOTE_ADDR came 2 times"), "\(twice.log)")

        let server = try Self.server(.nginx, [("= /in", "ip ip=127.0.0.1")])
        defer { server.stop() }
        // The parameters of nginx without the one.
        let path = server.sandbox.root + "/fastcgi_params"
        let all = try String(contentsOfFile: path, encoding: .utf8)
        for (line, reason) in [("", "pass REMOTE_ADDR on"), ("fastcgi_param REMOTE_ADDR \"\";", "is empty"), ("fastcgi_param REMOTE_ADDR unix:;", "no IP address"), ("fastcgi_param REMOTE_ADDR \"127.0.0.1, 192.0.2.1\";", "no IP address")] {
            let lines = all.components(separatedBy: "\n").filter { !$0.contains("REMOTE_ADDR") }
            try (lines + [line, ""]).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            server.reload()
            try Service.until(reason) {
                let answer = try? Self.post(server, "/in")
                return answer?.status == 401 && server.log.contains(reason)
            }
        }
    }

    @Test("A list in a file counts as it is now; one that nobody may trust or understand closes the location", arguments: [WebServerKind.nginx, .apacheCGI])
    func file(kind: WebServerKind) throws {
        let server = try Self.server(kind, [("= /list", "ip ip=file:ROOT/list"), ("= /both", "token header=X-Token ip=192.0.2.1 ip=file:ROOT/list")])
        defer { server.stop() }
        let path = server.sandbox.root + "/list"
        func write(_ text: String, mode: mode_t = 0o644) throws {
            try server.sandbox.write("list", text, mode: mode)
            if !kind.hasServer { try server.sandbox.handOver() }
        }
        func becomes(_ status: Int, _ path: String = "/list", _ headers: [(String, String)] = []) throws {
            try Service.until("\(path) to answer \(status)", within: 30) { (try? Self.post(server, path, headers))?.status == status }
        }
        #expect(try Self.post(server, "/list").status == 503, "there is no list yet")
        #expect(server.logs("\(path) does not exist"), "\(server.log)")
        try write("# nobody near\n192.0.2.0/24\n")
        try becomes(401)
        try write("# nobody near\n192.0.2.0/24\n127.0.0.1 # and this host\n")
        try becomes(200)
        try becomes(200, "/both", [("X-Token", "sesame")])
        try write("192.0.2.0/24\n10.1\n")
        try becomes(503)
        #expect(server.logs("line 2 of \(path)") && server.logs("write all four"), "\(server.log)")
        try write("127.0.0.1\n", mode: 0o666)
        try Service.until("the file not to be trusted", within: 30) {
            (try? Self.post(server, "/list"))?.status == 503 && server.log.contains("writable by its group or by others")
        }
        try write("127.0.0.0/8\n")
        try becomes(200)
    }
}
