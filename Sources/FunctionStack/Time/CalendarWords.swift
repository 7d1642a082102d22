/// The English words of dates.
enum CalendarWords {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    private static let monthNumbers: [String: Int] = {
        var numbers = ["sept": 9]
        for (index, name) in months.enumerated() {
            numbers[name.lowercased()] = index + 1
            numbers[String(name.lowercased().prefix(3))] = index + 1
        }
        for (index, name) in ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"].enumerated() {
            numbers[name] = index + 1
        }
        return numbers
    }()

    private static let weekdayNumbers: [String: Int] = {
        var numbers: [String: Int] = ["tues": 2, "wednes": 3, "thur": 4, "thurs": 4]
        for (index, name) in weekdays.enumerated() {
            let name = name.lowercased()
            for form in [name, name + "s", String(name.prefix(3))] { numbers[form] = index }
        }
        return numbers
    }()

    private static let units: [String: RelativeTime.Unit] = {
        var units: [String: RelativeTime.Unit] = [
            "ms": .millisecond, "msec": .millisecond, "millisecond": .millisecond, "sec": .second, "second": .second,
            "min": .minute, "minute": .minute, "hour": .hour, "day": .day, "week": .week, "fortnight": .fortnight,
            "forthnight": .fortnight, "month": .month, "year": .year, "weekday": .workday,
        ]
        for (name, unit) in units where name != "ms" { units[name + "s"] = unit }
        return units
    }()

    private static let ordinals: [String: Int] = [
        "first": 1, "next": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eight": 8,
        "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "last": -1, "previous": -1, "this": 0,
    ]

    /// From 1; by its name, the first three letters of it, or in Roman digits. In lower case, as all words here.
    static func month(_ word: ArraySlice<UInt8>) -> Int? {
        word.count <= 9 ? monthNumbers[String(decoding: word, as: UTF8.self)] : nil
    }

    /// From 0 for Sunday.
    static func weekday(_ word: ArraySlice<UInt8>) -> Int? {
        word.count <= 10 ? weekdayNumbers[String(decoding: word, as: UTF8.self)] : nil
    }

    static func unit(_ word: ArraySlice<UInt8>) -> RelativeTime.Unit? {
        word.count <= 12 ? units[String(decoding: word, as: UTF8.self)] : nil
    }

    /// `first` to `twelfth`, `next`, `last`, `previous`, `this`.
    static func ordinal(_ word: ArraySlice<UInt8>) -> Int? {
        word.count <= 8 ? ordinals[String(decoding: word, as: UTF8.self)] : nil
    }
}
