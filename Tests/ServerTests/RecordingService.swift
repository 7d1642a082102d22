import Foundation
import Glibc
import Synchronization

/// A real HTTP service on loopback that keeps what arrives and answers as it is told.
final class RecordingService: Sendable {
    struct Arrived: Sendable {
        /// `POST /reservations`
        var request: String
        /// Names in lower case.
        var headers: [String: String]
        var body: Data

        var json: Any? { try? JSONSerialization.jsonObject(with: body) }
    }

    struct Answer: Sendable {
        var status: Int
        var body: Data
    }

    let port: UInt16
    private let listener: Int32
    private let kept = Mutex<[Arrived]>([])
    private let answer: @Sendable (Arrived) -> Answer

    var address: String { "127.0.0.1:\(port)" }
    var arrived: [Arrived] { kept.withLock { $0 } }

    /// - Parameter answer: may take its time; each request has a thread of its own.
    init(_ answer: @escaping @Sendable (Arrived) -> Answer) throws {
        self.answer = answer
        port = Service.freePort()
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, listen(listener, 64) == 0 else { throw HTTPClient.Failure(description: "no port for the service") }
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let service = self else { close(connection); return }
                Thread.detachNewThread { service.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let arrived = Self.read(connection) else { return }
        kept.withLock { $0.append(arrived) }
        let answer = answer(arrived)
        let head = "HTTP/1.1 \(answer.status) X\r\nContent-Type: application/json\r\nContent-Length: \(answer.body.count)\r\nConnection: close\r\n\r\n"
        let bytes = Array(head.utf8) + answer.body
        _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private static func read(_ connection: Int32) -> Arrived? {
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        func more() -> Bool {
            let count = chunk.withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return false }
            data += chunk[..<count]
            return true
        }
        var end = data.range(of: Data("\r\n\r\n".utf8))
        while end == nil {
            guard more() else { return nil }
            end = data.range(of: Data("\r\n\r\n".utf8))
        }
        guard let end else { return nil }
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        let length = Int(headers["content-length"] ?? "0") ?? 0
        while data.count - end.upperBound < length { guard more() else { return nil } }
        let words = lines[0].split(separator: " ")
        return Arrived(request: words.prefix(2).joined(separator: " "), headers: headers, body: data[end.upperBound...])
    }
}
