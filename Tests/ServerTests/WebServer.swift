import Foundation
import Glibc
import Testing

/// A location of a web server with the settings that Postern gets there.
struct Location: Sendable {
    /// As nginx writes it: `= /exact` or `/prefix/`.
    var path: String
    var settings: [(String, String)]

    var isExact: Bool { path.hasPrefix("= ") }
    var plainPath: String { isExact ? String(path.dropFirst(2)) : path }
}

/// The ways in which a real web server reaches Postern.
enum WebServerKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case nginx = "nginx"
    case apacheProxy = "Apache with proxy_fcgi"
    case apacheFcgid = "Apache with mod_fcgid"
    case apacheCGI = "Apache with CGI"

    var testDescription: String { rawValue }
    var hasServer: Bool { self == .nginx || self == .apacheProxy }
}

/// A real web server on loopback with Postern behind it.
// Safe: a test's threads only read what its start has set.
final class WebServer: @unchecked Sendable {
    let kind: WebServerKind
    let sandbox: Sandbox
    /// The program that takes mail.
    private let sendmail: String?
    private let environment: [String: String]
    let port = Service.freePort()
    private(set) var postern: Service?
    private var server: Service?

    var client: HTTPClient { HTTPClient(port: port) }
    var socket: String { sandbox.root + "/postern.sock" }
    /// What Postern said: on its standard error, which CGI programs and those of mod_fcgid share with Apache.
    var log: String { postern?.logText ?? (try? String(contentsOfFile: sandbox.root + "/error.log", encoding: .utf8)) ?? "" }

    /// Whether the log has it, or comes to have it: what a CGI program said the web server may write after its answer.
    func logs(_ part: String) -> Bool {
        (try? Service.until(part) { log.contains(part) }) != nil
    }

    init(
        _ kind: WebServerKind, _ sandbox: Sandbox, locations: [Location], extra: String = "", arguments: [String] = [],
        sendmail: String? = nil, environment: [String: String] = [:]
    ) throws {
        self.environment = environment
        self.kind = kind
        self.sendmail = sendmail
        self.sandbox = sandbox
        let program = try sandbox.program()
        if kind.hasServer { try startPostern(arguments) }
        let configuration = kind == .nginx ? nginx(locations, extra) : apache(locations, extra, program)
        let path = try sandbox.write("web.conf", configuration, mode: 0o644)
        if kind == .nginx {
            // What nginx/postern_params includes lies beside nginx's configuration.
            try FileManager.default.copyItem(atPath: "/etc/nginx/fastcgi_params", toPath: sandbox.root + "/fastcgi_params")
        } else if !kind.hasServer {
            try sandbox.handOver()
        }
        let started =
            kind == .nginx
            ? try Service("/usr/sbin/nginx", ["-c", path, "-e", sandbox.root + "/error.log"], log: sandbox.root + "/nginx.out")
            : try Service("/usr/sbin/apache2", ["-f", path, "-DFOREGROUND"], log: sandbox.root + "/apache.out")
        server = started
        try Service.until("the web server to listen") {
            guard let connection = try? client.open() else { return !started.isRunning }
            close(connection)
            return true
        }
        guard started.isRunning else { throw HTTPClient.Failure(description: started.logText) }
        if kind == .apacheCGI { try awaitDaemon() }
    }

