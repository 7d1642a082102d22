/// The rule at the end of a zone's file, by which it goes on for ever: `EST5EDT,M3.2.0,M11.1.0` (POSIX, `TZ`, with
/// RFC 9636's hours up to 167).
struct ZoneRule: Sendable {
    /// A day of the year and a second of that day.
    struct Moment: Sendable {
        enum Day: Sendable {
            /// From 1 to 365; the leap day is never counted.
            case julian(Int)
            /// From 0 to 365.
            case ordinal(Int)
            /// The `week`-th (5: last) `weekday` of a month.
            case month(Int, week: Int, weekday: Int)
        }

        var day: Day
        var second = 7_200

        /// In seconds since 1970, as the clock on the wall counts.
        func seconds(in year: Int) -> Int {
            days(in: year) * 86_400 + second
        }

        private func days(in year: Int) -> Int {
            let start = CivilTime(year: year, month: 1, day: 1)
            switch day {
            case .julian(let day):
                return start.daysSince1970 + day - 1 + (start.isLeapYear && day >= 60 ? 1 : 0)
            case .ordinal(let day):
                return start.daysSince1970 + day
            case .month(let month, let week, let weekday):
                let first = CivilTime(year: year, month: month, day: 1)
                var day = (weekday - first.weekday + 7) % 7 + (week - 1) * 7
                while day >= first.daysInMonth { day -= 7 }
                return first.daysSince1970 + day
            }
        }
    }

    let standard: Zone.Setting
    /// The setting in summer, from one moment to the other.
    let daylight: (setting: Zone.Setting, start: Moment, end: Moment)?

    func setting(at seconds: Int) -> Zone.Setting {
        guard let daylight else { return standard }
        let year = CivilTime(secondsSince1970: seconds + standard.offset).year
        let start = daylight.start.seconds(in: year) - standard.offset
        let end = daylight.end.seconds(in: year) - daylight.setting.offset
        // In the south summer goes over the turn of the year.
        let isDaylight = start < end ? start <= seconds && seconds < end : seconds < end || start <= seconds
        return isDaylight ? daylight.setting : standard
    }

    /// Nil for an empty or a malformed text.
    init?(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard let name = scanner.name(), let offset = scanner.offset() else { return nil }
        standard = Zone.Setting(offset: -offset, isDaylight: false, abbreviation: name)
        guard !scanner.isAtEnd else {
            daylight = nil
            return
        }
        guard let name = scanner.name() else { return nil }
        var daylightOffset = standard.offset + 3_600
        if !scanner.isAt(UInt8(ascii: ",")) {
            guard let offset = scanner.offset() else { return nil }
            daylightOffset = -offset
        }
        guard let start = scanner.moment(), let end = scanner.moment(), scanner.isAtEnd else { return nil }
        daylight = (Zone.Setting(offset: daylightOffset, isDaylight: true, abbreviation: name), start, end)
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        var isAtEnd: Bool { index == bytes.count }

        func isAt(_ byte: UInt8) -> Bool { index < bytes.count && bytes[index] == byte }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard isAt(byte) else { return false }
            index += 1
            return true
        }

        /// `EST`, `<+03>`
        mutating func name() -> String? {
            let isQuoted = skip(UInt8(ascii: "<"))
            let start = index
            while index < bytes.count, isQuoted ? bytes[index] != UInt8(ascii: ">") : bytes[index].isASCIILetter {
                index += 1
            }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            guard name.utf8.count >= 3, !isQuoted || skip(UInt8(ascii: ">")) else { return nil }
            return name
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            var value = 0
            let start = index
            while index < bytes.count, index - start < 4, 0x30...0x39 ~= bytes[index] {
                value = value * 10 + Int(bytes[index] - 0x30)
                index += 1
            }
            return index > start && range.contains(value) ? value : nil
        }

        /// `-5:30:15`, in seconds.
        mutating func offset() -> Int? {
            let sign = skip(UInt8(ascii: "-")) ? -1 : 1
            _ = sign == 1 && skip(UInt8(ascii: "+"))
            guard let hours = number(0...167) else { return nil }
            var seconds = hours * 3_600
            for unit in [60, 1] where skip(UInt8(ascii: ":")) {
                guard let value = number(0...59) else { return nil }
                seconds += value * unit
            }
            return sign * seconds
        }

        /// `,M3.2.0/2`
        mutating func moment() -> Moment? {
            guard skip(UInt8(ascii: ",")), let day = day() else { return nil }
            guard skip(UInt8(ascii: "/")) else { return Moment(day: day) }
            guard let second = offset() else { return nil }
            return Moment(day: day, second: second)
        }

        private mutating func day() -> Moment.Day? {
            if skip(UInt8(ascii: "J")) { return number(1...365).map { .julian($0) } }
            guard skip(UInt8(ascii: "M")) else { return number(0...365).map { .ordinal($0) } }
            guard let month = number(1...12), skip(UInt8(ascii: ".")), let week = number(1...5),
                skip(UInt8(ascii: ".")), let weekday = number(0...6)
            else { return nil }
            return .month(month, week: week, weekday: weekday)
        }
    }
}

extension UInt8 {
    var isASCIILetter: Bool { 0x61...0x7a ~= self | 0x20 }
}
