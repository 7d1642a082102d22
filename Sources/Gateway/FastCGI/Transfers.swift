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

    /// Notes that a thread begins to wait. Its descriptor must stay open until `end(_:)`.
    /// - Returns: a number for `end(_:)`.
    func begin(_ descriptor: Int32, _ direction: Direction, until end: Duration) -> Int {
        state.withLock { state in
            state.next &+= 1
            state.waiting[state.next] = Transfer(descriptor: descriptor, direction: direction, end: end)
            return state.next
        }
    }

    /// Notes that the thread waits no longer.
    /// - Returns: whether it ended in time.
    func end(_ number: Int) -> Bool {
        state.withLock { $0.waiting.removeValue(forKey: number) != nil }
    }

    /// Cuts off the transfers whose time is over.
    /// - Returns: how many there were.
    func cutOff(at now: Duration) -> Int {
        state.withLock { state in
            var count = 0
            for (number, transfer) in state.waiting where transfer.end <= now {
                // The lock is held: the descriptor is still that of this transfer.
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
