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

/// Room to look at what has arrived, for one thread.
@safe final class ArrivalView {
    let buffer: UnsafeMutableBufferPointer<UInt8>

    init() {
        unsafe buffer = .allocate(capacity: 16 * 1024)
    }

    deinit {
        unsafe buffer.deallocate()
    }
}

extension Connection {
    /// Looks at what has arrived, without taking it and without waiting.
    func arrival(_ view: ArrivalView) -> Arrival {
        let arrival = unsafe look(view.buffer)
        guard case .found(.partial) = arrival, unsafe pending() >= view.buffer.count else { return arrival }
        // A head of unusual size.
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * RecordScan.maximumHead) { buffer in
            look(buffer)
        }
    }

    @safe private func look(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Arrival {
        let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_PEEK | MSG_DONTWAIT))
        if count == 0 { return .closed }
        guard count > 0 else { return errno == EAGAIN || errno == EINTR ? .nothing : .closed }
        return .found(unsafe RecordScan.judge(Span(_unsafeElements: buffer.extracting(0..<count))))
    }

    /// Waits until the request's parameters are all there, the peer closes, or what came is broken.
    func waitForHead(_ view: ArrivalView) -> Arrival {
        while true {
            let arrived = pending()
            let arrival = arrival(view)
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
            let count = unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK))
            return count == 1 || count < 0 && errno == EINTR
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
