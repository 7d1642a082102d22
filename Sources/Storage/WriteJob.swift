/// A piece of work on the write connection, whole or not at all.
///
/// `run` may be called more than once: when another job of the same batch makes SQLite give up the whole
/// transaction, what this one wrote is gone, and it runs again. So it changes nothing but the database.
package protocol WriteJob: Sendable {
    associatedtype Outcome: Sendable

    /// What the commit has to survive before `finish` is told of success.
    var durability: Durability { get }

    /// Does the work, on the writer's thread, inside a savepoint of its own: what it wrote is undone if it throws.
    func run(_ connection: Connection) throws -> Outcome

    /// Told once, after the commit, what came of it: `run`'s own result or error, or why nothing could be
    /// committed. Called on the writer's thread: it must not wait for another job.
    func finish(_ result: Result<Outcome, any Error>)
}

/// What runs jobs: the `Writer` of a long-lived process, or the `DirectWriter` of one that answers one request.
package protocol WriteQueue: Sendable {
    func submit<Job: WriteJob>(_ job: Job)
}

extension WriteQueue {
    /// Submits `body` as a job and says to `finish` what came of it.
    package func submit<Outcome: Sendable>(
        _ durability: Durability = .fsync,
        _ body: @escaping @Sendable (Connection) throws -> Outcome,
        finish: @escaping @Sendable (Result<Outcome, any Error>) -> Void
    ) {
        submit(ClosureJob(durability: durability, body: body, completion: finish))
    }

    /// Runs `body` as a job and waits until it is committed. Never call it on the writer's own thread.
    package func perform<Outcome: Sendable>(
        _ durability: Durability = .fsync, _ body: @escaping @Sendable (Connection) throws -> Outcome
    ) throws -> Outcome {
        let reply = Reply<Outcome>()
        submit(durability, body) { reply.give($0) }
        return try reply.wait().get()
    }
}

private struct ClosureJob<Outcome: Sendable>: WriteJob {
    let durability: Durability
    let body: @Sendable (Connection) throws -> Outcome
    let completion: @Sendable (Result<Outcome, any Error>) -> Void

    func run(_ connection: Connection) throws -> Outcome { try body(connection) }
    func finish(_ result: Result<Outcome, any Error>) { completion(result) }
}

/// Why a job was not taken.
package enum WriterError: Error, Sendable, Equatable {
    /// The writer has been stopped.
    case stopped
    /// The job ended the writer's transaction by a statement of its own; what it did after is void.
    case endedTransaction
    /// The system gave no thread.
    case noThread(Int32)
}

extension WriterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .stopped: "the writer has stopped"
        case .endedTransaction: "the job ended the transaction that it ran in"
        case .noThread(let number): "no thread for the writer (error \(number))"
        }
    }
}
