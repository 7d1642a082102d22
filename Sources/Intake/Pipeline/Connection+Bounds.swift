import FunctionStack
import Storage

extension Connection {
    /// Runs a stack so that a statement of SQL ends with the run's time, as the stack itself does between its own, and
    /// with its share of the writer's thread.
    ///
    /// - Parameter end: by the clock that never jumps, in milliseconds.
    func bounding<Result>(until end: Int64, _ share: WriterShare? = nil, _ body: () throws -> Result) rethrows -> Result {
        // Every millisecond or so; a share is counted more finely.
        let interval: Int32 = share == nil ? 50_000 : 5_000
        setProgressHandler(every: interval) {
            if let share, !share.take(Int(interval)) { return true }
            return Clock.monotonic() > end
        }
        defer { removeProgressHandler() }
        return try body()
    }
}

extension RunLimits {
    /// When a run that begins now has to end, by the clock that never jumps.
    var end: Int64 {
        let (end, overflow) = Clock.monotonic().addingReportingOverflow(milliseconds)
        return overflow ? .max : end
    }
}

extension WriterShare {
    /// Of a stack that runs on the writer's thread as a whole: a few tenths of a second. One that takes more runs again
    /// on a worker.
    static func ofStack() -> WriterShare { WriterShare(maximum: 2_000_000) }

    /// Of one `db.transaction` of a stack on a worker, which is undone when it takes more.
    static func ofTransaction() -> WriterShare { WriterShare(maximum: 10_000_000) }
}
