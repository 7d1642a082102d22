/// A date and a time of day in the Gregorian calendar, extended to all years, without a zone.
///
/// The fields may be out of their range; `secondsSince1970` carries them over, as in the 35th of a month.
package struct CivilTime: Sendable, Equatable {
    package var year: Int
    /// From 1.
    package var month: Int
    /// From 1.
    package var day: Int
    package var hour = 0
    package var minute = 0
    package var second = 0

    package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// - Parameter seconds: since 1970, as a clock on the wall counts them.
    package init(secondsSince1970 seconds: Int) {
        let (days, rest) = seconds.dividedDown(by: 86_400)
        (year, month, day) = Self.date(daysSince1970: days)
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
    }

    package var secondsSince1970: Int {
        daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    }

    package var daysSince1970: Int {
        let (years, month) = (month - 1).dividedDown(by: 12)
        return Self.days(year: year + years, month: month + 1) + day - 1
    }

    /// 0 for Sunday.
    package var weekday: Int { (daysSince1970 + 4).dividedDown(by: 7).remainder }

    /// From 1.
    package var dayOfYear: Int { daysSince1970 - Self.days(year: year, month: 1) + 1 }

    package var isLeapYear: Bool { Self.isLeap(year) }

    package var daysInMonth: Int { Self.daysInMonth(year: year, month: month) }

    /// The week of ISO 8601, and the year to which it belongs.
    package var isoWeek: (year: Int, week: Int) {
        let weekday = (weekday + 6) % 7
        // The week belongs to the year that its Thursday is in.
        let thursday = CivilTime(secondsSince1970: (daysSince1970 - weekday + 3) * 86_400)
        return (thursday.year, (thursday.dayOfYear - 1) / 7 + 1)
    }

    /// The first day of a week of ISO 8601, in days since 1970.
    package static func monday(ofWeek week: Int, year: Int) -> Int {
        // The fourth of January always is in week 1.
        let fourth = CivilTime(year: year, month: 1, day: 4)
        return fourth.daysSince1970 - (fourth.weekday + 6) % 7 + (week - 1) * 7
    }

    /// The fields brought into their ranges.
    package var normalized: CivilTime { CivilTime(secondsSince1970: secondsSince1970) }

    package static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days from 1970 to the first of a month. Years are counted from March, so that the leap day is the last.
    private static func days(year: Int, month: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = year.dividedDown(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(daysSince1970 days: Int) -> (Int, Int, Int) {
        let (era, day) = (days + 719_468).dividedDown(by: 146_097)
        let yearOfEra = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}

extension Int {
    /// The quotient rounded down, and a remainder that is never negative.
    func dividedDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
