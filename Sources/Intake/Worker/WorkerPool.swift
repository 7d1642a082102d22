import Inbox
import Storage
import Synchronization

/// Threads for stacks that wait: for other machines, for time, for the writer.
///
/// It has as many as there is work for, up to a bound; what comes beyond that waits for one of them, in its order.
package final class WorkerPool: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        /// Threads, and those of them that wait for work and that nobody has woken yet.
        var total = 0
        var idle = 0
        var isStopping = false
    }

    /// Threads there may be.
    package let maximum: Int
    private let state = Mutex(State())
    private let work = Semaphore()
    private let ended = WorkSignal()

    /// On it stacks are interpreted, and values freed that nest deeply. Memory is taken as it is used.
    private static let stackSize = 16 << 20
    /// Threads that are kept though they have nothing to do.
    private static let kept = 4

    package init(maximum: Int = 64) {
        self.maximum = max(1, maximum)
    }

    /// What waits for a thread.
    package var backlog: Int { state.withLock { $0.waiting.count } }

    /// Whether nothing more is begun.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Does the work on a thread of the pool, as soon as one is free.
    ///
    /// - Returns: false if the pool has been stopped, or the system gives it not a single thread.
    package func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        enum Step { case refused, wake, grow, wait }
        let step: Step = state.withLock { state in
            guard !state.isStopping else { return .refused }
            state.waiting.append(body)
            if state.idle > 0 {
                state.idle -= 1
                return .wake
            }
            guard state.total < maximum else { return .wait }
            state.total += 1
            return .grow
        }
        switch step {
        case .refused: return false
        case .wait: return true
        case .wake: work.signal()
        case .grow: return grow()
        }
        return true
    }

    private func grow() -> Bool {
        do {
            try Thread(stackSize: Self.stackSize) { [self] in run() }.detach()
            return true
        } catch {
            return state.withLock { state in
                state.total -= 1
                // The others will come to it.
                if state.total > 0 { return true }
                state.waiting.removeLast()
                return false
            }
        }
    }

    private func run() {
        while let body = next() { body() }
        if state.withLock({ $0.total }) == 0 { ended.signal() }
    }

    /// Nil if this thread is to end.
    private func next() -> (@Sendable () -> Void)? {
        while true {
            let (body, ends) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
                if !state.waiting.isEmpty { return (state.waiting.removeFirst(), false) }
                if state.isStopping || state.idle >= Self.kept {
                    state.total -= 1
                    return (nil, true)
                }
                state.idle += 1
                return (nil, false)
            }
            if let body { return body }
            if ends { return nil }
            work.wait()
        }
    }

    /// Begins nothing more and waits for what is under way.
    ///
    /// - Returns: how many were still at work when the time was over.
    @discardableResult
    package func stop(within milliseconds: Int64) -> Int {
        let idle = state.withLock { state in
            state.isStopping = true
            state.waiting.removeAll()
            defer { state.idle = 0 }
            return state.idle
        }
        for _ in 0..<idle { work.signal() }
        let end = Clock.monotonic() + milliseconds
        while true {
            let total = state.withLock { $0.total }
            let left = end - Clock.monotonic()
            guard total > 0, left > 0 else { return total }
            _ = ended.wait(atMost: left)
        }
    }
}
