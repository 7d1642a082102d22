import Gateway
import Inbox
import Storage
import Synchronization

/// The requests that wait for the answer of an event's run: the one that brought it, and its redeliveries.
///
/// Each gets the run's answer, or at its deadline that the event was accepted. Which of the two it is stands in the
/// event's row, for what was accepted is tried again when it fails.
final class AnswerWatch: Sendable {
    /// A request that waits.
    struct Waiter: Sendable {
        let event: EventID
        let sequence: Int64
        let isDuplicate: Bool
        /// Whether the run is another process's, of which nobody here is told.
        let isElsewhere: Bool
        /// By the clock that never jumps.
        let deadline: Int64
        /// What the sender is told past it.
        let accepted: StoredAnswer
        let answer: @Sendable (Result<Response, any Error>) -> Void

        fileprivate func give(_ answer: StoredAnswer) {
            self.answer(.success(Response(answer, event: event, isDuplicate: isDuplicate)))
        }
    }

    private struct State {
        var waiters: [Int64: [Int: (waiter: Waiter, deadline: DeadlineTimer.Token)]] = [:]
        var number = 0
    }

    private let store: Store
    private let inbox: Inbox
    private let timer: DeadlineTimer
    private let state = Mutex(State())

    /// Milliseconds between looks at what other processes run.
    private static let interval: Int64 = 20

    init(store: Store, inbox: Inbox, timer: DeadlineTimer) {
        self.store = store
        self.inbox = inbox
        self.timer = timer
    }

    func wait(_ waiter: Waiter) {
        let number = state.withLock { state in
            state.number += 1
            let number = state.number
            // Within the lock: the time may be over already.
            let token = timer.arm(waiter.deadline) { [self] in
                guard let waiter = take(number, of: waiter.sequence) else { return }
                accept(waiter)
            }
            state.waiters[waiter.sequence, default: [:]][number] = (waiter, token)
            return number
        }
        if waiter.isElsewhere { look(number, waiter) }
    }

    /// Tells the requests of an event what its run gave; nil if the event is tried again.
    func concluded(_ sequence: Int64, _ answer: StoredAnswer?) {
        let waiting = state.withLock { $0.waiters.removeValue(forKey: sequence) }
        for (waiter, token) in (waiting ?? [:]).values {
            timer.disarm(token)
            waiter.give(answer ?? waiter.accepted)
        }
    }

    private func take(_ number: Int, of sequence: Int64) -> Waiter? {
        let found = state.withLock { state in
            let found = state.waiters[sequence]?.removeValue(forKey: number)
            if state.waiters[sequence]?.isEmpty == true { state.waiters[sequence] = nil }
            return found
        }
        guard let found else { return nil }
        timer.disarm(found.deadline)
        return found.waiter
    }

    private func accept(_ waiter: Waiter) {
        store.writer.submit { [inbox] connection -> StoredAnswer in
            if try inbox.accept(waiter.sequence, answer: waiter.accepted, on: connection) { return waiter.accepted }
            guard let standing = try inbox.standing(of: waiter.sequence, on: connection), standing.isOver else {
                return waiter.accepted
            }
            return standing.answer ?? waiter.accepted
        } finish: { result in
            switch result {
            case .success(let answer): waiter.give(answer)
            case .failure(let error): waiter.answer(.failure(error))
            }
        }
    }

    /// Looks whether another process has ended the run, again and again.
    private func look(_ number: Int, _ waiter: Waiter) {
        guard state.withLock({ $0.waiters[waiter.sequence]?[number] != nil }) else { return }
        let standing = try? store.readers.read { try inbox.standing(of: waiter.sequence, on: $0) }
        if let standing = standing ?? nil, standing.isOver {
            take(number, of: waiter.sequence)?.give(standing.answer ?? waiter.accepted)
        } else {
            _ = timer.arm(Clock.monotonic() + Self.interval) { [self] in look(number, waiter) }
        }
    }
}
