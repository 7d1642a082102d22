internal import CFastCGI
internal import Glibc
internal import Synchronization

/// Takes connections and requests from the sockets and hands them to threads.
///
/// Every thread waits in the poller itself and serves what it finds there: no request changes threads
/// on its way in. Connections on which no request is under way lie in a table and hold no thread.
final class RequestLoop: Sendable {
    /// What the poller reports beside the descriptors of connections.
    enum Token {
        static let wakeUp: UInt64 = 1 << 32
        static let end: UInt64 = 1 << 33
        static let listener: UInt64 = 1 << 34
    }

    let limits: ServerLimits
    let report: @Sendable (ServerEvent) -> Void
    let sockets: [ListeningSocket]
    let serve: @Sendable (Connection, RequestLoop) -> Void

    let poller: Poller
    let wakeUp: WakeUp
    let endSign: WakeUp
    let stopSign: WakeUp
    let threads: ThreadCount
    let transfers = Transfers()

    /// Idle connections by descriptor.
    let idle = Mutex<[Connection?]>([])
    /// Answers that may wait for their peer.
    let leaving = Mutex<[(connection: Connection, response: Response)]>([])
    /// Requests under way, from their first byte to the end of their answer.
    let underWay = Atomic(0)
    let isStopping = Atomic(false)
    let isAcceptPaused = Atomic(false)

    init(
        sockets: [ListeningSocket], limits: ServerLimits, stopSign: WakeUp,
        report: @escaping @Sendable (ServerEvent) -> Void,
        serve: @escaping @Sendable (Connection, RequestLoop) -> Void
    ) throws(SystemError) {
        self.sockets = sockets
        self.limits = limits
        self.stopSign = stopSign
        self.report = report
        self.serve = serve
        poller = try Poller()
        wakeUp = try WakeUp()
        endSign = try WakeUp()
        threads = ThreadCount(wanted: limits.threads, maximum: limits.maximumThreads)
        try poller.add(wakeUp.descriptor, token: Token.wakeUp, .always)
        try poller.add(endSign.descriptor, token: Token.end, .always)
    }

    // MARK: Threads

    /// Starts to take connections.
    func start() throws(SystemError) {
        for (index, socket) in sockets.enumerated() {
            let flags = fcntl(socket.descriptor, F_GETFL)
            guard fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { throw SystemError("fcntl") }
            try poller.add(socket.descriptor, token: Token.listener | UInt64(index), .always)
        }
        for _ in 0..<threads.wanted {
            threads.add()
            try startThread()
        }
    }

    private func startThread() throws(SystemError) {
        do throws(SystemError) {
            try Thread.start { [self] in work() }
        } catch {
            threads.remove()
            throw error
        }
    }

    private func work() {
        let view = ArrivalView()
        while !threads.removeIfTooMany() {
            guard let token = poller.wait(milliseconds: threads.hasSpare ? 5000 : -1) else {
                if threads.removeIfSpare() { return }
                continue
            }
            if token & Token.listener != 0 {
                acceptConnection(Int(truncatingIfNeeded: token & 0xFFFF_FFFF), view)
            } else if token == Token.wakeUp {
                finishNext()
            } else if token == Token.end {
                return threads.remove()
            } else {
                serveIdle(Int(truncatingIfNeeded: token), view)
            }
        }
    }

    /// Does what may wait for a peer, up to the time limit, while other threads serve.
    /// - Returns: nil if there is no thread left to wait in; else whether it ended in time.
    func wait(
        for connection: Connection, _ direction: Transfers.Direction, _ transfer: () -> Void
    ) -> Bool? {
        switch threads.beginWait() {
        case .exhausted:
            report(.exhausted(threads: limits.maximumThreads))
            return nil
        case .growing:
            do { try startThread() } catch { report(.noThread(code: error.code)) }
        case .enough: break
        }
        defer { threads.endWait() }
        return transfers.watch(
            connection.descriptor, direction, until: MonotonicClock.now() + limits.transferTime, transfer)
    }
}
