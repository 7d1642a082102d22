import Values

/// A time in words or digits, as PHP's `strtotime` reads it: `2024-02-29T12:30:45Z`, `29 Feb 2024 4pm`, `+1 week`,
/// `last day of february noon`, `monday next week`.
///
/// Words are read one after the other, the longest that has a meaning first. What is not said is taken from the
/// time of the run, but for the time of day where a date or a weekday is given: that is midnight then.
struct DatePhrase {
    private(set) var year: Int?
    private(set) var month: Int?
    private(set) var day: Int?
    /// In milliseconds from midnight; nil: that of now.
    private(set) var timeOfDay: Int?
    private(set) var zone: Zone?
    private(set) var relative = RelativeTime()
    private var hasDate = false
    private var hasTime = false
    private var hasRelative = false

    /// Nil if some of the text has no meaning, or if a date or a time of day is said twice.
    init?(_ text: Text) {
        guard text.byteCount <= 256, let string = text.validString else { return nil }
        let original = Array(string.utf8)
        // No change of letter case beyond ASCII: the lengths must agree.
        let lower = original.map { 0x41...0x5a ~= $0 ? $0 | 0x20 : $0 }
        var index = 0
        while true {
            while index < lower.count, Self.isSeparator(lower[index]) { index += 1 }
            guard index < lower.count else { break }
            guard let token = DateToken.longest(in: lower, original: original, from: index), apply(token.kind) else {
                return nil
            }
            index = token.end
        }
        guard hasDate || hasTime || hasRelative || year != nil else { return nil }
    }

    /// The time that is meant, in milliseconds since 1970; nil if it is beyond what can be.
    func milliseconds(now: Int64, zone defaultZone: Zone) -> Int64? {
        let zone = zone ?? defaultZone
        let (nowSeconds, nowMilliseconds) = Int(now).dividedDown(by: 1_000)
        let here = zone.civilTime(at: nowSeconds)
        var date = here
        date.year = year ?? here.year
        date.month = month ?? here.month
        date.day = day ?? here.day
        let isWithoutTime = hasDate && !hasTime
        let time = isWithoutTime ? timeOfDay ?? 0 : timeOfDay
        if let time {
            date.hour = 0
            date.minute = 0
            date.second = time / 1_000
        }
        date = relative.date(from: date)
        // The same reading on the wall as now is now, also in an hour that comes twice.
        let seconds = date == here ? nowSeconds : zone.seconds(of: date)
        let result = seconds * 1_000 + (time.map { $0 % 1_000 } ?? nowMilliseconds) + relative.elapsed
        return Timestamp.range.contains(Int64(result)) ? Int64(result) : nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x20 || 0x09...0x0d ~= byte || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".")
    }

    /// False where the token cannot stand.
    private mutating func apply(_ kind: DateToken.Kind) -> Bool {
        hasRelative = hasRelative || kind.isRelative
        switch kind {
        case .now: return true
        case .midnight: dropTime()
        case .noon:
            dropTime()
            return setTime(43_200_000)
        case .day(let days):
            dropTime()
            relative.days = days
        case .ago: relative.reverse()
        case .amount(let amount, let unit): return relative.add(amount, unit)
        case .amountOfWeekdays(let amount, let weekday):
            return goTo(weekday, weeks: amount > 0 ? amount - 1 : amount, .today)
        case .weekday(let weekday):
            dropTime()
            return goTo(weekday, weeks: 0, relative.search == .withinWeek ? .withinWeek : .today)
        case .ordinalWeekday(let amount, let weekday):
            dropTime()
            return goTo(weekday, weeks: amount > 0 ? amount - 1 : amount, amount == 0 ? .today : .afterToday)
        case .ordinalWorkday(let amount):
            dropTime()
            return relative.add(amount, .workday)
        case .ordinalWeekdayOfMonth(let amount, let weekday):
            dropTime()
            relative.dayOfMonth = amount > 0 ? .weekday : .lastWeekday
            return goTo(weekday, weeks: amount > 0 ? amount - 1 : amount, amount > 0 ? .today : .afterToday)
        case .week(let amount):
            if relative.weekday == nil { relative.weekday = 1 }
            relative.search = .withinWeek
            return relative.add(amount, .week)
        case .dayOfMonth(let day): relative.dayOfMonth = day
        case .zone(let zone):
            guard self.zone == nil else { return false }
            self.zone = zone
        case .comment: return zone != nil
        case .secondsSince1970(let seconds, let milliseconds):
            return setSeconds(seconds, milliseconds)
        case .fields(let fields, let use): return apply(fields, use)
        }
        return true
    }

    private mutating func goTo(_ weekday: Int, weeks: Int, _ search: RelativeTime.WeekdaySearch) -> Bool {
        relative.weekday = weekday
        relative.search = search
        return relative.add(weeks, .week)
    }

    private mutating func setSeconds(_ seconds: Int, _ milliseconds: Int) -> Bool {
        guard !hasDate, !hasTime, zone == nil else { return false }
        (year, month, day) = (1970, 1, 1)
        hasDate = true
        zone = .utc
        return setTime(0) && relative.add(seconds, .second) && relative.add(milliseconds, .millisecond)
    }

    private mutating func dropTime() {
        hasTime = false
        timeOfDay = 0
    }

    private mutating func setTime(_ milliseconds: Int) -> Bool {
        guard !hasTime else { return false }
        hasTime = true
        timeOfDay = milliseconds
        return true
    }

    private mutating func apply(_ fields: DatePattern.Fields, _ use: DateToken.Use) -> Bool {
        switch use {
        case .time: return setTime(fields.timeOfDay)
        case .timeOrYear:
            guard hasTime else { return setTime(fields.timeOfDay) }
            year = (fields.hour ?? 0) * 100 + (fields.minute ?? 0)
            return true
        case .year:
            year = fields.year
            return true
        case .date: return setDate(fields)
        case .dateAndTime: return setDate(fields) && setTime(fields.timeOfDay)
        }
    }

    private mutating func setDate(_ fields: DatePattern.Fields) -> Bool {
        guard !hasDate else { return false }
        hasDate = true
        if let week = fields.week, let weekYear = fields.year {
            let monday = CivilTime.monday(ofWeek: week, year: weekYear)
            let date = CivilTime(secondsSince1970: (monday + (fields.weekday ?? 1) - 1) * 86_400)
            (year, month, day) = (date.year, date.month, date.day)
        } else if let dayOfYear = fields.dayOfYear {
            (year, month, day) = (fields.year, 1, dayOfYear)
        } else {
            if let given = fields.year { year = given }
            month = fields.month
            // `February 2024` is its first day, `February` alone the day that today is.
            if let given = fields.day { day = given } else if fields.year != nil { day = 1 }
        }
        return true
    }
}

extension DatePattern.Fields {
    /// In milliseconds from midnight.
    var timeOfDay: Int {
        var hour = hour ?? 0
        if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
        return ((hour * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1_000 + (millisecond ?? 0)
    }
}
