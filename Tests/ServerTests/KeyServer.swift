import Foundation
import Glibc

/// An HTTPS server on loopback with the files of a folder, under an authority of a sandbox's own. It notes each request.
final class KeyServer {
    let folder: String
    let port: UInt16
    private let sandbox: Sandbox
    private var service: Service?

    /// The authority that vouches for it.
    var authority: String { sandbox.root + "/tls/authority.pem" }
    var origin: String { "https://localhost:\(port)" }

    /// - Parameter maximumAge: what its answers say of how long they count, in seconds.
    init(_ sandbox: Sandbox, maximumAge: Int = 3_600) throws {
        self.sandbox = sandbox
        folder = sandbox.root + "/published"
        port = Service.freePort()
        for name in ["tls", "published"] {
            try FileManager.default.createDirectory(atPath: sandbox.root + "/" + name, withIntermediateDirectories: true)
        }
        let made = try Command.run(
            "/bin/sh", [Sandbox.repository + "/Tests/OutboundTests/Fixtures/certificates.sh", sandbox.root + "/tls"])
        guard made.status == 0 else { throw HTTPClient.Failure(description: made.errors) }
        // Whoever runs the program has to read it.
        chmod(authority, 0o644)
        chmod(sandbox.root + "/tls", 0o755)
        try sandbox.write("key-server.py", Self.script, mode: 0o644)
        try start(maximumAge)
    }

    private func start(_ maximumAge: Int) throws {
        service = try Service(
            "/usr/bin/env",
            ["python3", sandbox.root + "/key-server.py", "\(port)", sandbox.root + "/tls/server.pem",
                sandbox.root + "/tls/server.key", folder, "\(maximumAge)", sandbox.root + "/requests.log"],
            log: sandbox.root + "/key-server.log")
        try Service.until("the key server to listen") {
            guard let connection = try? HTTPClient(port: port).open() else { return false }
            close(connection)
            return true
        }
    }

    func stop() { service?.stop() }

    /// The paths that were asked for.
    var requests: [String] {
        let text = (try? String(contentsOfFile: sandbox.root + "/requests.log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    func publish(_ name: String, _ text: String) throws {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private static let script = """
        import http.server, os, ssl, sys
        port, certificate, key, folder, age, log = sys.argv[1:]

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def do_GET(self):
                with open(log, "a") as file:
                    file.write(self.path + "\\n")
                path = folder + self.path
                if not os.path.isfile(path):
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                body = open(path, "rb").read()
                self.send_response(200)
                self.send_header("Cache-Control", "public, max-age=" + age)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.serve_forever()
        """
}

/// A private key on P-256, made by OpenSSL, as a JSON Web Key.
struct PrivateKey {
    let identifier: String
    private let x: String
    private let y: String
    private let d: String

    init(_ identifier: String, in sandbox: Sandbox) throws {
        self.identifier = identifier
        let path = sandbox.root + "/\(identifier).pem"
        func openssl(_ words: String...) throws {
            let result = try Command.run("/usr/bin/openssl", words)
            guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
        }
        try openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path)
        try openssl("ec", "-in", path, "-outform", "DER", "-out", path + ".der")
        // ECPrivateKey of RFC 5915: the number after seven bytes, the point at the end.
        let der = try Data(contentsOf: URL(fileURLWithPath: path + ".der"))
        func text(_ range: Range<Int>) -> String {
            der[range].base64EncodedString().replacingOccurrences(of: "+", with: "-")
                .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
        }
        d = text(7..<39)
        x = text(der.count - 64..<der.count - 32)
        y = text(der.count - 32..<der.count)
    }

    private var members: String { #""kty":"EC","crv":"P-256","kid":"\#(identifier)","x":"\#(x)","y":"\#(y)""# }
    var publicText: String { "{\(members)}" }
    var privateText: String { "{\(members),\"d\":\"\(d)\"}" }

    static func set(_ keys: [PrivateKey]) -> String { "{\"keys\":[\(keys.map(\.publicText).joined(separator: ","))]}" }
}
