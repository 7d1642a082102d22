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

    private let queue = JobQueue()
    private let thread: Mutex<Thread?>
    private let stopSign: StopSign

    /// Opens the database on the writer's thread, has `prepare` bring it up to date, and starts taking jobs.
    /// - Throws: why the database cannot be used, or `WriterError.noThread`.
    package init(_ options: Options, prepare: @escaping @Sendable (Connection) throws -> Void) throws {
        let stopSign = StopSign()
        let queue = queue
        let started = Reply<Void>()
        let running = try Thread(stackSize: options.stackSize) {
            do {
                let connection = try Connection(options.connection)
                try prepare(connection)
                started.give(.success(()))
                var loop = WriterLoop(connection, options, queue, stopSign)
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
        self.stopSign = stopSign
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
        stopSign.raise()
        queue.wake()
        running.join()
    }
}

/// What the writer tells its thread.
final class StopSign: Sendable {
    private let flag = Atomic<Bool>(false)

    func raise() { flag.store(true, ordering: .sequentiallyConsistent) }
    var isRaised: Bool { flag.load(ordering: .sequentiallyConsistent) }
}
