internal import CSQLite
internal import Synchronization

/// Ends the statement that a connection is running, from any thread.
///
/// Inside a write SQLite then rolls back the whole transaction, not only the statement.
package final class Interrupter: Sendable {
    /// The handle's address, or nothing once it is closed.
    @safe private struct Target: @unchecked Sendable {
        // Safe: SQLite allows sqlite3_interrupt from any thread, and the mutex keeps the handle open meanwhile.
        var database: OpaquePointer?
    }

    private let target: Mutex<Target>

    init(_ database: OpaquePointer) {
        target = unsafe Mutex(Target(database: database))
    }

    package func interrupt() {
        target.withLock { target in
            if let database = unsafe target.database { unsafe sqlite3_interrupt(database) }
        }
    }

    func retire() {
        target.withLock { unsafe $0.database = nil }
    }
}
