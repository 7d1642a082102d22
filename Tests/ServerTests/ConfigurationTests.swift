import Foundation
import Glibc
import Testing

@Suite("The configuration to copy", .serialized)
struct ConfigurationTests {
    @Test("of nginx is whole: nginx takes it")
    func nginx() throws {
        let sandbox = try Sandbox()
        for name in ["fastcgi_params"] {
            try FileManager.default.copyItem(atPath: "/etc/nginx/" + name, toPath: sandbox.root + "/" + name)
        }
        for name in ["postern_params", "postern.conf"] {
            try FileManager.default.copyItem(atPath: Sandbox.repository + "/nginx/" + name, toPath: sandbox.root + "/" + name)
        }
        let configuration = try sandbox.write(
            "nginx.conf",
            "pid \(sandbox.root)/pid; events {} http { include \(sandbox.root)/postern.conf; }\n", mode: 0o644)
        let result = try Command.run("/usr/sbin/nginx", ["-t", "-c", configuration, "-e", sandbox.root + "/error.log"])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("of Apache is whole: Apache takes it", arguments: ["proxy_fcgi.conf", "fcgid.conf", "cgi.conf"])
    func apache(file: String) throws {
        let sandbox = try Sandbox()
        let modules = ["mpm_event", "authz_core", "env", "setenvif", "alias", "proxy", "proxy_fcgi", "fcgid", "cgid"]
        let configuration = try sandbox.write(
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
            Include \(Sandbox.repository)/apache/\(file)

            """, mode: 0o644)
        let result = try Command.run("/usr/sbin/apache2", ["-t", "-f", configuration])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("has Apache believe the length of an answer", arguments: ["proxy_fcgi.conf", "fcgid.conf", "cgi.conf", "htaccess"])
    func lengths(file: String) throws {
        let text = try String(contentsOfFile: Sandbox.repository + "/apache/" + file, encoding: .utf8)
        #expect(text.contains(#/\n +SetEnv(If Request_URI \.)? ap_trust_cgilike_cl[ =]1\n/#))
    }

    @Test("names only settings that exist")
    func settings() throws {
        let known = [
            "VERIFY", "SECRET", "URL", "WORKSPACE", "QUERY", "NAME", "RESPOND", "DATABASE", "DURABILITY", "DEDUPE", "TOLERANCE",
            "MAX_BODY", "ENV_FILE",
        ]
        for file in ["nginx/postern.conf", "apache/proxy_fcgi.conf", "apache/fcgid.conf", "apache/cgi.conf"] {
            let text = try String(contentsOfFile: Sandbox.repository + "/" + file, encoding: .utf8)
            for match in text.matches(of: /POSTERN_([A-Z_]+)/) {
                #expect(known.contains(String(match.1)), "\(file): \(match.0)")
            }
        }
    }
}

@Suite("A route file", .serialized)
struct RouteFileTests {
    /// Apache with a folder in which `.cgi` files run, as on a shared host.
    private func server(_ routeFile: String, mode: mode_t = 0o755) throws -> (WebServer, Sandbox) {
        let sandbox = try Sandbox()
        _ = try sandbox.workspace(ProbeWorkspace.path)
        try sandbox.write("secret", ProbeWorkspace.secret + "\n")
        let program = try sandbox.program()
        try sandbox.write("documents/hook.cgi", "#!\(program)\n" + routeFile.replacingOccurrences(of: "{root}", with: sandbox.root), mode: mode)
        chmod(sandbox.root + "/documents", 0o755)
        let server = try WebServer(
            .apacheCGI, sandbox, locations: [],
            extra: "ScriptAlias /route-files/ \(sandbox.root)/documents/\n")
        return (server, sandbox)
    }

    private static let settings = """
        verify    = github
        secret    = file:{root}/secret
        workspace = {root}/workspace
        database  = {root}/data/events.sqlite
        query     = probe/notes

        """

    @Test("is a location where nobody can set variables")
    func served() throws {
        let (server, _) = try server(Self.settings)
        defer { server.stop() }
        let body = Array(#"{"text": "by route file"}"#.utf8)
        let answer = try server.client.send("POST", "/route-files/hook.cgi", headers: try server.signed(body), body: body)
        #expect(answer.status == 200, "\(answer.text) \(server.log)")
        #expect(try server.notes() == ["by route file"])
        let forged = try server.client.send("POST", "/route-files/hook.cgi", headers: try server.signed(body, secret: "x"), body: body)
        #expect(forged.status == 401)
    }

    @Test("is not chosen by a query string")
    func queryString() throws {
        let (server, sandbox) = try server(Self.settings)
        defer { server.stop() }
        let body = Array(#"{"text": "x"}"#.utf8)
        let answer = try server.client.send(
            "POST", "/anything?\(sandbox.root)/documents/hook.cgi", headers: try server.signed(body), body: body)
        #expect(answer.status == 503, "\(answer.status) \(answer.text)")
    }

    @Test("that others may write is not served")
    func writable() throws {
        let (server, _) = try server(Self.settings, mode: 0o777)
        defer { server.stop() }
        let body = Array(#"{"text": "x"}"#.utf8)
        let answer = try server.client.send("POST", "/route-files/hook.cgi", headers: try server.signed(body), body: body)
        #expect(answer.status == 503 && server.logs("writable"), "\(answer.status) \(server.log)")
    }

    @Test("with a mistake closes the location and names the key")
    func mistake() throws {
        let (server, _) = try server(Self.settings + "secrte = file:/x\n")
        defer { server.stop() }
        let answer = try server.client.send("POST", "/route-files/hook.cgi", body: [1])
        #expect(answer.status == 503 && server.logs("secrte") && server.logs("did you mean secret"), "\(server.log)")
    }
}
