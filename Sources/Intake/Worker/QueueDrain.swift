import Inbox
package import Outbound
import Storage

/// Runs what is due in the queues of databases, and ends.
package enum QueueDrain {
    /// - Throws: errors of the storage for the first database that cannot be drained, after trying all.
    package static func run(_ databases: [String], rules: FileRules, sendmail: Sendmail, log: Log) throws {
        var failure: (any Error)?
        for path in databases {
            do {
                try drain(path, rules, sendmail, log)
            } catch {
                failure = failure ?? error
                log.line(path, "could not be drained: \(error)")
            }
        }
        if let failure { throw failure }
    }

    private static func drain(_ given: String, _ rules: FileRules, _ sendmail: Sendmail, _ log: Log) throws {
        let path = try rules.check(given, outside: nil)
        let owner = try ClaimOwner(database: path)
        repeat {
            guard try owner.tryBecomeDrain() else { return }
            defer { owner.endDrain() }
            try run(try QueuedDatabase(path), rules, sendmail, log)
            // What was queued while this was about to end: its drain found this one at work and left.
        } while try isDue(path)
    }

    private static func run(
        _ found: QueuedDatabase, _ rules: FileRules, _ sendmail: Sendmail, _ log: Log
    ) throws {
        let postern = Postern(.worker, rules: rules, sendmail: sendmail, log: log)
        defer { postern.stop() }
        for location in found.locations {
            _ = try? postern.savedLocations.location(location.name, settings: location.settings, at: Clock.now())
        }
        if let deployment = postern.deployments.all.first(where: { $0.store.path == found.path }) {
            try postern.queueWorker(deployment).finish()
        } else if found.nextDue != nil {
            throw SettingError(
                found.path, "has events that wait and no location that can be opened",
                remedy: "see the log for the reason, mend it, drain again")
        }
    }

    private static func isDue(_ path: String) throws -> Bool {
        guard let due = try QueuedDatabase(path).nextDue else { return false }
        return due <= Clock.now()
    }
}
