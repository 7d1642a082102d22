/// How often and how far apart a queued event is tried.
package struct RetryPolicy: Sendable, Equatable {
    /// From 1 to 100.
    package var attempts: Int
    /// Milliseconds from the first attempt to the last.
    package var span: Int64

    package init(attempts: Int, span: Int64) {
        self.attempts = min(max(1, attempts), 100)
        self.span = max(0, span)
    }

    /// 10 attempts over 3 days.
    package static let standard = RetryPolicy(attempts: 10, span: 3 * 24 * 3600 * 1000)

    /// Each wait is three times the one before it, and together they make up the span; each is then lengthened or
    /// shortened by up to a fifth, so that events which failed together do not come back together.
    /// - Parameters:
    ///   - attempt: the number of the attempt that just failed, from 1.
    ///   - now: milliseconds since 1970.
    /// - Returns: when the next one is due; nil if that was the last.
    package func nextDue(
        after attempt: Int, at now: Int64, random: inout some RandomNumberGenerator
    ) -> Int64? {
        let attempt = max(1, attempt)
        guard attempt < attempts else { return nil }
        // The sum of 1, 3, 9, … is (3ⁿ − 1) / 2.
        var units = 0.0
        var unit = 1.0
        var wait = 1.0
        for number in 1..<attempts {
            units += unit
            if number == attempt { wait = unit }
            unit *= 3
        }
        // 53 random bits as a fraction of 1.
        let jitter = 0.8 + 0.4 * Double(random.next() >> 11) / 9_007_199_254_740_992
        let milliseconds = Double(span) / units * wait * jitter
        return now &+ Int64(min(max(1, milliseconds), 1e15))
    }
}