    /// Apache listens before its daemon for CGI programs lets it in: that gives its socket to Apache's user last.
    private func awaitDaemon() throws {
        let user = getpwnam(Sandbox.serverUser)?.pointee.pw_uid
        try Service.until("Apache's daemon for CGI programs") {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: sandbox.root)) ?? []
            return names.contains { name in
                var status = stat()
                return name.hasPrefix("cgid.sock") && stat(sandbox.root + "/" + name, &status) == 0 && status.st_uid == user
            }
        }
    }

    func startPostern(_ arguments: [String] = []) throws {
        let environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        let mode = geteuid() == 0 ? "0666" : "0600"
        let service = try Service(
            try sandbox.program(), ["serve", "--socket", socket, "--mode", mode] + (sendmail.map { ["--sendmail", $0] } ?? []) + arguments,
            log: sandbox.root + "/postern-\(UInt32.random(in: 0...UInt32.max)).log", environment: environment)
        postern = service
        // The socket file of one that was killed is still there, and nobody listens on it.
        try Service.until("Postern to listen") { HTTPClient.canConnect(toSocket: socket) || !service.isRunning }
    }

    /// Has nginx read its configuration again.
    func reload() { server?.signal(SIGHUP) }

    func stop() {
        server?.stop()
        postern?.stop()
    }

    deinit { stop() }

    private func nginx(_ locations: [Location], _ extra: String) -> String {
        let user = geteuid() == 0 ? "user root;" : ""
        let blocks = locations.map { location in
            """
                location \(location.path) {
                    include \(Sandbox.repository)/nginx/postern_params;
            \(location.settings.map { "        fastcgi_param \($0) \(quoted($1));" }.joined(separator: "\n"))
                }
            """
        }
        return """
            \(user)
            worker_processes 2;
            daemon off;
            pid \(sandbox.root)/nginx.pid;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path \(sandbox.root)/nginx-body;
                fastcgi_temp_path \(sandbox.root)/nginx-fastcgi;
                proxy_temp_path \(sandbox.root)/nginx-proxy;
                uwsgi_temp_path \(sandbox.root)/nginx-uwsgi;
                scgi_temp_path \(sandbox.root)/nginx-scgi;
                client_max_body_size 64m;
                upstream postern { server unix:\(socket); keepalive 16; }
                server {
                    listen 127.0.0.1:\(port);
                    large_client_header_buffers 8 64k;
            \(blocks.joined(separator: "\n"))
            \(extra)
                }
            }

            """
    }

    private func apache(_ locations: [Location], _ extra: String, _ program: String) -> String {
        let modules = "/usr/lib/apache2/modules"
        var lines = [
            "ServerRoot \(sandbox.root)", "ServerName localhost", "PidFile \(sandbox.root)/apache.pid",
            "Listen 127.0.0.1:\(port)", "ErrorLog \(sandbox.root)/error.log", "DocumentRoot \(sandbox.root)/documents",
            "LoadModule mpm_event_module \(modules)/mod_mpm_event.so",
            "LoadModule authz_core_module \(modules)/mod_authz_core.so",
            "LoadModule env_module \(modules)/mod_env.so", "LoadModule setenvif_module \(modules)/mod_setenvif.so",
            "LoadModule alias_module \(modules)/mod_alias.so", "LimitRequestFieldSize 65536", "LimitRequestLine 65536",
        ]
        if geteuid() == 0 { lines += ["User www-data", "Group www-data"] }
        lines += connection(modules, program)
        for location in locations {
            let pattern = NSRegularExpression.escapedPattern(for: location.plainPath)
            lines.append("<LocationMatch \"^\(pattern)\(location.isExact ? "$" : "")\">")
            // Apache merges the settings of all locations that match.
            let own = location.settings.map(\.0)
            let others = Set(locations.flatMap { $0.settings.map(\.0) }).subtracting(own)
            lines += others.sorted().map { "    UnsetEnv \($0)" }
            lines += location.settings.map { "    SetEnv \($0) \(quoted($1))" }
            lines.append("</LocationMatch>")
        }
        return (lines + [extra]).joined(separator: "\n") + "\n"
    }

    private func connection(_ modules: String, _ program: String) -> [String] {
        switch kind {
        case .nginx: []
        case .apacheProxy:
            [
                "LoadModule proxy_module \(modules)/mod_proxy.so", "LoadModule proxy_fcgi_module \(modules)/mod_proxy_fcgi.so",
                "<LocationMatch \"^/\">", "    SetHandler \"proxy:unix:\(socket)|fcgi://postern/\"", "    CGIPassAuth On",
                "    SetEnvIf Request_URI . proxy-sendcl=1", "    SetEnvIf Request_URI . ap_trust_cgilike_cl=1",
                "    ProxyFCGISetEnvIf \"true\" PATH_INFO \"%{REQUEST_URI}\"",
                "    ProxyFCGISetEnvIf \"true\" SCRIPT_NAME \"\"", "</LocationMatch>",
            ]
        case .apacheFcgid:
            [
                "LoadModule fcgid_module \(modules)/mod_fcgid.so", "FcgidIPCDir \(sandbox.root)/fcgid",
                "FcgidProcessTableFile \(sandbox.root)/fcgid_shm", "FcgidMaxRequestLen 67108864", "FcgidMaxProcesses 8",
                sendmail.map { "FcgidInitialEnv POSTERN_SENDMAIL \($0)" } ?? "",
                "AliasMatch \"^/.*$\" \"\(program)\"", "<LocationMatch \"^/\">", "    SetHandler fcgid-script",
                "    Options +ExecCGI", "    Require all granted", "    CGIPassAuth On", "    SetEnv ap_trust_cgilike_cl 1",
                "    SetEnvIf Request_URI \"^(.*)$\" PATH_INFO=$1", "</LocationMatch>",
            ]
        case .apacheCGI:
            [
                sendmail.map { "SetEnv POSTERN_SENDMAIL \($0)" } ?? "", "LoadModule cgid_module \(modules)/mod_cgid.so",
                "ScriptSock \(sandbox.root)/cgid.sock",
                "ScriptAliasMatch \"^(/(?!route-files/).*)$\" \"\(program)$1\"", "<LocationMatch \"^/\">", "    Require all granted",
                "    CGIPassAuth On", "    SetEnv ap_trust_cgilike_cl 1", "</LocationMatch>",
            ]
        }
    }

    private func quoted(_ value: String) -> String {
        "\"" + value.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
}
