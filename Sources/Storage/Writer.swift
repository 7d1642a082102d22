internal import Synchronization

/// The one thread that writes: it commits whatever jobs wait as one transaction, since a commit, and not what is
/// in it, is what costs.
///
/// No result of a job leaves the writer before its batch is committed. If the commit fails, every job of the batch
/// is told so, and nothing of it is in the database.
package final class Writer: WriteQueue {
    package struct Options: Sendable {
        package var connection: Connection.Options
        /// Bytes of the thread's stack, on which the stacks of local events are interpreted.
        package var stackSize = 16 << 20
        /// The most jobs of one transaction.
        package var maximumBatch = 256
        /// How long a transaction takes further jobs that arrive while it runs.
        package var longestBatch: Duration = .milliseconds(10)

        package init(_ connection: Connection.Options) { self.connection = connection }
    }

    /// What the writer has done so far.
    package struct Statistics: Sendable, Equatable {
        package var commits = 0
        package var jobs = 0
        /// Batches that SQLite gave up as a whole, whose other jobs ran again.
        package var repeated = 0
    }

    private let queue = JobQueue()
    private let thread: Mutex<Thread?>
    private let shared: WriterState

    /// Opens the database on the writer's thread, has `prepare` bring it up to date, and starts taking jobs.
    /// - Throws: why the database cannot be used, or `WriterError.noThread`.
    package init(_ options: Options, prepare: @escaping @Sendable (Connection) throws -> Void) throws {
        let shared = WriterState()
        let queue = queue
        let started = Reply<Void>()
        let running = try Thread(stackSize: options.stackSize) {
            do {
                let connection = try Connection(options.connection)
                try prepare(connection)
                started.give(.success(()))
                var loop = WriterLoop(connection, options, queue, shared)
                loop.run()
            } catch {
                started.give(.failure(error))
            }
        }
        do {
            try started.wait().get()
        } catch {
            running.join()
            throw error
        }
        self.shared = shared
        thread = Mutex(running)
    }

    deinit { stop() }

    package func submit<Job: WriteJob>(_ job: Job) {
        let submission = JobSubmission(job)
        if queue.push(submission) { return }
        submission.fail(WriterError.stopped)
        submission.finish()
    }

    /// Commits what was submitted before, closes the database and ends the thread. What is submitted after is
    /// told `WriterError.stopped`. Never call it on the writer's own thread.
    package func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let running else { return }
        shared.isStopping.store(true, ordering: .sequentiallyConsistent)
        queue.wake()
        running.join()
    }

    package var statistics: Statistics { shared.statistics.withLock { $0 } }
}

/// What the writer and its thread both see.
final class WriterState: Sendable {
    let isStopping = Atomic<Bool>(false)
    let statistics = Mutex(Writer.Statistics())
}
