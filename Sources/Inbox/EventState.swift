/// Where an event stands.
package enum EventState: Int64, Sendable, CaseIterable {
    /// Waits for a worker, perhaps until its next attempt is due.
    case queued = 0
    /// An attempt is under way.
    case running = 1
    /// Ran to a good end.
    case done = 2
    /// Its last run ended in an error that is final, or that the sender was told of and may answer by a redelivery.
    case failed = 3
    /// All attempts are used up.
    case dead = 4

    /// As `events list` shows it.
    package var name: String {
        switch self {
        case .queued: "queued"
        case .running: "running"
        case .done: "done"
        case .failed: "failed"
        case .dead: "dead"
        }
    }

    package init?(name: String) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }
}
