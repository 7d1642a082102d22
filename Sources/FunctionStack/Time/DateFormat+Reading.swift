package import Values

extension DateFormat {
    /// Reads a time that is written by a format, with the letters of PHP's `DateTime::createFromFormat`. Nil if the text
    /// is not so written.
    ///
    /// What the format does not name is taken from now; but if it names any part of the time of day, the other parts of
    /// it are zero. `!` sets all to 1970, `|` what has not been read by then.
    package static func milliseconds(_ text: Text, format: Text, now: Int64, zone: Zone) -> Int64? {
        guard text.byteCount <= 1_024, format.byteCount <= 1_024 else { return nil }
        var reader = DateFormatReader(text: text.bytes)
        var isEscaped = false
        for letter in format.bytes {
            if isEscaped {
                guard reader.skip(letter) else { return nil }
                isEscaped = false
            } else if letter == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                guard reader.read(letter) else { return nil }
            }
        }
        guard reader.isAtEnd else { return nil }
        return reader.milliseconds(now: now, zone: zone)
    }
}

private struct DateFormatReader {
    let text: [UInt8]
    var index = 0
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var dayOfYear: Int?
    private var weekday: Int?
    private var hour: Int?
    private var minute: Int?
    private var second: Int?
    private var millisecond: Int?
    private var isAfternoon: Bool?
    private var seconds: Int?
    private var zone: Zone?
    private var resetsRest = false
    private var ignoresRest = false

    init(text: [UInt8]) {
        self.text = text
    }

