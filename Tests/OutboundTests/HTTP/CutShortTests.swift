import Foundation
import Glibc
import Testing

@testable import Outbound

@Suite("A request whose body breaks off")
struct CutShortTests {
    /// A socket that listens on a port of the loopback.
    private static func listen() throws -> (socket: Int32, port: Int) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(socket, pointer, length) == 0 && Glibc.listen(socket, 1) == 0 && getsockname(socket, pointer, &length) == 0
            }
        }
        try #require(isBound)
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A server that takes one connection, reads it to its end, and answers.
    // Safe: the thread writes what came before it signals, and the test reads it after that.
    private final class Listener: @unchecked Sendable {
        let port: Int
        private let socket: Int32
        private let received = DispatchSemaphore(value: 0)
        private var bytes: [UInt8] = []

        /// - Parameter answer: nil to end without one.
        init(answer: String?) throws {
            (socket, port) = try CutShortTests.listen()
            Thread { [self] in serve(answer) }.start()
        }

        deinit { close(socket) }

        private func serve(_ answer: String?) {
            let connection = accept(socket, nil, nil)
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = unsafe chunk.withUnsafeMutableBytes { unsafe recv(connection, $0.baseAddress, $0.count, 0) }
                guard count > 0 else { break }
                bytes += chunk[..<count]
            }
            if let answer {
                let bytes = Array(answer.utf8)
                _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.send(connection, $0.baseAddress, $0.count, 0) }
            }
            close(connection)
            received.signal()
        }

        var text: String {
            received.wait()
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private func client(_ port: Int) throws -> HTTPClient {
        HTTPClient(policy: try OutboundPolicy(parsing: "127.0.0.1:\(port)"), monotonicClock: monotonicMilliseconds)
    }

    private func request(_ port: Int, _ body: String = "half") -> HTTPRequest {
        .make("http://127.0.0.1:\(port)/hook?a=b", method: "POST", headers: [("X-Key", "1"), ("X-Key", "2")], body: body)
    }

    @Test("announces the whole, sends the part, and ends; the answer counts")
    func answered() throws {
        let listener = try Listener(answer: "HTTP/1.1 400 Bad Request\r\nPostern-Event: none\r\nContent-Length: 2\r\n\r\nno")
        let answer = try client(listener.port).sendCutShort(request(listener.port), declaring: 8)
        #expect(answer?.status == 400)
        #expect(answer?.headers.first { $0.name == "Postern-Event" }?.value == "none")
        let lines = listener.text.components(separatedBy: "\r\n")
        #expect(lines.first == "POST /hook?a=b HTTP/1.1")
        #expect(lines.contains("Host: 127.0.0.1:\(listener.port)") && lines.contains("Content-Length: 8"))
        #expect(lines.filter { $0.hasPrefix("X-Key: ") } == ["X-Key: 1", "X-Key: 2"])
        #expect(lines.suffix(2) == ["", "half"])
    }

    @Test("and is met with a closed connection")
    func closed() throws {
        let listener = try Listener(answer: nil)
        #expect(try client(listener.port).sendCutShort(request(listener.port), declaring: 8) == nil)
        let broken = try Listener(answer: "HTTP/1.1 200")
        #expect(try client(broken.port).sendCutShort(request(broken.port), declaring: 8) == nil)
        let foreign = try Listener(answer: "220 mail.example.com\r\n\r\n")
        #expect(try client(foreign.port).sendCutShort(request(foreign.port), declaring: 8) == nil)
    }

    @Test("and a server that goes on waiting is given up")
    func waiting() throws {
        // Nobody accepts: what is sent lies in the kernel's buffers.
        let (socket, port) = try Self.listen()
        defer { close(socket) }
        var request = request(port)
        request.milliseconds = 300
        let client = try client(port)
        #expect(throws: OutboundError.timedOut("http://127.0.0.1:\(port)", after: 300)) {
            try client.sendCutShort(request, declaring: 8)
        }
    }

    @Test("goes only where the policy lets it go, and to a server that is there")
    func guarded() throws {
        let listener = try Listener(answer: nil)
        let nobody = HTTPClient(policy: OutboundPolicy(), monotonicClock: monotonicMilliseconds)
        var error: OutboundError?
        do throws(OutboundError) { _ = try nobody.sendCutShort(request(listener.port), declaring: 8) } catch let failure { error = failure }
        guard case .refused? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // So that the listener ends.
        _ = try client(listener.port).sendCutShort(request(listener.port), declaring: 8)
    }
}
