internal import Glibc
internal import Synchronization

extension RequestLoop {
    /// Keeps the time limits until the server is to stop.
    func watch() {
        // A quarter of the limit, but no less than 10 ms and no more than a second.
        let interval = Int32(max(10, min(1000, limits.transferTime / .milliseconds(4))))
        while !stopSign.wait(milliseconds: interval) {
            _ = transfers.cutOff(at: MonotonicClock.now())
            resumeAccepting()
        }
        stopSign.clear()
    }

    /// Takes no further connection, finishes what is under way, and ends the threads.
    /// - Returns: requests that are unanswered still.
    func stop() -> Int {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        closeSockets()
        let end = MonotonicClock.now() + limits.stopTime
        while closeIdle() || underWay.load(ordering: .acquiring) > 0, MonotonicClock.now() < end {
            if stopSign.wait(milliseconds: 50) { stopSign.clear() }
            _ = transfers.cutOff(at: MonotonicClock.now())
        }
        endSign.signal()
        let left = underWay.load(ordering: .acquiring)
        // Threads that serve nothing end at once; so that none of them is in the way of what comes next.
        while threads.now.total > left, MonotonicClock.now() < end { poll(nil, 0, 1) }
        return left
    }

    /// Those of others (systemd's) stay open for whoever serves next; what waits in them waits for that.
    private func closeSockets() {
        for socket in sockets where socket.isOwn {
            socket.file?.remove()
            // Nobody finds the path any more: serve those who found it before, then close.
            var tries = 0
            while Poller.isReadable(socket.descriptor), tries < 100 {
                poll(nil, 0, 1)
                tries += 1
            }
        }
        for (index, socket) in sockets.enumerated() {
            try? poller.modify(socket.descriptor, token: Token.listener | UInt64(index), .never)
            if socket.isOwn { close(socket.descriptor) }
        }
        // Who has only just been taken is about to send.
        poll(nil, 0, 10)
    }

    /// Closes the connections on which nothing has arrived.
    /// - Returns: whether there are others, which the threads are about to serve.
    private func closeIdle() -> Bool {
        var isAnyLeft = false
        let view = ArrivalView()
        for descriptor in 0..<idle.withLock({ $0.count }) {
            underWay.add(1, ordering: .acquiringAndReleasing)
            if let connection = takeIdle(descriptor) {
                if case .nothing = connection.arrival(view) {} else {
                    isAnyLeft = true
                    keep(connection)
                }
            }
            underWay.subtract(1, ordering: .acquiringAndReleasing)
        }
        return isAnyLeft
    }
}
