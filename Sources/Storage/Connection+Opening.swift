internal import CSQLite
internal import Glibc

extension Handle {
    /// Once a process. It fails where the process has used SQLite before, which does no harm.
    private static let initialized = postern_sqlite_initialize()

    convenience init(opening options: Connection.Options) throws(DatabaseError) {
        _ = Self.initialized
        let path: String
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch options.place {
        case .memory:
            path = ":memory:"
            flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
        case .file(let name):
            // A relative name that begins with ":" or "file:" would mean something else to SQLite.
            path = name.utf8.first == UInt8(ascii: "/") ? name : "./" + name
            flags |= options.access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
            if options.access == .create { try Self.createPrivately(path) }
        }
        var database: OpaquePointer?
        let result = unsafe sqlite3_open_v2(path, &database, flags, nil)
        guard let database = unsafe database else {
            throw DatabaseError(.noMemory, "not enough memory to open \(path)")
        }
        guard result == SQLITE_OK else {
            let reason = unsafe String(cString: sqlite3_errmsg(database))
            let number = unsafe sqlite3_system_errno(database)
            _ = unsafe sqlite3_close_v2(database)
            let system = number == 0 ? "" : ": " + systemMessage(number)
            throw DatabaseError(.init(rawValue: result), "\(path): \(reason)\(system)")
        }
        unsafe self.init(database)
    }

    /// Creates an empty file of mode 0600 unless there is one: SQLite itself would create it readable for everybody.
    private static func createPrivately(_ path: String) throws(DatabaseError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        let number = errno
        let exists = unsafe access(path, F_OK) == 0
        let code: DatabaseError.Code =
            switch number {
            case EROFS: .readOnly
            case EACCES where exists: .readOnly
            case ENOSPC, EDQUOT: .full
            default: .cannotOpen
            }
        throw DatabaseError(code, "\(path): \(systemMessage(number))")
    }
}

extension Connection {
    func configure() throws(DatabaseError) {
        let database = unsafe handle.database
        unsafe sqlite3_busy_timeout(database, options.busyTimeout)
        // What a schema contains is not trusted to call functions, and nobody writes the schema table directly.
        for (setting, isOn) in [
            (SQLITE_DBCONFIG_DEFENSIVE, true), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (SQLITE_DBCONFIG_DQS_DML, false), (SQLITE_DBCONFIG_DQS_DDL, false),
            (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !options.checkpointsOnClose),
        ] {
            let result = unsafe postern_sqlite_configure(database, setting, isOn ? 1 : 0)
            guard result == SQLITE_OK else { throw handle.error(result) }
        }
        if options.place != .memory, options.access != .readOnly {
            try execute("PRAGMA page_size=4096; PRAGMA journal_size_limit=67108864")
            try setWriteAheadLog()
        }
        unsafe sqlite3_wal_autocheckpoint(database, options.autocheckpoint)
        try execute("PRAGMA cache_size=-\(options.cacheSize); PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF")
        if options.overwritesDeleted { try execute("PRAGMA secure_delete=ON") }
        if let pages = options.maximumPages { try execute("PRAGMA max_page_count=\(pages)") }
        try setSynchronous(options.durability)
    }

    /// SQLite keeps the old journal without an error where memory cannot be shared, as on some network file systems.
    private func setWriteAheadLog() throws(DatabaseError) {
        let statement = try Statement(SQL("PRAGMA journal_mode=WAL"), handle, isKept: false)
        var waited: Int32 = 0
        while true {
            do throws(DatabaseError) {
                if try statement.text() == "wal" { return }
                throw DatabaseError(.cannotOpen, "the file system of the database allows no write-ahead log")
            } catch {
                // Another process is creating the database. SQLite does not wait here by itself.
                guard error.isBusy, waited < options.busyTimeout else { throw error }
                waited += max(1, sqlite3_sleep(5))
            }
        }
    }

    /// Says what the coming commits survive. Between transactions only: SQLite refuses it inside one.
    func setSynchronous(_ durability: Durability) throws(DatabaseError) {
        switch durability {
        case .nothing: try execute("PRAGMA synchronous=OFF")
        case .commit: try execute("PRAGMA synchronous=NORMAL")
        case .fsync: try execute("PRAGMA synchronous=FULL")
        }
    }
}
