import Values
import XanoScript

extension RoutineLowering {
    /// The events of a task's schedule; what is wrong with one is reported, and it is left out.
    func lower(schedule: [ScheduledTask.Event]) -> [TaskSchedule] {
        schedule.compactMap { event in
            guard let start = moment(event.startsOn) else { return nil }
            var lowered = TaskSchedule(start: start)
            if let frequency = event.frequency {
                guard let period = period(frequency) else { return nil }
                lowered.period = period
            }
            if let end = event.endsOn {
                guard let moment = moment(end) else { return nil }
                lowered.end = moment
            }
            return lowered
        }
    }

    private func moment(_ expression: Expression) -> Int64? {
        // Relative words would mean another time at each load.
        if let constant = lower(expression).constant, constant.isWrittenMoment,
            let moment = Timestamp.milliseconds(of: constant, now: 0)
        {
            return moment
        }
        report(.type, expression.range, "a schedule needs a moment that does not move", remedy: "write 2026-01-01 08:00:00+0000")
        return nil
    }

    private func period(_ expression: Expression) -> Int64? {
        if case .integer(let seconds)? = lower(expression).constant, seconds > 0 {
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            if !overflow { return milliseconds }
        }
        report(.type, expression.range, "`freq` is a whole number of seconds, more than 0", remedy: "a day is 86400")
        return nil
    }
}

extension Value {
    /// A number, or text that begins with a date's digits.
    fileprivate var isWrittenMoment: Bool {
        switch self {
        case .integer: true
        case .text(let text): text.byteCount >= 10 && text.bytes.prefix(4).allSatisfy { (0x30...0x39).contains($0) }
        default: false
        }
    }
}
