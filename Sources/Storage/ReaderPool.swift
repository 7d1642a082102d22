internal import Synchronization

/// A bounded number of connections that only read, opened when first needed, each lent to one thread at a time.
package final class ReaderPool: Sendable {
    private let options: Connection.Options
    private let free: Semaphore
    private let idle = Mutex<[Lent]>([])

    /// - Parameter maximum: how many threads read at the same time; the next one waits.
    package init(_ options: Connection.Options, maximum: Int) {
        self.options = options
        free = Semaphore(UInt32(clamping: max(1, maximum)))
    }

    /// Runs `body` on one unchanging view of the database. What it reads was committed.
    package func read<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        free.wait()
        defer { free.signal() }
        let connection = try idle.withLock { $0.popLast() }?.connection ?? Connection(options)
        let result = try connection.reading { try body(connection) }
        // After an error the connection is not kept: its file may have been replaced.
        idle.withLock { $0.append(Lent(connection: connection)) }
        return result
    }
}
