import Synchronization

/// Whether a job that waits for the writer may still be taken back: either it begins, or its deadline comes first.
final class Withdrawal: Sendable {
    private enum State {
        static let waiting: UInt8 = 0
        static let begun: UInt8 = 1
        static let withdrawn: UInt8 = 2
    }

    private let state = Atomic(State.waiting)

    /// False if the job was withdrawn: it must do nothing. A job that has begun may begin again.
    func begin() -> Bool {
        let (_, before) = state.compareExchange(
            expected: State.waiting, desired: State.begun, ordering: .acquiringAndReleasing)
        return before != State.withdrawn
    }

    /// Takes the job back; false if it has begun.
    func withdraw() -> Bool {
        state.compareExchange(expected: State.waiting, desired: State.withdrawn, ordering: .acquiringAndReleasing).exchanged
    }

    /// What the job ends with.
    struct Withdrawn: Error {}
}
