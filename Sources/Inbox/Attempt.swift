/// One run of one event: what its job holds until it settles.
package struct Attempt: Sendable, Hashable {
    package let id: EventID
    /// The event's place in the order of arrival.
    package let sequence: Int64
    /// Counted from 1. An attempt that was overtaken by a later one can settle nothing.
    package let number: Int
}

/// How the run of an admitted event begins.
package enum Beginning: Sendable {
    /// It runs and settles in this very transaction: nobody ever sees it under way.
    case here
    /// It waits for a worker; the sender gets `answer`, now and for each redelivery. Without one its request waits for
    /// what the run will answer.
    case queued(answer: StoredAnswer?)
    /// It is held by this process until it settles, the process dies, or the time comes (milliseconds since 1970). Its
    /// request waits for what the run will answer.
    case claimed(until: Int64)
}

/// What became of a delivery.
package enum Admission: Sendable {
    /// A new event, stored. Under `.queued` its number is 0: a worker claims it.
    case new(Attempt)
    /// A redelivery of an event that was not answered well: it runs again.
    case again(Attempt)
    /// A redelivery of an event that was, or will be: nothing is to be run.
    case duplicate(Duplicate)

    package var id: EventID {
        switch self {
        case .new(let attempt), .again(let attempt): attempt.id
        case .duplicate(let duplicate): duplicate.id
        }
    }
}

package struct Duplicate: Sendable, Equatable {
    package let id: EventID
    package let sequence: Int64
    package let state: EventState
    /// What the sender was answered.
    package let answer: StoredAnswer?
}

extension Beginning {
    /// Whether a request waits for the answer that the run will give.
    var isAwaited: Bool {
        switch self {
        case .here, .queued(.some): false
        case .queued(nil), .claimed: true
        }
    }

    /// Whether it waits for a worker.
    package var isQueued: Bool { if case .queued = self { true } else { false } }

    /// What the sender gets, whatever the run will give.
    var answer: StoredAnswer? { if case .queued(let answer) = self { answer } else { nil } }
}

/// What came of an attempt.
package enum Settlement: Sendable {
    /// A good end. The answer is kept for redeliveries; nil leaves the one that was given on arrival.
    case done(answer: StoredAnswer?)
    /// An end that is not tried again by itself. A redelivery runs the event again unless its answer was a success.
    case failed(answer: StoredAnswer?, error: String)
    /// Back into the queue, until `due` (milliseconds since 1970).
    case retry(due: Int64, error: String)
    /// The last attempt is used up.
    case dead(error: String)
}
