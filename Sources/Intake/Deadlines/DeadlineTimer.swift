import Inbox
import Storage
import Synchronization

/// Does things when their time has come, unless they were called off before, as nearly all are.
///
/// Arming and calling off take no system call, as long as what is armed comes after what is armed already.
package final class DeadlineTimer: Sendable {
    package struct Token: Sendable {
        fileprivate let slot: Int
        fileprivate let serial: UInt64
    }

    private struct Entry {
        var serial: UInt64
        var due: Int64
        var action: @Sendable () -> Void
    }

    private struct State {
        var entries: [Entry?] = []
        var free: [Int] = []
        var serial: UInt64 = 0
        /// When the thread looks again.
        var wake = Int64.max
        var thread: Thread?
        var isStopped = false
    }

    private let state = Mutex(State())
    private let news = WorkSignal()

    package init() {}

    /// - Parameters:
    ///   - due: by the clock that never jumps, in milliseconds.
    ///   - action: must not take long; called on the timer's thread.
    package func arm(_ due: Int64, _ action: @escaping @Sendable () -> Void) -> Token {
        let (token, isSooner) = state.withLock { state in
            state.serial += 1
            let entry = Entry(serial: state.serial, due: due, action: action)
            var slot = state.entries.count
            if let free = state.free.popLast() {
                slot = free
                state.entries[slot] = entry
            } else {
                state.entries.append(entry)
            }
            let isSooner = due < state.wake
            if isSooner { state.wake = due }
            if state.thread == nil, !state.isStopped { state.thread = try? Thread(stackSize: 1 << 20) { [self] in run() } }
            return (Token(slot: slot, serial: state.serial), isSooner)
        }
        if isSooner { news.signal() }
        return token
    }

    package func disarm(_ token: Token) {
        state.withLock { state in
            guard let entry = state.entries[token.slot], entry.serial == token.serial else { return }
            state.entries[token.slot] = nil
            state.free.append(token.slot)
        }
    }

    /// Ends the thread. What is armed is forgotten.
    package func stop() {
        let thread = state.withLock { state in
            state.isStopped = true
            defer { state.thread = nil }
            return state.thread
        }
        news.signal()
        thread?.join()
    }

    private func run() {
        while true {
            let (due, wake) = state.withLock { state in takeDue(&state, Clock.monotonic()) }
            guard let wake else { return }
            for action in due { action() }
            if due.isEmpty { _ = news.wait(atMost: wake == .max ? nil : max(0, wake - Clock.monotonic())) }
        }
    }

    /// What is due, and when the next is; nil if the thread is to end.
    private func takeDue(_ state: inout State, _ now: Int64) -> ([@Sendable () -> Void], Int64?) {
        guard !state.isStopped else { return ([], nil) }
        var due: [@Sendable () -> Void] = []
        state.wake = .max
        for slot in state.entries.indices {
            guard let entry = state.entries[slot] else { continue }
            if entry.due <= now {
                due.append(entry.action)
                state.entries[slot] = nil
                state.free.append(slot)
            } else {
                state.wake = min(state.wake, entry.due)
            }
        }
        return (due, state.wake)
    }
}
