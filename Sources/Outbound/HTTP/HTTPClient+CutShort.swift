import CCurl
import Glibc

extension HTTPClient {
    /// Sends a request whose body is shorter than it says, then ends its side of the connection.
    ///
    /// - Parameter length: what it says of the body's length.
    /// - Returns: status and headers of the answer, without its body; nil if the connection ended without one.
    /// - Throws: `OutboundError` as `send` does; `timedOut` also if the server goes on waiting.
    package func sendCutShort(_ request: HTTPRequest, declaring length: Int) throws(OutboundError) -> HTTPAnswer? {
        let handle = try CurlHandle()
        let address = try WebAddress(request.url, handle.curl)
        let hop = try HTTPHop(request, credentials: address.credentials)
        let end = clock() + request.milliseconds
        let transfer = HTTPTransfer(to: address.place, policy: policy, answerLimit: request.answerLimit)
        try setGuards(handle)
        try hop.installCertificates(on: handle)
        try handle.set(CURLOPT_TIMEOUT_MS, Int(request.milliseconds))
        try handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(request.milliseconds, Self.connectMilliseconds)))
        // What is sent is of this version, whatever the server prefers.
        try handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try handle.set(CURLOPT_CONNECT_ONLY, 1)
        try check(try handle.perform(address, transfer), handle, transfer, address, request)
        guard let socket = handle.socket else { throw .failed(address.origin, "libcurl gave no socket") }
        let exchange = RawExchange(handle: handle, socket: socket, end: end, clock: clock)
        guard exchange.send(hop.head(of: address, declaring: length) + (request.body ?? [])) else { return nil }
        shutdown(socket, Int32(SHUT_WR))
        guard let head = exchange.receiveHead() else {
            guard clock() < end else { throw .timedOut(address.origin, after: request.milliseconds) }
            return nil
        }
        return HTTPAnswer(head: head)
    }
}

/// Bytes over a connection that libcurl has opened, until some moment.
private struct RawExchange {
    let handle: CurlHandle
    let socket: Int32
    let end: Int64
    let clock: @Sendable () -> Int64

    private static let maximumHead = 64 << 10

    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let count = handle.send(rest) else { return false }
            rest = rest.dropFirst(count)
            guard count > 0 || wait(for: Int16(POLLOUT)) else { return false }
        }
        return true
    }

    /// The first lines of an answer, up to the empty one.
    func receiveHead() -> [UInt8]? {
        var received: [UInt8] = []
        while received.count < Self.maximumHead {
            guard let bytes = handle.receive(atMost: 16 << 10) else { return nil }
            received += bytes
            if let head = Self.head(of: received) { return head }
            guard !bytes.isEmpty || wait(for: Int16(POLLIN)) else { return nil }
        }
        return nil
    }

    private static func head(of bytes: [UInt8]) -> [UInt8]? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        for start in 0...(bytes.count - mark.count) where bytes[start..<start + mark.count].elementsEqual(mark) {
            return Array(bytes[..<start])
        }
        return nil
    }

    private func wait(for event: Int16) -> Bool {
        let left = end - clock()
        guard left > 0 else { return false }
        var waited = pollfd(fd: socket, events: event, revents: 0)
        return unsafe poll(&waited, 1, Int32(clamping: left)) >= 0 || errno == EINTR
    }
}

extension HTTPAnswer {
    /// nil if the first line is no status line.
    fileprivate init?(head: [UInt8]) {
        let lines = head.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        guard let first = lines.first, first.hasPrefix("HTTP/1."),
            let status = first.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        var headers: [(name: String, value: String)] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers.append((String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " })))
        }
        self.init(status: status, headers: headers, body: [])
    }
}
