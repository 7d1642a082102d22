package import Storage

/// One database file as this process has it open.
package final class Store: Sendable {
    /// How the process uses its databases.
    package enum Use: Sendable {
        /// Many requests at once: a writer thread with group commit, and readers.
        case server(readers: Int)
        /// One request, on the one thread there is.
        case singleRequest
    }

    package let path: String
    package let writer: any WriteQueue
    package let readers: ReaderPool

    /// Opens the file, created if it is not there.
    ///
    /// - Parameter prepare: brings the tables up to date; runs before anything else does.
    /// - Throws: `DatabaseError` or `SchemaError`.
    init(_ path: String, use: Use, prepare: @escaping @Sendable (Connection) throws -> Void) throws {
        self.path = path
        switch use {
        case .server(let count):
            writer = try Writer(Writer.Options(.serve(path)), prepare: prepare)
            readers = ReaderPool(.reader(path), maximum: count)
        case .singleRequest:
            writer = try DirectWriter(.request(path), prepare: prepare)
            readers = ReaderPool(.reader(path), maximum: 1)
        }
    }

    /// Commits what was submitted and closes the file.
    package func close() {
        (writer as? Writer)?.stop()
    }
}
