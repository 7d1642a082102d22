import Inbox
import Storage
import Synchronization

/// The locations that a worker runs events for, by the settings that the database keeps of them.
package final class SavedLocations: Sendable {
    private let opener: LocationOpener
    private let log: Log
    private let known = Mutex<[String: Location]>([:])

    package init(opener: LocationOpener, log: Log) {
        self.opener = opener
        self.log = log
    }

    /// The location of that name as `inbox` knows it.
    ///
    /// - Throws: `SettingError` if it is not known or cannot be served; errors of the storage.
    func location(_ name: String, in inbox: Inbox, on connection: Connection, at now: Int64) throws -> ReadyLocation {
        guard let text = try inbox.locationSettings(name, on: connection) else {
            throw SettingError(
                "settings of \(name)", "are not in the database", remedy: "send the location one request")
        }
        return try location(name, settings: text, at: now)
    }

    /// The location of that name with settings that were saved.
    func location(_ name: String, settings text: String, at now: Int64) throws(SettingError) -> ReadyLocation {
        let location =
            known.withLock { $0[text] }
            ?? Location(
                Result { () throws(SettingError) in try SavedSettings.entries(text, location: name) }, documentRoot: nil,
                title: name, opener: opener, log: log, servesRequests: false, at: now)
        known.withLock { $0[text] = location }
        return try location.current(at: now).get()
    }
}
