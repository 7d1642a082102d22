internal import CFastCGI
internal import Glibc
internal import Synchronization

extension RequestLoop {
    func acceptConnection(_ index: Int, _ view: ArrivalView) {
        // Counted before it is taken, so that a server that stops cannot miss it.
        underWay.add(1, ordering: .acquiringAndReleasing)
        let descriptor = postern_accept(sockets[index].descriptor)
        if descriptor >= 0 { return begin(Connection(descriptor: descriptor), view) }
        let code = errno
        end()
        switch code {
        case EAGAIN, EINTR, ECONNABORTED: return
        default:
            guard !isStopping.load(ordering: .acquiring) else { return }
            // The queue stays readable: look away until a descriptor is free again.
            report(.acceptFailed(SystemError("accept", code: code)))
            isAcceptPaused.store(true, ordering: .releasing)
            for (index, socket) in sockets.enumerated() {
                try? poller.modify(socket.descriptor, token: Token.listener | UInt64(index), .never)
            }
        }
    }

    /// Takes connections again, if that was paused.
    func resumeAccepting() {
        guard isAcceptPaused.exchange(false, ordering: .acquiringAndReleasing) else { return }
        guard !isStopping.load(ordering: .acquiring) else { return }
        for (index, socket) in sockets.enumerated() {
            try? poller.modify(socket.descriptor, token: Token.listener | UInt64(index), .always)
        }
    }

    /// Serves what has arrived on an idle connection, unless another thread does already.
    func serveIdle(_ descriptor: Int, _ view: ArrivalView) {
        underWay.add(1, ordering: .acquiringAndReleasing)
        guard let connection = takeIdle(descriptor) else { return end() }
        begin(connection, view)
    }

    /// Serves the request on a connection, if one has arrived. It is counted as under way.
    private func begin(_ connection: Connection, _ view: ArrivalView) {
        var arrival = connection.arrival(view)
        if case .found(.partial) = arrival {
            var isInTime: Bool?
            isInTime = wait(for: connection, .arriving) { arrival = connection.waitForHead(view) }
            if isInTime == false { report(.overdue) }
            if isInTime != true { arrival = .closed }
        }
        switch arrival {
        case .nothing:
            keep(connection)
            end()
        case .closed, .found(.partial):
            end()
        case .found(.broken(let reason)):
            report(.malformedRequest(reason: reason))
            end()
        case .found(let finding):
            guard accept(connection, finding) else { return end() }
            serve(connection, self)
        }
    }

    func takeIdle(_ descriptor: Int) -> Connection? {
        idle.withLock { idle in
            guard descriptor < idle.count, let connection = idle[descriptor] else { return nil }
            idle[descriptor] = nil
            return connection
        }
    }

    /// Puts a connection aside until something arrives on it.
    func keep(_ connection: Connection) {
        let descriptor = connection.descriptor
        let isFirst = !connection.isWatched
        connection.isWatched = true
        idle.withLock { idle in
            while idle.count <= Int(descriptor) { idle.append(nil) }
            idle[Int(descriptor)] = connection
        }
        // From here on another thread may serve it.
        do throws(SystemError) {
            let token = UInt64(UInt32(bitPattern: descriptor))
            if isFirst {
                try poller.add(descriptor, token: token, .once)
            } else {
                try poller.modify(descriptor, token: token, .once)
            }
        } catch {
            _ = takeIdle(Int(descriptor))
        }
    }

    /// One request less is under way; its connection, if it is not kept, is closed by now or soon.
    func end() {
        if isAcceptPaused.load(ordering: .acquiring) { resumeAccepting() }
        underWay.subtract(1, ordering: .acquiringAndReleasing)
        if isStopping.load(ordering: .acquiring) { stopSign.signal() }
    }

    private func accept(_ connection: Connection, _ finding: RecordScan.Finding) -> Bool {
        if case .head(let length) = finding { return connection.accept(headLength: length) }
        guard connection.accept() else { return false }
        // Another request behind this one would be lost in libfcgi's buffer.
        if finding == .whole(isLast: false) { connection.closeAfterwards() }
        return true
    }
}
