/// What an acknowledged commit survives.
package enum Durability: Sendable, Comparable {
    /// A crash of the process, for as long as the machine runs: nothing is ever synced, SQLite's `synchronous=OFF`. A
    /// crash of the machine may damage the file.
    case nothing
    /// A crash of the process, not of the machine: SQLite's `synchronous=NORMAL`.
    case commit
    /// A crash of the machine: on disk before the commit returns, SQLite's `synchronous=FULL`.
    case fsync
}

extension Connection {
    /// How a database is opened.
    package struct Options: Sendable {
        package enum Place: Sendable, Equatable {
            /// A database of this connection's own, gone when it closes.
            case memory
            case file(String)
        }

        package enum Access: Sendable {
            /// Creates the file if there is none.
            case create
            /// The file must exist.
            case readWrite
            case readOnly
        }

        package var place: Place
        package var access: Access
        package var durability: Durability = .fsync
        /// Milliseconds for which a lock of another process is waited for.
        package var busyTimeout: Int32 = 2_000
        /// Pages in the write-ahead log after which a commit copies them into the database.
        package var autocheckpoint: Int32 = 4_000
        /// Whether the last connection to close copies the log into the database and removes it.
        package var checkpointsOnClose = true
        /// Whether a checkpoint empties the log. Otherwise the next commit of the same process begins it anew, which
        /// a process that ends never comes to: its log would grow for ever.
        package var emptiesLog = false
        /// Whether what is deleted is overwritten, so that nobody finds it in the file.
        package var overwritesDeleted = false
        /// Pages that the file may grow to; nil for no bound.
        package var maximumPages: Int32?
        /// Kilobytes of the page cache.
        package var cacheSize: Int32 = 8_192

        package init(_ place: Place, _ access: Access) {
            self.place = place
            self.access = access
        }

        /// For the one writer of a process that lives long.
        package static func serve(_ path: String) -> Options { Options(.file(path), .create) }

        /// For a process that answers one request: the next one has to read the whole log, so it stays short,
        /// and nobody's request waits for the copying when it closes.
        package static func request(_ path: String) -> Options {
            var options = Options(.file(path), .create)
            options.autocheckpoint = 200
            options.emptiesLog = true
            options.checkpointsOnClose = false
            options.cacheSize = 2_048
            return options
        }

        /// For reading beside the writer.
        package static func reader(_ path: String) -> Options {
            var options = Options(.file(path), .readOnly)
            options.checkpointsOnClose = false
            options.cacheSize = 1_024
            return options
        }

        /// An empty database in memory.
        package static var memory: Options { Options(.memory, .create) }
    }
}
