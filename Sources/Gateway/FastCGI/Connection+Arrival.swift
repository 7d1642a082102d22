internal import CFastCGI
internal import Glibc

/// How much of a request has arrived.
enum Arrival {
    /// Nothing yet.
    case nothing
    /// The peer has closed the connection.
    case closed
    case found(RecordScan.Finding)
}

extension Connection {
    /// Looks at what has arrived, without taking it and without waiting.
    func arrival() -> Arrival {
        look(capacity: 16 * 1024)
    }

    private func look(capacity: Int) -> Arrival {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            let count = unsafe recv(
                descriptor, buffer.baseAddress, capacity, Int32(MSG_PEEK | MSG_DONTWAIT))
            if count == 0 { return .closed }
            guard count > 0 else { return errno == EAGAIN || errno == EINTR ? .nothing : .closed }
            let finding = unsafe RecordScan.judge(Span(_unsafeElements: buffer.extracting(0..<count)))
            guard finding == .partial, count == capacity, capacity <= RecordScan.maximumHead else {
                return .found(finding)
            }
            return look(capacity: 2 * RecordScan.maximumHead)
        }
    }

    /// Waits until the request's parameters are all there, the peer closes, or what came is broken.
    func waitForHead() -> Arrival {
        while true {
            let arrived = pending()
            let arrival = arrival()
            guard case .found(.partial) = arrival else { return arrival }
            guard waitForMore(than: arrived) else { return .closed }
        }
    }

    /// Number of bytes that can be read.
    private func pending() -> Int32 {
        var count: Int32 = 0
        _ = unsafe postern_readable(descriptor, &count)
        return count
    }

    /// Waits for bytes behind the first `count`, which stay where they are.
    private func waitForMore(than count: Int32) -> Bool {
        if set(SO_PEEK_OFF, count) {
            defer { _ = set(SO_PEEK_OFF, -1) }
            var byte: UInt8 = 0
            return unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK)) == 1 || errno == EINTR
        }
        // TCP before Linux 6.9 has no such offset, but heeds this mark, as sockets of files do not.
        _ = set(SO_RCVLOWAT, count + 1)
        defer { _ = set(SO_RCVLOWAT, 1) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&entry, 1, -1)
        return pending() > count
    }

    private func set(_ option: Int32, _ value: Int32) -> Bool {
        var value = value
        return unsafe setsockopt(
            descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
    }
}
