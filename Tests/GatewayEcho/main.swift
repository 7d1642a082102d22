// A program over the Gateway that says what it was given; tests start it as web servers start Postern.
import Gateway
import Glibc

/// Answers with what arrived. The last part of the path asks for something special.
struct Echo: Application {
    func route(_ environment: Environment) -> Decision<String> {
        let path = environment.value("REQUEST_URI") ?? ""
        switch path {
        case "/early": return .answer(Response(status: 401, type: .json, body: Array("{}".utf8)))
        case "/small": return .read(path, maximumBody: 1000)
        default: return .read(path, maximumBody: 1 << 20)
        }
    }

    func handle(_ request: Request, route: String, reply: Reply) {
        switch route {
        case "/drop": return
        case "/slow":
            // Answered by another thread, when the test says so by making the file.
            guard let file = request.environment.value("ECHO_WAIT_FOR") else { return }
            while unsafe access(file, F_OK) != 0 { usleep(1000) }
            reply.send(Response(status: 200, type: .text, body: Array("late".utf8)))
        case "/spawn": reply.send(spawn(request.environment))
        default: reply.send(Response(status: 200, type: .text, body: description(of: request)))
        }
    }

    func answer(to failure: BodyFailure, environment: Environment, route: String) -> Response {
        Response(status: failure.status, type: .text, body: Array(failure.description.utf8))
    }

    private func description(of request: Request) -> [UInt8] {
        var lines = ["body \(request.body.count) declared \(request.declaredLength.map(String.init) ?? "unknown")"]
        request.environment.forEach(prefix: "ECHO_") { name, value in
            lines.append("\(text(name))=\(text(value))")
        }
        do throws(RouteFile.Failure) {
            if let file = try RouteFile.ofProcess() {
                lines.append("route file \(file.path)")
                lines.append(String(decoding: file.contents, as: UTF8.self))
            }
        } catch {
            lines.append("\(error)")
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    private func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }

    private func spawn(_ environment: Environment) -> Response {
        do throws(SystemError) {
            try DetachedProcess.start(
                executable: "/bin/sh", arguments: ["-c", environment.value("ECHO_SCRIPT") ?? ":", "name"],
                environment: [("OWN", "yes")])
            return Response(status: 202)
        } catch {
            return Response(status: 500, type: .text, body: Array("\(error)".utf8))
        }
    }
}

func complain(_ error: some CustomStringConvertible) {
    let line = Array("\(error)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

func serve(_ sockets: [ListeningSocket]) throws {
    let server = try FastCGIServer(Echo(), sockets: sockets, report: { complain($0) })
    exit(try server.run() == 0 ? 0 : 1)
}

do {
    switch Invocation.ofProcess() {
    case .cgi: CGI().serve(Echo(), environment: .ofProcess())
    case .fastCGI: try serve(ListeningSocket.onStandardInput().map { [$0] } ?? [])
    case .commandLine:
        let passed = try ListeningSocket.fromSystemd()
        try serve(passed.isEmpty ? [ListeningSocket.listen(at: CommandLine.arguments.last ?? "")] : passed)
    }
} catch {
    complain("\(error)")
    exit(1)
}
