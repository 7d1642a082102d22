/// When a task runs: once, or every so often from a moment on.
package struct TaskSchedule: Sendable, Equatable {
    /// Milliseconds since the epoch, as are all moments here.
    package var start: Int64
    /// Milliseconds from one run to the next; nil for a single run.
    package var period: Int64?
    /// No run is later than this.
    package var end: Int64?

    package init(start: Int64, period: Int64? = nil, end: Int64? = nil) {
        self.start = start
        self.period = period
        self.end = end
    }

    /// The first time that is later than a moment, or nil if there is none left.
    package func next(after moment: Int64) -> Int64? {
        var time = start
        if moment >= start {
            guard let period, period > 0 else { return nil }
            let (elapsed, isTooFar) = moment.subtractingReportingOverflow(start)
            guard !isTooFar else { return nil }
            let (added, overflow) = period.multipliedReportingOverflow(by: elapsed / period + 1)
            let (sum, isTooLate) = start.addingReportingOverflow(added)
            guard !overflow, !isTooLate else { return nil }
            time = sum
        }
        if let end, time > end { return nil }
        return time
    }
}
