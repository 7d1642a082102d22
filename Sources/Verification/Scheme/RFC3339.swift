/// Times as text: `2026-01-31T12:00:00.5+01:00` (RFC 3339 section 5.6), in capitals, with 1 to 9 digits of fraction.
///
/// Such a text shows by itself where it begins and where it ends, so nothing of what is signed beside it can move in.
enum RFC3339 {
    static func parse(_ text: [UInt8]) -> SignedTimestamp.Moment? {
        var reader = Reader(rest: text[...])
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("T"), let hour = reader.number(2), reader.skip(":"),
            let minute = reader.number(2), reader.skip(":"), let second = reader.number(2),
            (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        guard let fraction = reader.fraction(), let offset = reader.offset(), reader.rest.isEmpty else { return nil }
        let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset
        let milliseconds = Int64(minutes * 60 + second) * 1000 + Int64(fraction.milliseconds)
        return SignedTimestamp.Moment(milliseconds: milliseconds, isWholeSecond: !fraction.isThere)
    }

    static func text(seconds: Int64) -> [UInt8] {
        var days = Int(seconds / 86_400)
        let second = Int(seconds % 86_400)
        var year = 1970
        while days >= length(ofYear: year) {
            days -= length(ofYear: year)
            year += 1
        }
        var month = 1
        while days >= length(ofMonth: month, year) {
            days -= length(ofMonth: month, year)
            month += 1
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(days + 1, 2))"
        let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        return Array("\(date)T\(time)Z".utf8)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    private static func length(ofYear year: Int) -> Int { isLeap(year) ? 366 : 365 }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let before = year - 1
        let leaps = before / 4 - before / 100 + before / 400
        let monthDays = (1..<month).reduce(0) { $0 + length(ofMonth: $1, year) }
        return before * 365 + leaps + monthDays + day - 1 - 719_162
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension RFC3339 {
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(_ count: Int) -> Int? {
            guard rest.count >= count, let number = ASCIIDigits.value(rest.prefix(count)) else { return nil }
            rest.removeFirst(count)
            return Int(number)
        }

        /// nil if there is a point without digits, or with more than nine.
        mutating func fraction() -> (milliseconds: Int, isThere: Bool)? {
            guard skip(".") else { return (0, false) }
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            rest.removeFirst(digits.count)
            let three = (Array(digits) + [UInt8(ascii: "0"), UInt8(ascii: "0")]).prefix(3)
            return ASCIIDigits.value(three).map { (Int($0), true) }
        }

        /// Minutes ahead of UTC.
        mutating func offset() -> Int? {
            if skip("Z") { return 0 }
            let isAhead = skip("+")
            guard isAhead || skip("-"), let hour = number(2), skip(":"), let minute = number(2), hour < 24, minute < 60
            else { return nil }
            return isAhead ? hour * 60 + minute : -(hour * 60 + minute)
        }
    }
}