    var isAtEnd: Bool { ignoresRest || index == text.count }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func read(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "d"), UInt8(ascii: "j"): return number(1...2, 1...31, \.day)
        case UInt8(ascii: "z"): return number(1...3, 0...365, \.dayOfYear)
        case UInt8(ascii: "m"), UInt8(ascii: "n"): return number(1...2, 1...12, \.month)
        case UInt8(ascii: "Y"): return number(1...4, 0...9_999, \.year)
        case UInt8(ascii: "X"), UInt8(ascii: "x"):
            let isNegative = skip(UInt8(ascii: "-"))
            if !isNegative { _ = skip(UInt8(ascii: "+")) }
            guard number(1...6, 0...275_000, \.year) else { return false }
            if isNegative { year = year.map { -$0 } }
        case UInt8(ascii: "y"):
            guard number(2...2, 0...99, \.year) else { return false }
            year = year.map { $0 < 70 ? 2_000 + $0 : 1_900 + $0 }
        case UInt8(ascii: "M"), UInt8(ascii: "F"):
            month = CalendarWords.month(word()[...])
            return month != nil
        case UInt8(ascii: "D"), UInt8(ascii: "l"):
            weekday = CalendarWords.weekday(word()[...])
            return weekday != nil
        case UInt8(ascii: "S"):
            let suffix = word(atMost: 2)
            return ["st", "nd", "rd", "th"].contains { suffix.elementsEqual($0.utf8) }
        case UInt8(ascii: "g"), UInt8(ascii: "h"): return number(1...2, 1...12, \.hour)
        case UInt8(ascii: "G"), UInt8(ascii: "H"): return number(1...2, 0...24, \.hour)
        case UInt8(ascii: "i"): return number(2...2, 0...59, \.minute)
        case UInt8(ascii: "s"): return number(2...2, 0...59, \.second)
        case UInt8(ascii: "a"), UInt8(ascii: "A"): return meridian()
        case UInt8(ascii: "u"): return fraction(digits: 6)
        case UInt8(ascii: "v"): return fraction(digits: 3)
        case UInt8(ascii: "U"): return secondsSince1970()
        case UInt8(ascii: "e"), UInt8(ascii: "T"), UInt8(ascii: "O"), UInt8(ascii: "P"), UInt8(ascii: "p"): return readZone()
        default: return readSeparator(letter)
        }
        return true
    }

    private mutating func readSeparator(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: " "):
            while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        case UInt8(ascii: "?"):
            guard index < text.count else { return false }
            index += 1
        case UInt8(ascii: "*"):
            while index < text.count, !" ,;:/.\\()-0123456789".utf8.contains(text[index]) { index += 1 }
        case UInt8(ascii: "#"):
            guard index < text.count, ";:/.,-()".utf8.contains(text[index]) else { return false }
            index += 1
        case UInt8(ascii: "+"): ignoresRest = true
        case UInt8(ascii: "!"):
            (year, month, day, hour, minute, second, millisecond, zone) = (1970, 1, 1, 0, 0, 0, 0, nil)
        case UInt8(ascii: "|"): resetsRest = true
        default: return skip(letter)
        }
        return true
    }

    func milliseconds(now: Int64, zone defaultZone: Zone) -> Int64? {
        let zone = zone ?? defaultZone
        if let seconds { return check(seconds * 1_000 + (millisecond ?? 0)) }
        let here = zone.civilTime(at: Int(now).dividedDown(by: 1_000).quotient)
        let namesTime = hour != nil || minute != nil || second != nil || millisecond != nil || resetsRest
        var civil = here
        civil.year = year ?? (resetsRest ? 1970 : here.year)
        civil.month = month ?? (resetsRest ? 1 : here.month)
        civil.day = day ?? (resetsRest ? 1 : here.day)
        if let dayOfYear { (civil.month, civil.day) = (1, dayOfYear + 1) }
        if namesTime {
            civil.hour = hour ?? 0
            civil.minute = minute ?? 0
            civil.second = second ?? 0
        }
        if let isAfternoon { civil.hour = civil.hour % 12 + (isAfternoon ? 12 : 0) }
        // Another weekday than the date's is the next such day.
        if let weekday { civil.day += (weekday - civil.normalized.weekday + 7) % 7 }
        let thousandths = namesTime ? millisecond ?? 0 : Int(now).dividedDown(by: 1_000).remainder
        return check(zone.seconds(of: civil) * 1_000 + thousandths)
    }

    private func check(_ milliseconds: Int) -> Int64? {
        Timestamp.range.contains(Int64(milliseconds)) ? Int64(milliseconds) : nil
    }

    private mutating func number(
        _ digits: ClosedRange<Int>, _ range: ClosedRange<Int>, _ field: WritableKeyPath<DateFormatReader, Int?>
    ) -> Bool {
        let found = text[index...].prefix(digits.upperBound).prefix(while: \.isDigit)
        let value = found.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard found.count >= digits.lowerBound, range.contains(value) else { return false }
        self[keyPath: field] = value
        index += found.count
        return true
    }

    /// In lower case.
    private mutating func word(atMost count: Int = 12) -> [UInt8] {
        let word = text[index...].prefix(count).prefix { $0.isASCIILetter }
        index += word.count
        return word.map { $0 | 0x20 }
    }

    private mutating func meridian() -> Bool {
        let letters = word(atMost: 2)
        guard letters.count == 2, letters[1] == UInt8(ascii: "m") else { return false }
        isAfternoon = letters[0] == UInt8(ascii: "p")
        return letters[0] == UInt8(ascii: "p") || letters[0] == UInt8(ascii: "a")
    }

    private mutating func fraction(digits: Int) -> Bool {
        let found = text[index...].prefix(digits).prefix(while: \.isDigit)
        guard !found.isEmpty else { return false }
        index += found.count
        millisecond = (found.prefix(3) + [0x30, 0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return true
    }

    private mutating func secondsSince1970() -> Bool {
        let isNegative = skip(UInt8(ascii: "-"))
        let found = text[index...].prefix(13).prefix(while: \.isDigit)
        guard !found.isEmpty else { return false }
        index += found.count
        let value = found.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        seconds = isNegative ? -value : value
        return true
    }

    private mutating func readZone() -> Bool {
        let word = text[index...].prefix {
            $0.isASCIIAlphanumeric || [0x2f, 0x5f, 0x2d, 0x2b].contains($0) || $0 == UInt8(ascii: ":")
        }
        guard word.count <= 64, let found = Zone.known(String(decoding: word, as: UTF8.self)) else { return false }
        zone = found
        index += word.count
        return true
    }
}
