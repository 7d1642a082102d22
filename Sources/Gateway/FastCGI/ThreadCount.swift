internal import Synchronization

/// Counts the threads of a server: grows while too many wait for slow peers, shrinks afterwards.
final class ThreadCount: Sendable {
    enum Growth {
        /// Enough other threads are free to serve.
        case enough
        /// One thread more is to be started; it is counted already.
        case growing
        /// The bound is reached and this thread is the last one that serves: it must not wait.
        case exhausted
    }

    /// Threads that are to be free to serve.
    let wanted: Int
    private let maximum: Int
    private let total = Atomic(0)
    private let waiting = Atomic(0)

    /// Threads that may be free beyond those wanted, so that a few slow requests start and end none.
    private static let slack = 2

    init(wanted: Int, maximum: Int) {
        self.wanted = max(1, wanted)
        self.maximum = max(self.wanted + 1, maximum)
    }

    /// All threads, and those of them that wait for slow peers.
    var now: (total: Int, waiting: Int) {
        (total.load(ordering: .acquiring), waiting.load(ordering: .acquiring))
    }

    private var free: Int { total.load(ordering: .acquiring) - waiting.load(ordering: .acquiring) }

    func add() {
        total.add(1, ordering: .acquiringAndReleasing)
    }

    func remove() {
        total.subtract(1, ordering: .acquiringAndReleasing)
    }

    /// The calling thread is about to wait. Unless the answer is `exhausted`, `endWait()` must follow.
    func beginWait() -> Growth {
        waiting.add(1, ordering: .acquiringAndReleasing)
        guard free < wanted else { return .enough }
        var count = total.load(ordering: .acquiring)
        while count < maximum {
            let (exchanged, original) = total.compareExchange(
                expected: count, desired: count + 1, ordering: .acquiringAndReleasing)
            if exchanged { return .growing }
            count = original
        }
        guard free < 1 else { return .enough }
        endWait()
        return .exhausted
    }

    func endWait() {
        waiting.subtract(1, ordering: .acquiringAndReleasing)
    }

    /// Whether more threads are free than wanted.
    var hasSpare: Bool { free > wanted }

    /// - Returns: whether the calling thread is to end, for it is one of far too many.
    func removeIfTooMany() -> Bool {
        free > wanted + Self.slack && removeOne()
    }

    /// - Returns: whether the calling thread is to end, for it is one too many.
    func removeIfSpare() -> Bool {
        hasSpare && removeOne()
    }

    private func removeOne() -> Bool {
        let count = total.load(ordering: .acquiring)
        guard count - waiting.load(ordering: .acquiring) > wanted else { return false }
        return total.compareExchange(
            expected: count, desired: count - 1, ordering: .acquiringAndReleasing
        ).exchanged
    }
}
