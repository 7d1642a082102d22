import Inbox
import Storage

/// A database as one finds it, before anything is known of its workspace.
package struct QueuedDatabase: Sendable {
    package let path: String
    package let locations: [(name: String, settings: String)]
    /// When the next event of the queue, or the next fetch of a sender's keys, is due, in milliseconds since 1970; nil if none waits.
    package let nextDue: Int64?
    /// Whether events wait, or were under way when their process ended.
    package let hasWork: Bool
    /// Whether tasks of its workspace run by themselves.
    package let hasTasks: Bool

    /// - Throws: errors of the storage, also for a file that is not Postern's.
    package init(_ path: String) throws {
        self.path = path
        let connection = try Connection(.reader(path))
        try connection.prepare(workspace: nil, schemas: [Inbox.schema])
        let inbox = Inbox(owner: nil)
        let running: [EventSummary]
        (locations, nextDue, running, hasTasks) = try connection.reading {
            (
                try inbox.locations(on: connection),
                [try inbox.nextDue(on: connection), try inbox.nextDocumentDue(on: connection)].compactMap { $0 }.min(),
                try inbox.list(EventFilter(state: .running), before: nil, limit: 1, on: connection),
                try inbox.knowsTasks(on: connection)
            )
        }
        hasWork = nextDue != nil || !running.isEmpty
    }
}
