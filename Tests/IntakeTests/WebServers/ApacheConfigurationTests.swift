import Foundation
import Intake
import Testing

@Suite("Apache's configuration")
struct ApacheConfigurationTests {
    /// Reads files of a folder of their own; the first is the one to begin with.
    private static func read(_ files: (name: String, text: String)...) throws -> ApacheConfiguration {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-apache-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in files {
            let url = folder.appending(path: file.name)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try file.text.replacing("ROOT", with: folder.path).write(to: url, atomically: true, encoding: .utf8)
        }
        return try ApacheConfiguration(folder.appending(path: files[0].name).path)
    }

    private static func settings(_ configuration: ApacheConfiguration) -> [String] {
        configuration.locations.map { location in
            location.title + ": "
                + location.parameters.filter { $0.name.hasPrefix("POSTERN_") }.map { "\($0.name.dropFirst(8))=\($0.value)" }.joined(separator: " ")
        }
    }

    @Test(
        "Settings are those of all sections that are for the address, the last one's where several have one",
        arguments: [
            ("<Location /a>\nSetEnv POSTERN_VERIFY github\n</Location>", ["<Location /a>: VERIFY=github"]),
            ("<location \"/a\">\n setenv POSTERN_VERIFY \"token header=X\"\n</LOCATION>", ["<location /a>: VERIFY=token header=X"]),
            ("SetEnv POSTERN_NAME n\n<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>", ["<Location /a>: NAME=n VERIFY=x"]),
            (
                "<LocationMatch \"^/api:\">\nSetEnv POSTERN_NAME n\n</LocationMatch>\n<Location /api:a>\nSetEnv POSTERN_VERIFY x\n</Location>",
                ["<Location /api:a>: NAME=n VERIFY=x"]
            ),
            (
                "<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n<Location /a/b>\nSetEnv POSTERN_VERIFY y\n</Location>",
                ["<Location /a>: VERIFY=x", "<Location /a/b>: VERIFY=y"]
            ),
            (
                "<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n<Location /ab>\nSetEnv POSTERN_NAME y\n</Location>",
                ["<Location /a>: VERIFY=x", "<Location /ab>: NAME=y"]
            ),
            (
                "SetEnv POSTERN_NAME n\n<Location /a>\nUnsetEnv POSTERN_NAME\nSetEnv POSTERN_VERIFY x\n</Location>",
                ["<Location /a>: VERIFY=x"]
            ),
            (
                "<VirtualHost *:80>\nSetEnv POSTERN_NAME n\n<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n</VirtualHost>\n<VirtualHost *:81>\n</VirtualHost>",
                ["<Location /a>: NAME=n VERIFY=x"]
            ),
            (
                "<Directory /w>\nSetEnv POSTERN_NAME n\n<Files a.cgi>\nSetEnv POSTERN_VERIFY x\n</Files>\n</Directory>",
                ["<Directory /w>: NAME=n", "<Files a.cgi>: NAME=n VERIFY=x"]
            ),
            // As Apache 2.4 does: what one of several sections removes of the server's own stays.
            (
                "SetEnv POSTERN_NAME n\n<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n<LocationMatch ^/>\nUnsetEnv POSTERN_NAME\n</LocationMatch>",
                ["<Location /a>: NAME=n VERIFY=x"]
            ),
            (
                "<Location /a>\nSetEnv POSTERN_VERIFY x\nSetEnv POSTERN_NAME n\n</Location>\n<LocationMatch ^/>\nUnsetEnv POSTERN_NAME\n</LocationMatch>",
                ["<Location /a>: VERIFY=x"]
            ),
            (
                "<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n<LocationMatch ^/a>\nSetEnv POSTERN_VERIFY y\n</LocationMatch>",
                ["<Location /a>: VERIFY=y", "<LocationMatch ^/a>: VERIFY=y"]
            ),
            ("Define S /srv\n<Location /a>\nSetEnv POSTERN_VERIFY \\\n ${S}/x\n</Location>", ["<Location /a>: VERIFY=/srv/x"]),
            ("<IfDefine X>\n<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n</IfDefine>", []),
            (
                "LoadModule env_module m.so\n<IfModule mod_env.c>\n<Location /a>\nSetEnv POSTERN_VERIFY x\n</Location>\n</IfModule>\n"
                    + "<IfModule !mod_env.c>\n<Location /b>\nSetEnv POSTERN_VERIFY x\n</Location>\n</IfModule>",
                ["<Location /a>: VERIFY=x"]
            ),
            ("<LocationMatch ^/a/\\d+$>\nSetEnv POSTERN_VERIFY x\n</LocationMatch>", ["<LocationMatch ^/a/\\d+$>: VERIFY=x"]),
        ] as [(String, [String])])
    func merging(text: String, expected: [String]) throws {
        #expect(Self.settings(try Self.read(("a.conf", text))) == expected)
    }

