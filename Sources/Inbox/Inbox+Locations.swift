package import Storage

extension Inbox {
    private static let location = SQL("SELECT settings FROM postern_location WHERE name = ?1")
    private static let locations = SQL("SELECT name, settings FROM postern_location ORDER BY name")
    private static let savedLocations = SQL("SELECT name, settings, updated FROM postern_location ORDER BY name")
    private static let saveLocation = SQL(
        "INSERT OR REPLACE INTO postern_location (name, settings, updated) VALUES (?1, ?2, ?3)")

    /// Remembers a location's settings, for a worker that never sees its requests; writes only what has changed.
    /// - Parameters:
    ///   - settings: the settings as text: sources of secrets, never secrets.
    ///   - now: milliseconds since 1970.
    package func saveLocation(_ name: String, settings: String, at now: Int64, on connection: Connection) throws {
        if try locationSettings(name, on: connection) == settings { return }
        let statement = try connection.statement(Self.saveLocation)
        statement.bind(1, name)
        statement.bind(2, settings)
        statement.bind(3, now)
        try statement.run()
    }

    /// The settings last saved for a location; nil if there are none.
    package func locationSettings(_ name: String, on connection: Connection) throws -> String? {
        let statement = try connection.statement(Self.location)
        statement.bind(1, name)
        return try statement.first { $0.string(0) }
    }

    /// The same, with when each was saved: milliseconds since 1970.
    package func savedLocations(on connection: Connection) throws -> [(name: String, settings: String, updated: Int64)] {
        try connection.statement(Self.savedLocations).map { ($0.string(0), $0.string(1), $0.integer(2)) }
    }

    /// All locations that were saved, by name.
    package func locations(on connection: Connection) throws -> [(name: String, settings: String)] {
        try connection.statement(Self.locations).map { ($0.string(0), $0.string(1)) }
    }
}
