/// What the writer's thread does, until it is stopped.
struct WriterLoop {
    private let connection: Connection
    private let options: Writer.Options
    private let queue: JobQueue
    private let stopSign: StopSign
    /// Jobs taken from the queue and not yet in a batch, in order; those before `next` are done with.
    private var waiting: [Submission] = []
    private var next = 0
    private var durability: Durability

    init(_ connection: Connection, _ options: Writer.Options, _ queue: JobQueue, _ stopSign: StopSign) {
        self.connection = connection
        self.options = options
        self.queue = queue
        self.stopSign = stopSign
        durability = connection.options.durability
        connection.checkpointByHand()
    }

    mutating func run() {
        while true {
            takeJobs()
            if next < waiting.count {
                runBatch()
            } else if stopSign.isRaised {
                if queue.close() { return }
            } else {
                queue.sleep()
            }
        }
    }

    private mutating func takeJobs() {
        waiting.removeFirst(next)
        next = 0
        _ = queue.take(into: &waiting)
    }

    /// Moves waiting jobs into the batch, up to its bound, but no job that wants more than its commit gives.
    private mutating func fill(_ batch: inout [Submission]) {
        while batch.count < options.maximumBatch, next < waiting.count, waiting[next].durability <= durability {
            batch.append(waiting[next])
            next += 1
        }
    }

    private mutating func runBatch() {
        var batch: [Submission] = []
        // Jobs that made SQLite give up the whole transaction: they are told so after the commit of the others.
        var spoilers: [Submission] = []
        do {
            try setDurability()
            fill(&batch)
            try connection.beginTransaction()
            try runJobs(&batch, &spoilers)
            try connection.commitTransaction()
        } catch {
            connection.rollbackTransaction()
            if batch.isEmpty { fill(&batch) }
            for submission in batch { submission.fail(error) }
        }
        for submission in batch { submission.finish() }
        for submission in spoilers { submission.finish() }
        connection.checkpointIfDue()
    }

    /// The transaction is synced if one of the jobs that wait asks for it; the level cannot change once it is open.
    private mutating func setDurability() throws {
        let end = min(waiting.count, next + options.maximumBatch)
        let wanted: Durability = waiting[next..<end].contains { $0.durability == .fsync } ? .fsync : .commit
        guard wanted != durability else { return }
        try connection.setSynchronous(wanted)
        durability = wanted
    }

    /// Runs the jobs of the batch and those that arrive meanwhile. When one of them loses the whole transaction it
    /// is taken out, and the others run again.
    private mutating func runJobs(_ batch: inout [Submission], _ spoilers: inout [Submission]) throws {
        let end = ContinuousClock.now + options.longestBatch
        var index = 0
        while true {
            while index < batch.count {
                if let loss = try runJob(batch[index]) {
                    spoilers.append(batch.remove(at: index))
                    // A full disk spoils every job; it is of no use to try them one after the other.
                    if loss.isOfStorage, spoilers.count > 2 { throw loss }
                    connection.rollbackTransaction()
                    if batch.isEmpty { return try connection.beginTransaction() }
                    try connection.beginTransaction()
                    index = 0
                } else {
                    index += 1
                }
            }
            guard ContinuousClock.now < end else { return }
            takeJobs()
            fill(&batch)
            if index == batch.count { return }
        }
    }

    /// Runs one job inside a savepoint; gives the error with which the whole transaction was lost, if it was.
    private func runJob(_ submission: Submission) throws -> DatabaseError? {
        try connection.openSavepoint()
        if submission.run(connection) == nil, connection.lostTransaction == nil {
            if connection.isAutocommit {
                submission.fail(WriterError.endedTransaction)
                return DatabaseError(.abort, "the job ended the transaction that it ran in")
            }
            try connection.releaseSavepoint()
            return nil
        }
        connection.undoSavepoint()
        guard let loss = connection.lostTransaction else { return nil }
        submission.fail(loss)
        return loss
    }
}
