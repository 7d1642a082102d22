package import Storage

extension Inbox {
    /// For how long a location waits for a secret, in milliseconds: ten minutes.
    package static let enrolmentWindow: Int64 = 10 * 60_000

    private static let openWindow = SQL("INSERT OR REPLACE INTO postern_enrolment (location, until) VALUES (?1, ?2)")
    private static let closeWindow = SQL("DELETE FROM postern_enrolment WHERE location = ?1 RETURNING until")
    private static let dropWindows = SQL("DELETE FROM postern_enrolment WHERE until <= ?1")

    /// Lets a location take the secret that its sender hands over next.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: until when.
    package func openEnrolment(_ location: String, at now: Int64, on connection: Connection) throws -> Int64 {
        let drop = try connection.statement(Self.dropWindows)
        drop.bind(1, now)
        try drop.run()
        let until = now + Self.enrolmentWindow
        let statement = try connection.statement(Self.openWindow)
        statement.bind(1, location)
        statement.bind(2, until)
        try statement.run()
        return until
    }

    /// Uses up the window of a location, if one is open.
    ///
    /// - Returns: whether it was: then this secret, and no other, may be kept.
    package func takeEnrolment(_ location: String, at now: Int64, on connection: Connection) throws -> Bool {
        let statement = try connection.statement(Self.closeWindow)
        statement.bind(1, location)
        let until = try statement.first { $0.integer(0) }
        return until.map { $0 > now && $0 - now <= Self.enrolmentWindow } ?? false
    }
}
