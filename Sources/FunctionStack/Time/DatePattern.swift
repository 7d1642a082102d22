/// One way to write a date or a time of day, as a row of elements.
///
/// The text form of a pattern has a letter for each element; anything else stands for itself:
///
///     Y  year of four digits, maybe signed   X  the same without a sign
///     y  year of one to four digits          2  year of two digits
///     M  month of two digits      m  month of one or two digits
///     b  month by name            B  month by its name of three letters
///     D  day of two digits        d  day of one or two digits, maybe `1st`
///     J  day of the year, three digits   W  week of ISO 8601, two digits   w  its day, one digit
///     H  hour of two digits       h  hour of one or two digits      g  hour from 1 to 12
///     I  minute of two digits     i  minute of one or two digits
///     S  second of two digits     s  second of one or two digits    f  its fraction
///     p  am or pm                 t  nothing or a T                 :  colon or point
///     _  nothing or spaces        ~  any of space, point, minus     ,  one or more of space, comma, point, ending
///     ?  a minus or nothing       !  a T                            %  a W
struct DatePattern: Sendable {
    /// What was read. Nil where the pattern says nothing.
    struct Fields {
        var year: Int?
        var month: Int?
        var day: Int?
        var hour: Int?
        var minute: Int?
        var second: Int?
        /// Thousandths.
        var millisecond: Int?
        var dayOfYear: Int?
        var week: Int?
        var weekday: Int?
        var isAfternoon: Bool?
    }

    private let elements: [UInt8]

    init(_ text: String) {
        elements = Array(text.utf8)
    }

    /// Matches the beginning of `text`, which is in lower case, from `start` on, and says where the match ends.
    func match(_ text: [UInt8], from start: Int) -> (fields: Fields, end: Int)? {
        var matcher = DatePatternMatcher(text: text, index: start)
        for element in elements {
            guard matcher.match(element) else { return nil }
        }
        // Digits that go on mean something else.
        if matcher.index < text.count, text[matcher.index].isDigit, text[matcher.index - 1].isDigit { return nil }
        return matcher.index > start ? (matcher.fields, matcher.index) : nil
    }
}

extension UInt8 {
    var isDigit: Bool { 0x30...0x39 ~= self }
}

private struct DatePatternMatcher {
    let text: [UInt8]
    var index: Int
    var fields = DatePattern.Fields()

    init(text: [UInt8], index: Int) {
        self.text = text
        self.index = index
    }

    mutating func match(_ element: UInt8) -> Bool {
        switch element {
        case UInt8(ascii: "Y"), UInt8(ascii: "X"), UInt8(ascii: "y"), UInt8(ascii: "2"): year(element)
        case UInt8(ascii: "M"): number(2...2, 0...12, \.month)
        case UInt8(ascii: "m"): number(1...2, 0...12, \.month)
        case UInt8(ascii: "b"), UInt8(ascii: "B"): monthName(onlyShort: element == UInt8(ascii: "B"))
        case UInt8(ascii: "D"): number(2...2, 0...31, \.day)
        case UInt8(ascii: "d"): day()
        case UInt8(ascii: "J"): number(3...3, 1...366, \.dayOfYear)
        case UInt8(ascii: "W"): number(2...2, 1...53, \.week)
        case UInt8(ascii: "w"): number(1...1, 0...7, \.weekday)
        case UInt8(ascii: "H"): number(2...2, 0...24, \.hour)
        case UInt8(ascii: "h"): number(1...2, 0...24, \.hour)
        case UInt8(ascii: "g"): number(1...2, 1...12, \.hour)
        case UInt8(ascii: "I"): number(2...2, 0...59, \.minute)
        case UInt8(ascii: "i"): number(1...2, 0...59, \.minute)
        case UInt8(ascii: "S"): number(2...2, 0...60, \.second)
        case UInt8(ascii: "s"): number(1...2, 0...60, \.second)
        case UInt8(ascii: "f"): fraction()
        case UInt8(ascii: "p"): meridian()
        default: separator(element)
        }
    }

