import Glibc
import Synchronization

@testable import Gateway

/// An application that answers as the path asks.
struct TestApplication: Application {
    /// Requests that reached the handler, and replies that it kept.
    final class Record: Sendable {
        private let state = Mutex<(bodies: [[UInt8]], kept: [Reply])>(([], []))

        var bodies: [[UInt8]] { state.withLock { $0.bodies } }
        var keptCount: Int { state.withLock { $0.kept.count } }
        func add(_ body: [UInt8]) { state.withLock { $0.bodies.append(body) } }
        func keep(_ reply: Reply) { state.withLock { $0.kept.append(reply) } }
        func takeReplies() -> [Reply] {
            state.withLock { state in
                defer { state.kept = [] }
                return state.kept
            }
        }
    }

    let record = Record()
    var maximum = 1 << 20

    func route(_ environment: Environment) -> Decision<String> {
        let path = environment.value("REQUEST_URI") ?? ""
        if path == "/early" { return .answer(Response(status: 401, type: .json, body: Array("{}".utf8))) }
        return .read(path, maximumBody: maximum)
    }

    func handle(_ request: Request, route: String, reply: Reply) {
        record.add(request.body)
        switch route {
        case "/drop": break
        case "/keep": record.keep(reply)
        case "/large": reply.send(Response(status: 200, body: [UInt8](repeating: 0x61, count: 3 << 20)))
        case "/twice":
            let first = reply.send(Response(status: 200, body: Array("first".utf8)))
            let second = reply.send(Response(status: 200, body: Array("second".utf8)))
            if !first || second { record.add(Array("the second answer counted".utf8)) }
        default:
            let declared = request.declaredLength.map(String.init) ?? "unknown"
            reply.send(Response(status: 200, type: .text, body: Array("\(request.body.count) of \(declared)".utf8)))
        }
    }

    func answer(to failure: BodyFailure, environment: Environment, route: String) -> Response {
        Response(status: failure.status, type: .text, body: Array("\(failure)".utf8))
    }
}
