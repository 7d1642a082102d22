import FunctionStack
import Storage

extension Connection {
    /// Runs a stack so that a statement of SQL ends with the run's time, as the stack itself does between its own.
    func limitingTime<Result>(_ limits: RunLimits = RunLimits(), _ body: () throws -> Result) rethrows -> Result {
        let (end, overflow) = Clock.monotonic().addingReportingOverflow(limits.milliseconds)
        // Every millisecond or so.
        setProgressHandler(every: 50_000) { !overflow && Clock.monotonic() > end }
        defer { removeProgressHandler() }
        return try body()
    }
}
