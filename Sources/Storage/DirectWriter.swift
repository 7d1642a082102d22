internal import Synchronization

/// Runs each job at once on the calling thread, in a transaction of its own: for a process that answers one request.
package final class DirectWriter: WriteQueue {
    /// The mutex lets one thread at a time use the connection.
    private let connection: Mutex<Lent>

    /// Opens the database and has `prepare` bring it up to date.
    package init(_ options: Connection.Options, prepare: (Connection) throws -> Void) throws {
        let connection = try Connection(options)
        try prepare(connection)
        connection.checkpointByHand()
        self.connection = Mutex(Lent(connection: connection))
    }

    /// Runs the job, commits it so that it survives what the connection was opened for, and tells it the result
    /// before it returns.
    package func submit<Job: WriteJob>(_ job: Job) {
        let result: Result<Job.Outcome, any Error> = connection.withLock { lent in
            let connection = lent.connection
            return Result { try connection.transaction { try job.run(connection) } }
        }
        job.finish(result)
        connection.withLock { $0.connection.checkpointIfDue() }
    }
}

/// A connection on its way from one thread to another.
struct Lent: @unchecked Sendable {
    // Safe: whoever takes it out of its mutex or pool is the only one to have it.
    let connection: Connection
}
