internal import CFastCGI
internal import Glibc
internal import Synchronization

/// The transfers that wait for a slow peer, each with the time by which it must have ended.
final class Transfers: Sendable {
    /// What is cut off when the time is over.
    enum Direction {
        /// Reading ends as if the peer had closed; an answer can still be written.
        case arriving
        /// Writing fails.
        case leaving
    }

    private struct Transfer {
        let descriptor: Int32
        let direction: Direction
        let end: Duration
    }

    private struct State {
        var waiting: [Int: Transfer] = [:]
        var next = 0
    }

    private let state = Mutex(State())

    /// Does what may wait for a peer.
    /// - Returns: whether it ended in time.
    func watch(
        _ descriptor: Int32, _ direction: Direction, until end: Duration, _ transfer: () -> Void
    ) -> Bool {
        // The transfer may close its descriptor, whose number then belongs to another connection.
        let own = postern_duplicate(descriptor)
        guard own >= 0 else { return false }
        let number = state.withLock { state in
            state.next &+= 1
            state.waiting[state.next] = Transfer(descriptor: own, direction: direction, end: end)
            return state.next
        }
        transfer()
        let isInTime = state.withLock { $0.waiting.removeValue(forKey: number) != nil }
        close(own)
        return isInTime
    }

    /// Cuts off the transfers whose time is over.
    /// - Returns: how many there were.
    func cutOff(at now: Duration) -> Int {
        state.withLock { state in
            var count = 0
            for (number, transfer) in state.waiting where transfer.end <= now {
                shutdown(transfer.descriptor, transfer.direction == .arriving ? Int32(SHUT_RD) : Int32(SHUT_RDWR))
                state.waiting[number] = nil
                count += 1
            }
            return count
        }
    }
}

/// The time since the machine started, which no clock setting changes.
enum MonotonicClock {
    static func now() -> Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
