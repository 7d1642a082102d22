import Glibc

@testable import Gateway

/// One connection to a FastCGI server, with its bytes in the test's hands.
final class FastCGIClient {
    struct Answer: Equatable {
        var head = ""
        var body: [UInt8] = []
        /// Whether the record came that ends a request.
        var isEnded = false

        var status: Int? {
            head.hasPrefix("Status: ") ? Int(head.dropFirst(8).prefix(3)) : nil
        }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    let descriptor: Int32

    convenience init(path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard UnixAddress(path)?.connect(descriptor) == 0 else {
            let error = SystemError("connect")
            Glibc.close(descriptor)
            throw error
        }
        self.init(descriptor: descriptor)
    }

    convenience init(port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        self.init(descriptor: descriptor)
        guard result == 0 else { throw SystemError("connect") }
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        // A test that waits for what never comes is to fail, not to hang.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// - Returns: whether all of it could be sent.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor, $0.baseAddress.map { unsafe $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more will come.
    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads one answer up to the record that ends it, or to the end of the connection.
    func receive() -> Answer {
        var output: [UInt8] = []
        var answer = Answer()
        while let header = read(8) {
            guard let content = read(Int(header[4]) << 8 | Int(header[5])), read(Int(header[6])) != nil else { break }
            if header[1] == 6 { output += content }
            if header[1] == 3 {
                answer.isEnded = true
                break
            }
        }
        let text = String(decoding: output, as: UTF8.self)
        guard let end = text.utf8.range(of: "\r\n\r\n") else { return answer }
        answer.head = String(text[..<end.lowerBound])
        answer.body = Array(output[(answer.head.utf8.count + 4)...])
        return answer
    }

    /// Whether the server has closed the connection and sent nothing more before.
    func isClosed() -> Bool {
        var byte: UInt8 = 0
        let count = unsafe recv(descriptor, &byte, 1, 0)
        return count == 0 || count < 0 && errno == ECONNRESET
    }

    private func read(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var chunk = [UInt8](repeating: 0, count: count - bytes.count)
            let received = unsafe recv(descriptor, &chunk, chunk.count, 0)
            guard received > 0 else { return nil }
            bytes += chunk.prefix(received)
        }
        return bytes
    }
}

extension String.UTF8View {
    fileprivate func range(of text: String) -> Range<Index>? {
        let wanted = Array(text.utf8)
        var start = startIndex
        while start != endIndex {
            if self[start...].starts(with: wanted) { return start..<index(start, offsetBy: wanted.count) }
            start = index(after: start)
        }
        return nil
    }
}
