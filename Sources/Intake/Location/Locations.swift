import Gateway
import Synchronization

/// The locations that requests came for, by their settings as the web server sent them.
package final class Locations: Sendable {
    private let opener: LocationOpener
    private let log: Log
    /// The route file's settings, where the process was started through one.
    private let routeFile: Result<SettingEntries, SettingError>?
    private let known = Mutex<[LocationKey: Location]>([:])

    /// A web server has few; more would be somebody playing with the socket.
    private static let maximumCount = 1024

    package init(opener: LocationOpener, routeFile: Result<SettingEntries, SettingError>? = nil, log: Log) {
        self.opener = opener
        self.routeFile = routeFile
        self.log = log
    }

    /// The location that a request is for.
    func location(for environment: Environment, at now: Int64) -> Location {
        let key = LocationKey(environment)
        if let location = known.withLock({ $0[key] }) { return location }
        // Opened outside of the lock: it may take its time, and others need not wait.
        let location = Location(
            Result { () throws(SettingError) in try entries(environment) }, documentRoot: environment.value("DOCUMENT_ROOT"),
            title: environment.path.isEmpty ? "?" : String(environment.path.prefix(100)), opener: opener, log: log, servesRequests: true,
            at: now)
        return known.withLock { known in
            if let other = known[key] { return other }
            if known.count >= Self.maximumCount { known.removeAll() }
            known[key] = location
            return location
        }
    }

    private func entries(_ environment: Environment) throws(SettingError) -> SettingEntries {
        guard let routeFile else { return try SettingEntries(environment, isProcess: opener.deployments.isShortLived) }
        var given: String?
        environment.forEach { name, _ in
            if SettingEntries.Relevance(name) == .setting { given = String(decoding: name.bytes, as: UTF8.self) }
        }
        if let given {
            throw SettingError(
                given, "is set beside a route file", remedy: "leave the settings to one of the two")
        }
        return try routeFile.get()
    }
}

extension Span<UInt8> {
    fileprivate var bytes: [UInt8] { indices.map { self[$0] } }
}
