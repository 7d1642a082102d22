import Intake
import Testing

@Suite("nginx's configuration")
struct NginxConfigurationTests {
    private static func read(_ text: String) throws -> NginxConfiguration {
        try NginxConfiguration(Array(text.utf8), path: "nginx.conf")
    }

    /// A location whose other parameters are those of nginx's own file.
    private static func location(_ lines: String, server: String = "") -> String {
        let usual = ["REQUEST_METHOD", "CONTENT_LENGTH", "CONTENT_TYPE", "QUERY_STRING", "REQUEST_URI", "REMOTE_ADDR"]
            .map { "fastcgi_param \($0) $\($0.lowercased());" }.joined(separator: " ")
        return "http { server { \(server)\nlocation /x { \(usual) fastcgi_pass p;\n\(lines)\n} } }"
    }

    private static func settings(_ text: String) throws -> [String] {
        try read(text).locations.flatMap { location in
            location.parameters.filter { $0.name.hasPrefix("POSTERN_") }.map { "\($0.name)=\($0.value)" }
        }
    }

    @Test(
        "Values are what nginx sends",
        arguments: [
            ("fastcgi_param POSTERN_A one;", ["POSTERN_A=one"]), (#"fastcgi_param POSTERN_A "a b";"#, ["POSTERN_A=a b"]),
            (#"fastcgi_param POSTERN_A 'a "b"';"#, [#"POSTERN_A=a "b""#]), (#"fastcgi_param POSTERN_A "a \"b\" \\ \d";"#, [#"POSTERN_A=a "b" \ \d"#]),
            ("fastcgi_param POSTERN_A \"{x};\";", ["POSTERN_A={x};"]), ("fastcgi_param POSTERN_A a#b; # c {", ["POSTERN_A=a#b"]),
            ("fastcgi_param POSTERN_A a; fastcgi_param POSTERN_A b;", ["POSTERN_A=a", "POSTERN_A=b"]),
            ("set $s /srv; fastcgi_param POSTERN_A $s/x${s}y;", ["POSTERN_A=/srv/x/srvy"]),
            ("root /www; fastcgi_param POSTERN_A $document_root/x;", ["POSTERN_A=/www/x"]),
            ("fastcgi_param POSTERN_A \"\";", ["POSTERN_A="]), ("fastcgi_param POSTERN_A \"\" if_not_empty;", []),
            ("fastcgi_param POSTERN_A $arg_x;", ["POSTERN_A=$arg_x"]),
        ] as [(String, [String])])
    func values(lines: String, expected: [String]) throws {
        #expect(try Self.settings(Self.location(lines)) == expected)
    }

    @Test("A dollar sign by geo is one")
    func dollar() throws {
        let text = #"http { geo $dollar { default "$"; } server { location / { fastcgi_pass p; fastcgi_param POSTERN_A a${dollar}b; } } }"#
        #expect(try Self.settings(text) == ["POSTERN_A=a$b"])
    }

    @Test(
        "A level that has a parameter of its own has none of those around it",
        arguments: [
            ("http { fastcgi_param POSTERN_A a; server { location / { fastcgi_pass p; } } }", ["POSTERN_A=a"]),
            ("http { fastcgi_param POSTERN_A a; server { fastcgi_param POSTERN_B b; location / { fastcgi_pass p; } } }", ["POSTERN_B=b"]),
            ("http { server { fastcgi_param POSTERN_A a; location / { fastcgi_param POSTERN_B b; fastcgi_pass p; } } }", ["POSTERN_B=b"]),
            ("http { server { location / { fastcgi_param POSTERN_A a; fastcgi_pass p; location /x { return 404; } } } }", ["POSTERN_A=a"]),
            (
                "http { server { location / { fastcgi_param POSTERN_A a; fastcgi_pass p; if ($request_method = GET) { fastcgi_param POSTERN_B b; } } } }",
                ["POSTERN_A=a", "POSTERN_B=b"]
            ),
            ("http { server { location / { proxy_pass http://x; fastcgi_param POSTERN_A a; } } }", []),
        ] as [(String, [String])])
    func inheritance(text: String, expected: [String]) throws {
        #expect(try Self.settings(text) == expected)
    }

    @Test("What a level around has and nginx drops is told, with its place")
    func lost() throws {
        let text = "http {\nserver {\nfastcgi_param POSTERN_SECRET file:/s;\nlocation / {\nfastcgi_pass p;\nfastcgi_param POSTERN_VERIFY github;\n} } }"
        let location = try #require(try Self.read(text).locations.first)
        #expect(location.findings.contains { $0.place.line == 3 && $0.text.contains("POSTERN_SECRET does not count in location /") })
        let other = "http {\nserver {\nfastcgi_param POSTERN_VERIFY none;\nlocation / {\nfastcgi_pass p;\nfastcgi_param X y;\n} } }"
        #expect(try Self.read(other).findings.contains { $0.place.line == 4 && $0.text.contains("POSTERN_VERIFY of nginx.conf:3") })
    }

    @Test("Of what nginx -T prints, included files count where they are included, with their own lines")
    func dump() throws {
        let text = """
            # configuration file /etc/nginx/nginx.conf:
            events {}
            http {
                include sites/*.conf;
            }

            # configuration file /etc/nginx/sites/a.conf:
            server {
                location = /hook {
                    include params;
                    fastcgi_param POSTERN_VERIFY github;
                }
            }

            # configuration file /etc/nginx/params:
            fastcgi_param POSTERN_NAME x;
            fastcgi_pass postern;
            """
        let location = try #require(try Self.read(text).locations.first)
        #expect(location.title == "location = /hook" && "\(location.place)" == "/etc/nginx/sites/a.conf:2")
        #expect(location.parameters.map { "\($0.name) \($0.place)" } == ["POSTERN_NAME /etc/nginx/params:1", "POSTERN_VERIFY /etc/nginx/sites/a.conf:4"])
    }

    @Test(
        "What is doubtful is told, at its place",
        arguments: [
            ("fastcgi_param POSTERN_VERIFY $arg_v;", "error", "$arg_v, which is whatever a request says"),
            ("fastcgi_param POSTERN_VERIFY $1;", "error", "$1, which is whatever"),
            ("fastcgi_param POSTERN_VERIFY $hostname;", "warning", "$hostname, whose value is not known"),
            ("fastcgi_param POSTERN_VERIFY github if_not_empty;", "warning", "if_not_empty"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_param REMOTE_ADDR $http_x_forwarded_for;", "error", "REMOTE_ADDR"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_request_buffering off;", "warning", "fastcgi_request_buffering off"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_pass_request_body off;", "error", "bodies are not passed on"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_pass_request_headers off;", "error", "signatures among them"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_intercept_errors on;", "warning", "nginx's pages"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from 0.0.0.0/0;", "error", "ip= keeps nobody out"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from ::/0;", "error", "ip= keeps nobody out"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from 128.0.0.0/1;", "error", "ip= keeps nobody out"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from 2000::/3;", "error", "ip= keeps nobody out"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from 52.0.0.0/6;", "warning", "everybody in 52.0.0.0/6 may say"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from 10.0.0.0/7;", "warning", "everybody in 10.0.0.0/7 may say"),
            ("fastcgi_param POSTERN_VERIFY \"github ip=192.0.2.1\"; set_real_ip_from 2600::/12;", "warning", "machines in it are for hire"),
            ("fastcgi_param POSTERN_VERIFY \"ip ip=192.0.2.1\"; fastcgi_param REMOTE_ADDR $remote_addr;", "error", "ip= lets nobody in"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_cache zone;", "error", "cached"),
            ("fastcgi_param POSTERN_VERIFY github; limit_req zone=x;", "warning", "limit_req_status 429"),
            ("fastcgi_param POSTERN_VERIFY github; client_max_body_size 100k;", "warning", "over 102400 bytes"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_read_timeout 5s; fastcgi_param POSTERN_DEADLINE 8;", "warning", "gives up after 5 s"),
            ("fastcgi_param POSTERN_VERIFY github; fastcgi_read_timeout 5s;", "warning", "at its deadline (8 s)"),
            ("fastcgi_param POSTERN_VERIFY \"token bearer\"; fastcgi_read_timeout 10s;", "warning", "at its deadline (10 s)"),
        ])
    func facts(lines: String, severity: String, part: String) throws {
        let location = try #require(try Self.read(Self.location(lines)).locations.first)
        let found = location.findings.filter { $0.text.contains(part) }
        #expect(found.count == 1 && found.first?.severity.rawValue == severity, "\(location.findings)")
        #expect(found.first.map { [2, 3].contains($0.place.line) } == true)
    }

    @Test("What is as it should be is not")
    func silence() throws {
        let lines = "fastcgi_param POSTERN_VERIFY github; limit_req zone=x; client_max_body_size 1m; fastcgi_cache off;"
        let location = try #require(try Self.read(Self.location(lines, server: "limit_req_status 429;")).locations.first)
        #expect(location.findings.isEmpty, "\(location.findings)")
    }

    @Test("A location without nginx's usual parameters is told what it lacks")
    func missing() throws {
        let text = "http { server { location / { fastcgi_pass p; fastcgi_param POSTERN_VERIFY github; } } }"
        let texts = try #require(try Self.read(text).locations.first).findings.map(\.text)
        for name in ["REQUEST_METHOD", "REQUEST_URI", "CONTENT_LENGTH", "REMOTE_ADDR"] {
            #expect(texts.contains { $0.hasPrefix(name) && $0.contains("include fastcgi_params") })
        }
    }

    @Test(
        "What nginx would not take is an error with its line",
        arguments: [("http {\nserver {\n}", 3), ("http {\n\n} }", 3), ("a \"b\n", 1), ("a b", 1), ("{ }", 1)])
    func malformed(text: String, line: Int) {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(text) }
        #expect(error?.place.line == line)
    }

    @Test("Files that include each other are not read for ever")
    func circle() {
        let text = "# configuration file /n/a:\ninclude b;\n# configuration file /n/b:\ninclude a;\n"
        #expect(throws: ConfigurationError.self) { try Self.read(text) }
    }

    @Test("Another language's blocks are passed over")
    func lua() throws {
        let text = "http { server { location / { content_by_lua_block { local t = {1} } fastcgi_pass p; fastcgi_param POSTERN_A a; } } }"
        #expect(try Self.settings(text) == ["POSTERN_A=a"])
    }
}
