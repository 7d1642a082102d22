import FunctionStack
import Values

/// Dates from what a stack gives for them.
enum DateValue {
    /// `YYYY-MM-DD`: the date with which the text begins, or the day of a timestamp in UTC. Nil for anything else.
    static func date(_ value: Value, now: Int64) -> Text? {
        if case .text(let text) = value, isDate(text.bytes.prefix(11)) { return checked(text) }
        guard let time = Timestamp.milliseconds(of: value, now: now) else { return nil }
        let day = CivilTime(secondsSince1970: Int(time.dividedDown(by: 1_000)))
        guard (0...9_999).contains(day.year) else { return nil }
        return Text(digits(day.year, 4) + "-" + digits(day.month, 2) + "-" + digits(day.day, 2))
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    /// Whether a date is written there, perhaps with a time after it.
    private static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        return bytes.count == 10 || bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ")
    }

    /// The date, if the calendar has it.
    private static func checked(_ text: Text) -> Text? {
        let bytes = text.bytes.prefix(10)
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            (1...12).contains(month), (1...CivilTime.daysInMonth(year: year, month: month)).contains(day)
        else { return nil }
        return Text(bytes: Array(bytes))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}

extension Int64 {
    /// The quotient, rounded towards the smaller number.
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
