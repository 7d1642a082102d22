import Foundation
import Testing

@Suite("postern check --apache", .serialized)
struct CheckApacheTests {
    private static func check(_ path: String, _ sandbox: Sandbox) throws -> Command.Result {
        try Command.run(try sandbox.program(), ["check", "--apache", path, "--user", NSUserName()], directory: sandbox.root)
    }

    /// A configuration that real Apache takes.
    private static func configuration(_ lines: String, _ sandbox: Sandbox) throws -> String {
        let modules = ["mpm_event", "authz_core", "env", "setenvif", "alias", "proxy", "proxy_fcgi", "fcgid", "cgid"]
        let path = try sandbox.write(
            "apache.conf",
            """
            ServerRoot \(sandbox.root)
            ServerName localhost
            DocumentRoot \(sandbox.root)/documents
            PidFile \(sandbox.root)/pid
            ErrorLog \(sandbox.root)/error.log
            \(modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n"))
            FcgidIPCDir \(sandbox.root)/fcgid
            FcgidProcessTableFile \(sandbox.root)/fcgid_shm
            \(lines)

            """, mode: 0o644)
        let result = try Command.run("/usr/sbin/apache2", ["-t", "-f", path])
        try #require(result.status == 0, "\(result.errors)")
        return path
    }

    private static func location(_ settings: [String: String?], _ sandbox: Sandbox) -> String {
        var all: [String: String?] = [
            "POSTERN_VERIFY": "token header=X-Token", "POSTERN_SECRET": "file:\(sandbox.root)/secret",
            "POSTERN_WORKSPACE": sandbox.root + "/workspace", "POSTERN_DATABASE": sandbox.root + "/data/events.sqlite",
            "POSTERN_QUERY": "probe/notes",
        ]
        all.merge(settings) { $1 }
        let lines = all.compactMap { name, value in value.map { "    SetEnv \(name) \"\($0)\"" } }
        return (["<Location \"/hook\">", "    SetHandler \"proxy:unix:\(sandbox.root)/s|fcgi://postern/\"", "    SetEnvIf Request_URI . proxy-sendcl=1"]
            + lines + ["</Location>"]).joined(separator: "\n")
    }

    @Test("says of a new user's mistake what the closed location would log", arguments: Mistake.all)
    func mistakes(mistake: Mistake) throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", mistake.secret)
        try mistake.spoil(sandbox)
        let path = try Self.configuration(Self.location(mistake.settings, sandbox), sandbox)
        let result = try Self.check(path, sandbox)
        #expect(result.status == 1 && result.errors.contains("\(path):"), "\(result.errors)")
        for part in mistake.log { #expect(result.errors.contains(part), "\(part) is not in: \(result.errors)") }
    }

    @Test("finds nothing wrong with a location that is right, and makes no database")
    func right() throws {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", "probe-secret\n")
        let result = try Self.check(try Self.configuration(Self.location(["POSTERN_VERIFY": "slack"], sandbox), sandbox), sandbox)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(result.output.contains("<Location /hook>: it asks by a signed POST") && result.output.hasSuffix("1 location: 0 errors, 0 warnings\n"))
        #expect(!FileManager.default.fileExists(atPath: sandbox.root + "/data/events.sqlite"))
    }

    @Test(
        "reads the project's own configuration: what it lacks are the files of the host that it is for",
        arguments: [("proxy_fcgi.conf", 2), ("fcgid.conf", 1), ("cgi.conf", 1)])
    func shipped(file: String, count: Int) throws {
        let sandbox = try Sandbox()
        let own = Sandbox.repository + "/apache/" + file
        let result = try Self.check(try Self.configuration("Include \(own)", sandbox), sandbox)
        let lines = result.errors.split(separator: "\n")
        #expect(result.output.contains("\(count) location\(count == 1 ? "" : "s"):"), "\(result.output)\(result.errors)")
        #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix(own + ":") && $0.contains("does not exist") }, "\(result.errors)")
        // A part of a configuration is judged as well.
        #expect(try Self.check(own, sandbox).errors == result.errors)
    }

    @Test("finds a location to copy right but for what its owner fills in")
    func blocks() throws {
        let sandbox = try Sandbox()
        let blocks = try ListedSender.all.get().map(\.apache).joined(separator: "\n")
        let result = try Self.check(try Self.configuration(blocks, sandbox), sandbox)
        let lines = result.errors.split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(result.output.contains("\(try ListedSender.all.get().count) locations:"), "\(result.output.suffix(200))")
        let filledIn = ["does not exist", "as the example has it"]
        for line in lines { #expect(filledIn.contains { line.contains($0) }, "\(line)") }
    }
}
