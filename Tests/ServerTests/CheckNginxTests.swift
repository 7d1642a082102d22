import Foundation
import Glibc
import Testing

@Suite("postern check --nginx", .serialized)
struct CheckNginxTests {
    /// Locations as a server that is never started would have them.
    private static func configuration(_ locations: [Location], _ sandbox: Sandbox, extra: String = "") throws -> String {
        let blocks = locations.map { location in
            let settings = location.settings.map { "fastcgi_param \($0) \"\($1.replacingOccurrences(of: "\"", with: "\\\""))\";" }
            return "location \(location.path) { include \(Sandbox.repository)/nginx/postern_params; \(settings.joined(separator: "\n")) }"
        }
        if !FileManager.default.fileExists(atPath: sandbox.root + "/fastcgi_params") {
            try FileManager.default.copyItem(atPath: "/etc/nginx/fastcgi_params", toPath: sandbox.root + "/fastcgi_params")
        }
        return try sandbox.write(
            "nginx.conf",
            """
            pid \(sandbox.root)/pid;
            events {}
            http {
                upstream postern { server unix:\(sandbox.root)/postern.sock; }
                server {
                    listen 127.0.0.1:8080;
                    \(extra)
            \(blocks.joined(separator: "\n"))
                }
            }

            """, mode: 0o644)
    }

    /// What real nginx prints of a configuration, judged.
    private static func check(_ configuration: String, _ sandbox: Sandbox, _ more: [String] = []) throws -> Command.Result {
        let dump = try Command.run("/usr/sbin/nginx", ["-T", "-c", configuration, "-e", sandbox.root + "/error.log"])
        try #require(dump.status == 0, "\(dump.errors)")
        return try Command.run(
            try sandbox.program(), ["check", "--nginx", "-", "--user", NSUserName()] + more, input: Data(dump.output.utf8),
            directory: sandbox.root)
    }

    private static func settings(_ sandbox: Sandbox, _ more: [String: String?] = [:]) throws -> [(String, String)] {
        var settings: [String: String?] = [
            "POSTERN_VERIFY": "token header=X-Token", "POSTERN_SECRET": "file:\(sandbox.root)/secret",
            "POSTERN_WORKSPACE": sandbox.root + "/workspace", "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite",
            "POSTERN_QUERY": "probe/notes",
        ]
        settings.merge(more) { $1 }
        return settings.compactMap { name, value in value.map { (name, $0) } }
    }

    @Test("says of a new user's mistake what the closed location would log", arguments: Mistake.all)
    func mistakes(mistake: Mistake) throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", mistake.secret)
        try mistake.spoil(sandbox)
        let configuration = try Self.configuration(
            [Location(path: "/", settings: try Self.settings(sandbox, mistake.settings))], sandbox)
        let result = try Self.check(configuration, sandbox)
        #expect(result.status == 1 && result.errors.contains("\(configuration):"), "\(result.errors)")
        for part in mistake.log { #expect(result.errors.contains(part), "\(part) is not in: \(result.errors)") }
        #expect(!(result.errors + result.output).contains("hunter2") && !result.errors.contains("probe-secret"))
    }

    @Test("finds nothing wrong with locations that are right, says how each behaves and makes no database")
    func right() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret\n")
        let locations = [
            Location(path: "= /github", settings: try Self.settings(sandbox, ["POSTERN_VERIFY": "github"])),
            Location(path: "= /asana", settings: try Self.settings(sandbox, ["POSTERN_VERIFY": "asana", "POSTERN_SECRET": "file:\(sandbox.root)/data/asana"])),
        ]
        let result = try Self.check(try Self.configuration(locations, sandbox), sandbox)
        #expect(result.status == 0 && result.output.hasSuffix("2 locations: 0 errors, 3 warnings\n"), "\(result.output)\(result.errors)")
        for part in ["location = /github: deliveries with the same header", "location = /asana: its secret arrives", "it waits 10 s"] {
            #expect(result.output.contains(part), "\(part): \(result.output)")
        }
        #expect(!FileManager.default.fileExists(atPath: sandbox.root + "/data/events.sqlite"))
        let none = try Command.run(
            try sandbox.program(), ["check", "--nginx", "-"], input: Data("http { server { location / { return 404; } } }".utf8))
        #expect(none.status == 1 && none.errors.contains("no location there passes to Postern"))
    }

    @Test("reads the project's own configuration: what it lacks are the files of the host that it is for")
    func shipped() throws {
        let sandbox = try Sandbox()
        for path in ["/etc/nginx/fastcgi_params", Sandbox.repository + "/nginx/postern_params", Sandbox.repository + "/nginx/postern.conf"] {
            try FileManager.default.copyItem(atPath: path, toPath: sandbox.root + "/" + (path as NSString).lastPathComponent)
        }
        let configuration = try sandbox.write(
            "nginx.conf", "pid \(sandbox.root)/pid; events {} http { include postern.conf; }\n", mode: 0o644)
        let result = try Self.check(configuration, sandbox)
        let lines = result.errors.split(separator: "\n")
        #expect(result.output.contains("5 locations"), "\(result.output)")
        #expect(lines.allSatisfy { $0.contains("does not exist") && $0.hasPrefix(sandbox.root + "/postern.conf:") }, "\(result.errors)")
        // Without -T it follows the includes by itself, to the same end.
        let file = try Command.run(try sandbox.program(), ["check", "--nginx", configuration, "--user", NSUserName()])
        #expect(file.errors == result.errors && file.output == result.output)
    }

    @Test("finds a location to copy right but for what its owner fills in")
    func blocks() throws {
        let sandbox = try Sandbox()
        try FileManager.default.copyItem(atPath: Sandbox.repository + "/nginx/postern_params", toPath: sandbox.root + "/postern_params")
        let blocks = try ListedSender.all.get().map(\.nginx).joined(separator: "\n")
        let result = try Self.check(try Self.configuration([], sandbox, extra: blocks), sandbox)
        let lines = result.errors.split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(result.output.contains("\(try ListedSender.all.get().count) locations:"), "\(result.output.suffix(200))")
        let filledIn = ["does not exist", "as the example has it"]
        for line in lines { #expect(filledIn.contains { line.contains($0) }, "\(line)") }
    }

    @Test("says nothing of a value that another part of the configuration decides, but that it does not know it")
    func unknown() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret\n")
        let location = Location(path: "= /a", settings: try Self.settings(sandbox, ["POSTERN_VERIFY": "$hostname"]))
        let result = try Self.check(try Self.configuration([location], sandbox), sandbox)
        #expect(result.status == 0 && result.output.hasSuffix("1 location: 0 errors, 1 warning\n"), "\(result.output)\(result.errors)")
        #expect(result.errors.contains("POSTERN_VERIFY: holds $hostname, whose value is not known here, so it is not checked"))
        let asked = Location(path: "= /a", settings: try Self.settings(sandbox, ["POSTERN_VERIFY": "$arg_v"]))
        let refused = try Self.check(try Self.configuration([asked], sandbox), sandbox)
        #expect(refused.status == 1 && refused.output.hasSuffix("1 location: 1 error, 0 warnings\n"), "\(refused.output)\(refused.errors)")
    }

    @Test("names the line of each of several mistakes")
    func places() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret\n", mode: 0o644)
        let text = """
            location = /a {
                include \(Sandbox.repository)/nginx/postern_params;
                fastcgi_param POSTERN_VERIFY gihub;
                fastcgi_param POSTERN_SECRET file:\(sandbox.root)/secret;
                fastcgi_param POSTERN_WORKSPACE \(sandbox.root)/nowhere;
            }
            location = /b {
                include \(Sandbox.repository)/nginx/postern_params;
                fastcgi_param POSTERN_VERIFY github;
                fastcgi_param POSTERN_SECRET file:\(sandbox.root)/secret;
                fastcgi_param POSTERN_WORKSPACE \(sandbox.root)/workspace;
                fastcgi_param POSTERN_DATABASE \(sandbox.root)/data/events.sqlite;
                fastcgi_param POSTERN_ENV_API_KEY abc;
                fastcgi_param POSTERN_NAME x;
                fastcgi_param POSTERN_NAME y;
            }
            """
        let configuration = try Self.configuration([], sandbox, extra: "\n" + text)
        let result = try Self.check(configuration, sandbox)
        let first = 1 + (try #require(try String(contentsOfFile: configuration, encoding: .utf8).components(separatedBy: "\n").firstIndex(of: "location = /a {")))
        for (line, part) in [
            (2, "error: location = /a: POSTERN_VERIFY"), (4, "error: location = /a: POSTERN_WORKSPACE"),
            (14, "error: location = /b: POSTERN_NAME: is given twice"), (12, "warning: location = /b: POSTERN_ENV_API_KEY looks like a secret"),
        ] {
            #expect(result.errors.contains("\(configuration):\(first + line): \(part)"), "\(part): \(result.errors)")
        }
        let mended = text.replacingOccurrences(of: "    fastcgi_param POSTERN_NAME y;\n", with: "")
        let again = try Self.check(try Self.configuration([], sandbox, extra: "\n" + mended), sandbox)
        #expect(again.errors.contains("can be read by everybody"), "\(again.errors)")
        #expect(!again.output.contains("abc") && !again.errors.contains("abc"))
    }

    @Test("judges secrets by the document root, and databases by their workspaces")
    func contradictions() throws {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(ProbeWorkspace.path)
        let other = try sandbox.workspace(ProbeWorkspace.path, as: "other")
        try sandbox.write("documents/secret", "probe-secret\n")
        try sandbox.write("secret", "probe-secret\n")
        let locations = [
            Location(path: "= /a", settings: try Self.settings(sandbox, ["POSTERN_SECRET": "file:\(sandbox.root)/documents/secret"])),
            Location(path: "= /b", settings: try Self.settings(sandbox, ["POSTERN_WORKSPACE": other])),
        ]
        let result = try Self.check(try Self.configuration(locations, sandbox, extra: "root \(sandbox.root)/documents;"), sandbox)
        #expect(result.errors.contains("lies under the web server's document root"), "\(result.errors)")
        #expect(result.errors.contains("is also that of the workspace \(workspace)"), "\(result.errors)")
    }

    @Test("says where the secret that a handshake brings could not be kept")
    func arrival() throws {
        guard geteuid() == 0 else { return }
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        let folder = sandbox.root + "/secrets"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        let settings = try Self.settings(sandbox, ["POSTERN_VERIFY": "asana", "POSTERN_SECRET": "file:\(folder)/asana"])
        let configuration = try Self.configuration([Location(path: "/", settings: settings)], sandbox)
        try sandbox.handOver()
        #expect(chown(folder, 0, 0) == 0)
        let result = try Command.run(
            try sandbox.program(), ["check", "--nginx", configuration, "--user", "www-data"], directory: "/")
        #expect(result.status == 1 && result.errors.contains("POSTERN_SECRET: \(folder) may not be written"), "\(result.errors)")
    }

    @Test("warns of a deadline that is longer than the sender's patience")
    func deadline() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret\n")
        func check(_ deadline: String) throws -> String {
            let settings = try Self.settings(sandbox, ["POSTERN_VERIFY": "slack", "POSTERN_DEADLINE": deadline])
            return try Self.check(try Self.configuration([Location(path: "/", settings: settings)], sandbox), sandbox).errors
        }
        #expect(try check("3").contains("POSTERN_DEADLINE is 3 s, but slack waits 3 s"))
        #expect(try !check("2").contains("POSTERN_DEADLINE"))
    }

    @Test("as root it looks at files as Postern's user does")
    func user() throws {
        guard geteuid() == 0 else { return }
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret\n")
        let configuration = try Self.configuration([Location(path: "/", settings: try Self.settings(sandbox))], sandbox)
        func check(_ user: String) throws -> Command.Result {
            try Command.run(try sandbox.program(), ["check", "--nginx", configuration, "--user", user], directory: "/")
        }
        let before = try check("www-data")
        #expect(before.status == 1 && before.errors.contains("POSTERN_SECRET"), "\(before.errors)")
        try sandbox.handOver()
        let after = try check("www-data")
        #expect(after.status == 0, "\(after.errors)")
        #expect(try check("nobody-of-this-name").status == 2)
        // Where it may read, but not write.
        let data = sandbox.root + "/data"
        #expect(chmod(data, 0o755) == 0 && chown(data, 0, 0) == 0)
        let readOnly = try check("www-data")
        #expect(readOnly.errors.contains("POSTERN_DATABASE: \(data) may not be written"), "\(readOnly.errors)")
        #expect(try Command.run(try sandbox.program(), ["check", "--user", "www-data"]).status == 2)
    }
}
