/// How far a signed timestamp may lie from the time of receipt.
struct ReplayWindow: Sendable {
    /// Seconds.
    let tolerance: Int64

    /// In whole seconds where the sender counts in seconds: it has cut its own fraction off.
    ///
    /// - Parameter time: of receipt, in milliseconds since 1970.
    func check(_ moment: SignedTimestamp.Moment, at time: Int64) throws(Refusal) {
        let received = moment.isWholeSecond ? time / 1000 * 1000 : time
        // Neither can overflow: a timestamp has 15 digits, and a second more than that is below 2^63.
        let (age, overflow) = received.subtractingReportingOverflow(moment.milliseconds)
        guard !overflow else { throw Refusal(.stale(age: .max, tolerance: tolerance)) }
        if age > tolerance * 1000 { throw Refusal(.stale(age: age / 1000, tolerance: tolerance)) }
        if age < -tolerance * 1000 { throw Refusal(.early(ahead: -(age / 1000), tolerance: tolerance)) }
    }
}
