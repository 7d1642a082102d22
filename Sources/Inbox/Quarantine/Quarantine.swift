package import Storage
internal import Values

/// The refused requests of a database's locations, the latest few of each, in a file of their own beside it.
///
/// The file is a convenience: nothing in it is made durable, it is bounded, and it may be removed at any time. Strangers
/// decide what comes in, so nothing that is of value shares a lock, a transaction or a byte with it.
package struct Quarantine: Sendable {
    package static let schema = Schema(
        "quarantine",
        steps: [
            """
            CREATE TABLE postern_refused (
                sequence INTEGER PRIMARY KEY,
                id TEXT NOT NULL,
                location TEXT NOT NULL,
                received INTEGER NOT NULL,
                peer TEXT NOT NULL,
                size INTEGER NOT NULL,
                status INTEGER NOT NULL,
                reason TEXT NOT NULL,
                method TEXT NOT NULL,
                uri BLOB NOT NULL,
                headers BLOB NOT NULL,
                body BLOB NOT NULL,
                body_size INTEGER,
                whole INTEGER NOT NULL
            );
            CREATE INDEX postern_refused_place ON postern_refused (location, received, peer, size);
            CREATE INDEX postern_refused_id ON postern_refused (id);
            CREATE TABLE postern_refused_location (
                name TEXT PRIMARY KEY,
                settings TEXT NOT NULL,
                updated INTEGER NOT NULL
            ) WITHOUT ROWID
            """
        ])

    /// Bytes of one location's requests together, and of all.
    package static let maximumOfLocation: Int64 = 8 << 20
    package static let maximum: Int64 = 48 << 20
    /// Requests of a location that are taken in a second, whatever comes.
    package static let burst: Int64 = 20

    /// Where the refused requests of a database are.
    package static func path(beside database: String) -> String { database + "-quarantine" }

    package init() {}
}

extension Connection.Options {
    /// For refused requests: nobody waits for a disk or a lock, and the file has an end.
    ///
    /// - Parameter wait: milliseconds for which another process's lock is waited for.
    package static func quarantine(_ path: String, wait: Int32) -> Connection.Options {
        var options = Connection.Options(.file(path), .create)
        options.durability = .nothing
        options.busyTimeout = wait
        options.autocheckpoint = 256
        options.cacheSize = 512
        options.maximumPages = 16_384
        options.overwritesDeleted = true
        return options
    }
}

// MARK: Keeping

extension Quarantine {
    private static let recent = SQL("SELECT count(*) FROM postern_refused WHERE location = ?1 AND received > ?2")
    private static let insert = SQL(
        """
        INSERT INTO postern_refused (id, location, received, peer, size, status, reason, method, uri, headers, body,
            body_size, whole)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """)
    private static let state = SQL("SELECT count(*), ifnull(sum(size), 0) FROM postern_refused WHERE location = ?1")
    private static let loudest = SQL(
        "SELECT peer, count(*) FROM postern_refused WHERE location = ?1 GROUP BY peer ORDER BY 2 DESC LIMIT 1")
    private static let dropOldest = SQL(
        """
        DELETE FROM postern_refused WHERE sequence =
            (SELECT min(sequence) FROM postern_refused WHERE location = ?1 AND (?2 IS NULL OR peer = ?2))
        """)
    private static let total = SQL("SELECT ifnull(sum(size), 0) FROM postern_refused")
    private static let dropOldestOfAll = SQL(
        "DELETE FROM postern_refused WHERE sequence = (SELECT min(sequence) FROM postern_refused)")
    private static let forgetSettings = SQL("DELETE FROM postern_refused_location WHERE name = ?1")
    private static let saveSettings = SQL(
        """
        INSERT INTO postern_refused_location (name, settings, updated) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET settings = excluded.settings, updated = excluded.updated
            WHERE settings <> excluded.settings
        """)

    /// Whether a location's requests come too fast for all of them to be kept.
    package func isCrowded(_ location: String, at now: Int64, on connection: Connection) throws -> Bool {
        let statement = try connection.statement(Self.recent)
        statement.bind(1, location)
        statement.bind(2, now - 1_000)
        return try statement.first { $0.integer(0) } ?? 0 >= Self.burst
    }

    /// Keeps a request, inside a transaction, in the place of the oldest where the location has its number.
    ///
    /// Where more than half of them are of one peer, it is the oldest of those: a single one cannot drive out what all
    /// others sent.
    /// - Parameters:
    ///   - maximum: `POSTERN_QUARANTINE`.
    ///   - settings: of its location, as text: sources of secrets, never secrets.
    package func keep(_ request: RefusedRequest, maximum: Int, settings: String, on connection: Connection) throws {
        let request = request.bounded
        try insert(request, on: connection)
        let save = try connection.statement(Self.saveSettings)
        save.bind(1, request.location)
        save.bind(2, settings)
        save.bind(3, request.received)
        try save.run()
        try shrink(request.location, to: maximum, on: connection)
        while try connection.statement(Self.total).first({ $0.integer(0) }) ?? 0 > Self.maximum {
            try connection.statement(Self.dropOldestOfAll).run()
        }
    }

    private func shrink(_ location: String, to maximum: Int, on connection: Connection) throws {
        while let (count, size) = try state(of: location, on: connection),
            count > Int64(maximum) || size > Self.maximumOfLocation && count > 1
        {
            let peer = try loudestPeer(of: location, from: count / 2, on: connection)
            let drop = try connection.statement(Self.dropOldest)
            drop.bind(1, location)
            drop.bind(2, peer)
            try drop.run()
        }
    }

    /// Whether more is kept of a location than it keeps now.
    package func hasSurplus(_ location: String, maximum: Int, on connection: Connection) throws -> Bool {
        try state(of: location, on: connection).map { $0.count > Int64(maximum) } ?? false
    }

    /// Erases what is kept of a location beyond what it keeps now, inside a transaction; its settings as well, where it
    /// keeps nothing.
    package func trim(_ location: String, maximum: Int, on connection: Connection) throws {
        try shrink(location, to: maximum, on: connection)
        guard maximum == 0 else { return }
        let forget = try connection.statement(Self.forgetSettings)
        forget.bind(1, location)
        try forget.run()
    }

    private func insert(_ request: RefusedRequest, on connection: Connection) throws {
        let statement = try connection.statement(Self.insert)
        statement.bind(1, request.id.text)
        statement.bind(2, request.location)
        statement.bind(3, request.received)
        statement.bind(4, request.peer)
        statement.bind(5, Int64(request.size))
        statement.bind(6, Int64(request.status))
        statement.bind(7, request.reason)
        statement.bind(8, request.method)
        statement.bind(9, bytes: request.uri.bytes)
        statement.bind(10, bytes: request.headers.packed)
        statement.bind(11, bytes: request.body)
        statement.bind(12, request.bodySize.map { Int64($0) })
        statement.bind(13, request.isWhole)
        try statement.run()
    }

    private func state(of location: String, on connection: Connection) throws -> (count: Int64, size: Int64)? {
        let statement = try connection.statement(Self.state)
        statement.bind(1, location)
        return try statement.first { ($0.integer(0), $0.integer(1)) }
    }

    private func loudestPeer(of location: String, from count: Int64, on connection: Connection) throws -> String? {
        let statement = try connection.statement(Self.loudest)
        statement.bind(1, location)
        return try statement.first { $0.integer(1) > count ? $0.string(0) : nil } ?? nil
    }
}