    private mutating func separator(_ element: UInt8) -> Bool {
        switch element {
        case UInt8(ascii: "t"):
            if index < text.count, text[index] == UInt8(ascii: "t") { index += 1 }
            return true
        case UInt8(ascii: ":"): return skip(1...1) { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        case UInt8(ascii: "_"): return skip(0...8) { $0 == 0x20 || $0 == 0x09 }
        case UInt8(ascii: "~"): return skip(0...8) { [0x20, 0x09, 0x2e, 0x2d].contains($0) }
        case UInt8(ascii: "!"): return skip(1...1) { $0 == UInt8(ascii: "t") }
        case UInt8(ascii: "%"): return skip(1...1) { $0 == UInt8(ascii: "w") }
        case UInt8(ascii: "?"): return skip(0...1) { $0 == UInt8(ascii: "-") }
        case UInt8(ascii: ","):
            // A day may end in st, nd, rd or th.
            return index == text.count || skip(1...8) { " \t,.stndrh".utf8.contains($0) }
        default: return skip(1...1) { $0 == element }
        }
    }

    private mutating func skip(_ count: ClosedRange<Int>, _ isOne: (UInt8) -> Bool) -> Bool {
        let start = index
        while index < text.count, index - start < count.upperBound, isOne(text[index]) { index += 1 }
        return index - start >= count.lowerBound
    }

    private mutating func number(
        _ digits: ClosedRange<Int>, _ range: ClosedRange<Int>, _ field: WritableKeyPath<DatePattern.Fields, Int?>
    ) -> Bool {
        var value = 0
        let start = index
        while index < text.count, index - start < digits.upperBound, text[index].isDigit {
            let next = value * 10 + Int(text[index] - 0x30)
            // A second digit that leads beyond the range belongs to what follows.
            if index - start >= digits.lowerBound, next > range.upperBound { break }
            value = next
            index += 1
        }
        guard index - start >= digits.lowerBound, range.contains(value) else { return false }
        fields[keyPath: field] = value
        return true
    }

    private mutating func year(_ element: UInt8) -> Bool {
        var sign = 1
        if element == UInt8(ascii: "Y"), index < text.count, text[index] == 0x2b || text[index] == 0x2d {
            sign = text[index] == 0x2d ? -1 : 1
            index += 1
        }
        let start = index
        let digits = element == UInt8(ascii: "y") ? 1...4 : element == UInt8(ascii: "2") ? 2...2 : 4...4
        guard number(digits, 0...9_999, \.year), let year = fields.year else { return false }
        // Years of less than four digits are those around the turn of the century.
        let isShort = index - start < 4 && year < 100
        fields.year = isShort ? (year < 70 ? 2_000 : 1_900) + year : sign * year
        return true
    }

    private mutating func day() -> Bool {
        guard number(1...2, 0...31, \.day) else { return false }
        let rest = text[index...].prefix(2)
        if ["st", "nd", "rd", "th"].contains(where: { rest.elementsEqual($0.utf8) }) { index += 2 }
        return true
    }

    private mutating func monthName(onlyShort: Bool) -> Bool {
        let word = text[index...].prefix { $0.isASCIILetter }
        guard let month = CalendarWords.month(word), !onlyShort || word.count == 3 else { return false }
        fields.month = month
        index += word.count
        return true
    }

    /// Digits behind the point beyond the third are cut off.
    private mutating func fraction() -> Bool {
        guard index + 1 < text.count, [0x2e, 0x2c, 0x3a].contains(text[index]), text[index + 1].isDigit else {
            return false
        }
        index += 1
        var scale = 100
        var value = 0
        while index < text.count, text[index].isDigit {
            value += Int(text[index] - 0x30) * scale
            scale /= 10
            index += 1
        }
        fields.millisecond = value
        return true
    }

    private mutating func meridian() -> Bool {
        guard index < text.count, text[index] == UInt8(ascii: "a") || text[index] == UInt8(ascii: "p") else { return false }
        fields.isAfternoon = text[index] == UInt8(ascii: "p")
        index += 1
        if index < text.count, text[index] == UInt8(ascii: ".") { index += 1 }
        guard index < text.count, text[index] == UInt8(ascii: "m") else { return false }
        index += 1
        if index < text.count, text[index] == UInt8(ascii: ".") { index += 1 }
        return index == text.count || !text[index].isASCIIAlphanumeric
    }
}
