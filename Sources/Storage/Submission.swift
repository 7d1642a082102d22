/// A job on its way through the writer, with what came of it. One thread has it at a time.
@safe class Submission {
    /// The one pushed before it, while it is in the queue.
    var next: Unmanaged<Submission>?
    let durability: Durability

    init(durability: Durability) {
        unsafe next = nil
        self.durability = durability
    }

    /// Runs the job and keeps its result; gives its error, if it threw one.
    func run(_ connection: Connection) -> (any Error)? { nil }
    /// Keeps an error as the result.
    func fail(_ error: any Error) {}
    /// Tells the job its result.
    func finish() {}
}

final class JobSubmission<Job: WriteJob>: Submission {
    private let job: Job
    private var result: Result<Job.Outcome, any Error>?

    init(_ job: Job) {
        self.job = job
        super.init(durability: job.durability)
    }

    override func run(_ connection: Connection) -> (any Error)? {
        do {
            result = .success(try job.run(connection))
            return nil
        } catch {
            result = .failure(error)
            return error
        }
    }

    override func fail(_ error: any Error) { result = .failure(error) }

    override func finish() { job.finish(result ?? .failure(WriterError.stopped)) }
}
