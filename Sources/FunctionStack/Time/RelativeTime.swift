/// What a phrase adds to a time: units, a weekday to go to, a day of the month.
struct RelativeTime {
    enum Unit: Sendable {
        case millisecond, second, minute, hour, day, week, fortnight, month, year
        /// Monday to Friday.
        case workday
    }

    /// How a weekday is gone to from the day reached so far.
    enum WeekdaySearch {
        /// That day itself counts: `friday`, `this friday`.
        case today
        /// That day itself does not count: `next friday`.
        case afterToday
        /// Within the week, from Monday to Sunday: `friday next week`.
        case withinWeek
    }

    enum DayOfMonth {
        case first, last
        /// `second monday of`
        case weekday
        /// `last monday of`
        case lastWeekday
    }

    var milliseconds = 0
    var seconds = 0
    var minutes = 0
    var hours = 0
    var days = 0
    var months = 0
    var years = 0
    var workdays: Int?
    /// From 0 for Sunday; below zero: backwards, by `ago`.
    var weekday: Int?
    var search = WeekdaySearch.today
    var dayOfMonth: DayOfMonth?

    /// False if the sum leaves the range of what times can be.
    mutating func add(_ amount: Int, _ unit: Unit) -> Bool {
        switch unit {
        case .millisecond: Self.add(amount, to: &milliseconds, limit: 20_000_000_000_000_000)
        case .second: Self.add(amount, to: &seconds, limit: 20_000_000_000_000)
        case .minute: Self.add(amount, to: &minutes, limit: 300_000_000_000)
        case .hour: Self.add(amount, to: &hours, limit: 6_000_000_000)
        case .day: Self.add(amount, to: &days, limit: 250_000_000)
        case .week: Self.add(amount, times: 7, to: &days, limit: 250_000_000)
        case .fortnight: Self.add(amount, times: 14, to: &days, limit: 250_000_000)
        case .month: Self.add(amount, to: &months, limit: 8_000_000)
        case .year: Self.add(amount, to: &years, limit: 600_000)
        case .workday: setWorkdays(amount)
        }
    }

    /// `ago`: everything said so far the other way.
    mutating func reverse() {
        milliseconds = -milliseconds
        seconds = -seconds
        minutes = -minutes
        hours = -hours
        days = -days
        months = -months
        years = -years
        workdays = workdays.map { -$0 }
        weekday = weekday.map { $0 == 0 ? -7 : -$0 }
    }

    /// The day reached from `date`. Its time of day stays.
    func date(from date: CivilTime) -> CivilTime {
        var date = date
        var months = months
        switch dayOfMonth {
        case .weekday, .lastWeekday:
            date.day = 1
            date.month += months + (dayOfMonth == .lastWeekday ? 1 : 0)
            months = 0
        // The 31st of February would be a day of March.
        case .first, .last: date.day = 1
        case nil: break
        }
        if let weekday { date.day += daysToWeekday(weekday, from: date.normalized.weekday) }
        date = date.normalized
        date.day += days
        date.month += months
        date.year += years
        switch dayOfMonth {
        case .first:
            date.day = 1
        case .last:
            date.day = 0
            date.month += 1
        case .weekday, .lastWeekday, nil: break
        }
        date = date.normalized
        if let workdays { date.day += Self.daysOfWork(workdays, from: date.weekday) }
        return date.normalized
    }

    /// Hours, minutes, seconds and milliseconds, which go by the clock of physics, in milliseconds.
    var elapsed: Int {
        ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds
    }

    private func daysToWeekday(_ weekday: Int, from today: Int) -> Int {
        if search == .withinWeek {
            // The week goes from Monday to Sunday.
            return (weekday == 0 ? 7 : weekday) - (today == 0 ? 7 : today)
        }
        guard weekday >= 0 else { return -(7 - (-weekday - today)) }
        let difference = weekday - today
        let isPassed = days < 0 ? difference < 0 : difference <= (search == .afterToday ? 0 : -1)
        return isPassed ? difference + 7 : difference
    }

    /// The days that so many days from Monday to Friday take.
    private static func daysOfWork(_ count: Int, from weekday: Int) -> Int {
        var days = count / 5 * 7
        var rest = count % 5
        var weekday = weekday
        let step = count >= 0 ? 1 : -1
        if rest == 0, weekday == 0 || weekday == 6 {
            // From a weekend on, whole weeks end at its last day of work.
            return days + (step > 0 ? (weekday == 6 ? -1 : -2) : (weekday == 6 ? 2 : 1))
        }
        while rest != 0 {
            days += step
            weekday = (weekday + step + 7) % 7
            if weekday != 0, weekday != 6 { rest -= step }
        }
        return days
    }

    private mutating func setWorkdays(_ amount: Int) -> Bool {
        workdays = amount
        return -180_000_000...180_000_000 ~= amount
    }

    private static func add(_ amount: Int, times factor: Int = 1, to sum: inout Int, limit: Int) -> Bool {
        let (product, overflow) = amount.multipliedReportingOverflow(by: factor)
        let (result, carry) = sum.addingReportingOverflow(product)
        guard !overflow, !carry, -limit...limit ~= result else { return false }
        sum = result
        return true
    }
}