    @Test("Includes are followed, with the places of what they hold")
    func includes() throws {
        let configuration = try Self.read(
            ("apache.conf", "ServerRoot ROOT\nIncludeOptional sites/*.conf nothing/*.conf\n"),
            ("sites/a.conf", "# a\n<Location /a>\n  SetEnv POSTERN_VERIFY github\n</Location>\n"), ("sites/b.txt", "<"))
        let location = try #require(configuration.locations.first)
        #expect(location.parameters[0].place.file.hasSuffix("sites/a.conf") && location.parameters[0].place.line == 3)
    }

    @Test("A macro stands for what it says, with values in the place of its parameters")
    func macros() throws {
        let configuration = try Self.read(
            (
                "apache.conf",
                """
                <Macro Hook $name $name2 %verify>
                  <Location /$name>
                    SetEnv POSTERN_NAME $name
                    SetEnv POSTERN_QUERY $name2/q
                    SetEnv POSTERN_VERIFY "%verify"
                  </Location>
                </Macro>
                <macro Both @a>
                  Use hook @a one "token header=X"
                  USE Hook x$name $name2 github
                </macro>
                <VirtualHost *:80>
                  Use both first
                </VirtualHost>
                UndefMacro Both
                Use Both again
                """
            ))
        #expect(Self.settings(configuration) == [
            "<Location /first>: NAME=first QUERY=one/q VERIFY=token header=X", "<Location /x$name>: NAME=x$name QUERY=$name2/q VERIFY=github",
        ])
        #expect(configuration.locations.first?.parameters.first?.place.line == 3)
        #expect(configuration.findings.count == 1 && configuration.findings[0].place.line == 16, "\(configuration.findings)")
        #expect(configuration.findings[0].text.contains("Use Both names a macro that nothing read before it defines"))
    }

    @Test("Sections for folders and for addresses, which are judged apart, are told if both have settings")
    func apart() throws {
        let folder = "<Directory /w>\nSetEnv POSTERN_NAME n\n</Directory>\n"
        let address = "<Location /a>\nSetEnv POSTERN_VERIFY github\n</Location>\n"
        let both = try Self.read(("a.conf", folder + address)).findings
        #expect(both.count == 1 && both[0].severity == .warning && both[0].place.line == 1, "\(both)")
        #expect(both[0].text.contains("<Directory /w> and <Location /a> (") && both[0].text.contains("judged apart"), "\(both)")
        #expect(try Self.read(("a.conf", folder)).findings.isEmpty && Self.read(("a.conf", address)).findings.isEmpty)
        #expect(try Self.read(("a.conf", "<Directory /w>\nSetHandler x\n</Directory>\n" + address)).findings.isEmpty)
        let host = try Self.read(("a.conf", address + "<VirtualHost *:80>\n\(folder)</VirtualHost>\n")).findings
        #expect(host.count == 1 && host[0].place.line == 5, "\(host)")
    }

    @Test("The settings of a folder's own file are a location")
    func folder() throws {
        let configuration = try Self.read((".htaccess", "SetEnv POSTERN_VERIFY x\n"))
        #expect(configuration.locations.count == 1 && configuration.locations[0].title.hasSuffix("/.htaccess"))
    }

    private static let proxy = """
        SetHandler "proxy:unix:/s|fcgi://postern/"
        SetEnvIf Request_URI . proxy-sendcl=1
        ProxyFCGISetEnvIf "true" PATH_INFO "%{REQUEST_URI}"
        SetEnv POSTERN_VERIFY github

        """
    private static let fcgid = """
        SetHandler fcgid-script
        FcgidMaxRequestLen 1048576
        SetEnvIf Request_URI "^(.*)$" PATH_INFO=$1
        SetEnv POSTERN_VERIFY github

        """

    private static let address = proxy.replacing("github", with: "\"ip ip=192.0.2.1\"")
    private static let remote = address + "RemoteIPHeader X-Forwarded-For\n"

    @Test("Of a file that names proxies each line is judged")
    func listed() throws {
        let text = "ServerRoot ROOT\n<Location /a>\n\(Self.remote)RemoteIPTrustedProxyList proxies.lst\n</Location>\n"
        let location = try #require(try Self.read(("a.conf", text), ("proxies.lst", "# ours\n10.0.0.5\n10.0.0.0/8 proxy.example\n96.0.0.0/5\n")).locations.first)
        #expect(location.findings.count == 1 && location.findings[0].severity == .warning, "\(location.findings)")
        #expect(location.findings[0].place.line == 4 && location.findings[0].place.file.hasSuffix("/proxies.lst"))
    }

    @Test("What is doubtful is told", arguments: [
        (proxy + "SetEnvIf X-Sender (.*) POSTERN_NAME=$1", "error", "by what a request says"),
        (proxy + "ProxyFCGISetEnvIf \"true\" POSTERN_NAME \"%{HTTP:X}\"", "error", "by what a request says"),
        (proxy + "RewriteRule . - [E=POSTERN_NAME:x]", "error", "REDIRECT_POSTERN_NAME"),
        (proxy + "PassEnv POSTERN_SECRET", "warning", "not known here"),
        (proxy + "SetEnv POSTERN_VERIFY stripe", "warning", "a second time"),
        (proxy.replacing("proxy-sendcl=1", with: "x=1"), "warning", "proxy-sendcl"),
        (proxy.replacing("PATH_INFO", with: "X"), "error", "no path that queries are found by"),
        (proxy.replacing("github", with: "basic"), "error", "CGIPassAuth On"),
        (proxy.replacing("github", with: "okta"), "error", "CGIPassAuth On"),
        (proxy.replacing("github", with: "\"ip ip=192.0.2.1\"") + "RemoteIPHeader X-Forwarded-For", "error", "RemoteIPInternalProxy"),
        (remote + "RemoteIPTrustedProxy 0.0.0.0/0", "error", "ip= keeps nobody out"),
        (remote + "RemoteIPInternalProxy 127.0.0.1 ::/0", "error", "ip= keeps nobody out"),
        (remote + "RemoteIPTrustedProxy 16.0.0.0/240.0.0.0", "warning", "everybody in 16.0.0.0/240.0.0.0 may say"),
        (remote + "RemoteIPInternalProxy 2a00::/11", "warning", "name the proxies alone in RemoteIPInternalProxy"),
        (remote + "RemoteIPTrustedProxyList /nowhere/list", "warning", "is not known: /nowhere/list"),
        (address + "ProxyFCGISetEnvIf true REMOTE_ADDR %{HTTP:X-Real-IP}", "error", "made of %{HTTP:X-Real-IP}, which a request may choose"),
        (address + "ProxyFCGISetEnvIf \"reqenv('A') =~ /(.*)/\" REMOTE_ADDR $1", "error", "which a request may choose"),
        (address + "ProxyFCGISetEnvIf true REMOTE_ADDR 192.0.2.1", "error", "REMOTE_ADDR is 192.0.2.1 for every request"),
        (address + "ProxyFCGISetEnvIf true !REMOTE_ADDR", "error", "ip= lets nobody in"),
        (fcgid.replacing("1048576", with: "4096"), "warning", "over 4096 bytes"),
        (fcgid + "LimitRequestBody 1000", "error", "cuts bodies short"), (fcgid.replacing("PATH_INFO", with: "X"), "error", "no path"),
        (fcgid + "FcgidInitialEnv POSTERN_NAME x", "warning", "do not count"), (fcgid + "ProxyFCGISetEnvIf \"true\" POSTERN_NAME x", "warning", "mod_proxy_fcgi only"),
    ])
    func facts(lines: String, severity: String, part: String) throws {
        let location = try #require(try Self.read(("a.conf", "<Location /a>\n\(lines)\n</Location>\n")).locations.first)
        let found = location.findings.filter { $0.text.contains(part) }
        #expect(found.count == 1 && found.first?.severity.rawValue == severity, "\(location.findings)")
    }

    @Test("What is as it should be is not", arguments: [
        proxy, fcgid, proxy.replacing("github", with: "basic") + "CGIPassAuth On",
        proxy.replacing("github", with: "basic") + "SetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1",
        proxy.replacing("github", with: "\"ip ip=192.0.2.1\"") + "RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1",
        proxy + "RemoteIPHeader X-Forwarded-For", proxy + "RemoteIPHeader X-Forwarded-For\nRemoteIPTrustedProxy 0.0.0.0/0",
        remote + "RemoteIPTrustedProxy 10.0.0.0/8 172.16.0.0/12 fc00::/7 13.0.0.0/8 2a06::/16 proxy.example 192.0.2.1",
        address + "ProxyFCGISetEnvIf true REMOTE_ADDR %{REMOTE_ADDR}", address + "ProxyFCGISetEnvIf true REMOTE_HOST %{HTTP:X}",
        fcgid.replacing("github", with: "\"ip ip=192.0.2.1\"") + "RemoteIPHeader X\nRemoteIPInternalProxy 10.0.0.0/255.0.0.0",
        proxy.replacing("PATH_INFO", with: "X") + "SetEnv POSTERN_QUERY a/b", fcgid + "FcgidInitialEnv POSTERN_SENDMAIL /x",
    ])
    func silence(lines: String) throws {
        let location = try #require(try Self.read(("a.conf", "<Location /a>\n\(lines)\n</Location>\n")).locations.first)
        #expect(location.findings.isEmpty, "\(location.findings)")
    }

    @Test("What sets a variable anew in another section is no mistake, what removes nothing is")
    func levels() throws {
        let text = "SetEnv POSTERN_VERIFY a\nSetEnv POSTERN_NAME n\n<Location /a>\nSetEnv POSTERN_VERIFY b\nSetEnv POSTERN_QUERY g/q\n</Location>\n"
        #expect(try #require(try Self.read(("a.conf", text)).locations.first).findings.isEmpty)
        let other = text + "<LocationMatch ^/>\nUnsetEnv POSTERN_NAME\n</LocationMatch>\n"
        #expect(try #require(try Self.read(("a.conf", other)).locations.first).findings.contains { $0.text.contains("UnsetEnv removes nothing") })
    }

    @Test("Behind a rewrite of a folder's own file settings close the location")
    func rewrite() throws {
        let location = try #require(try Self.read((".htaccess", "RewriteEngine On\nRewriteRule ^x$ y.cgi\nSetEnv POSTERN_VERIFY x\n")).locations.first)
        #expect(location.findings.contains { $0.text.contains("REDIRECT_POSTERN_VERIFY") })
    }

    @Test("What Apache would not take is an error with its line", arguments: [
        ("<Location /a>\nSetEnv a b\n", 1), ("\n</Location>\n", 2), ("<Location /a>\n</Directory>\n", 2), ("Include a.conf\n", 1),
        ("<Macro A>\nUse A\n</Macro>\nUse A\n", 2), ("<Macro A $x>\n</Macro>\nUse A\n", 3), ("\n<Macro A>\nx\n", 2),
        ("<Macro A>\n<Location /a>\n</Macro>\nUse A\n", 2),
    ])
    func malformed(text: String, line: Int) {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(("a.conf", text)) }
        #expect(error?.place.line == line)
    }
}
