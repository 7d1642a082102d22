import Foundation
import Glibc

/// An HTTP/1.1 client that sends exactly the bytes it is given: half bodies, two lengths, odd headers.
struct HTTPClient: Sendable {
    var port: UInt16

    struct Answer: Sendable {
        var status: Int
        /// Names in lower case, in the order of arrival.
        var headers: [(name: String, value: String)]
        var body: Data

        subscript(header name: String) -> String? {
            headers.first { $0.name == name.lowercased() }?.value
        }

        var text: String { String(decoding: body, as: UTF8.self) }

        var json: Any? { try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed) }
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    func send(
        _ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8]? = nil,
        declaredLength: Int? = nil
    ) throws -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: hooks.example.com\r\nConnection: close\r\n"
        if let body { head += "Content-Length: \(declaredLength ?? body.count)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return try exchange(Array((head + "\r\n").utf8) + (body ?? []), halfClosing: declaredLength != nil)
    }

    /// Sends raw bytes and reads until the server closes.
    func exchange(_ bytes: [UInt8], halfClosing: Bool = false) throws -> Answer {
        let connection = try open()
        defer { close(connection) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // The server may answer and close before it has read everything.
            guard count > 0 else { break }
            sent += count
        }
        if halfClosing { shutdown(connection, Int32(SHUT_WR)) }
        return try parse(try readAll(connection))
    }

    /// A connection of one's own, for those who want to be slow.
    func open() throws -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let error = errno
            close(connection)
            throw Failure(description: "connect to port \(port): \(String(cString: strerror(error)))")
        }
        return connection
    }

    /// Whether somebody listens on a unix socket.
    static func canConnect(toSocket path: String) -> Bool {
        let connection = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private func readAll(_ connection: Int32) throws -> [UInt8] {
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EAGAIN { throw Failure(description: "no answer within 30 seconds") }
            guard count > 0 else { return received }
            received += chunk[..<count]
        }
    }

    private func parse(_ bytes: [UInt8]) throws -> Answer {
        let data = Data(bytes)
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else {
            throw Failure(description: "no whole answer, but \(String(decoding: bytes.prefix(200), as: UTF8.self))")
        }
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure(description: "no status line: \(lines[0])")
        }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: parts[0].lowercased(), value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
        }
        var body = data[end.upperBound...]
        if headers.contains(where: { $0.name == "transfer-encoding" && $0.value == "chunked" }) { body = try dechunked(body) }
        return Answer(status: status, headers: headers, body: Data(body))
    }

    private func dechunked(_ data: Data) throws -> Data {
        var rest = data
        var result = Data()
        while let end = rest.range(of: Data("\r\n".utf8)),
            let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16)
        {
            if size == 0 { return result }
            guard rest.distance(from: end.upperBound, to: rest.endIndex) >= size + 2 else { break }
            let last = rest.index(end.upperBound, offsetBy: size)
            result += rest[end.upperBound..<last]
            rest = rest[rest.index(last, offsetBy: 2)...]
        }
        throw Failure(description: "a chunked answer that breaks off")
    }
}
