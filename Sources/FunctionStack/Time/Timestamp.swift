package import Values

/// Times as the language has them: integers of milliseconds since 1970 in UTC.
package enum Timestamp {
    /// The times that can be: a hundred million days around 1970, as in JavaScript.
    package static let range: ClosedRange<Int64> = -8_640_000_000_000_000...8_640_000_000_000_000

    /// Reads a time: `now`, ISO 8601, what PHP's `strtotime` takes, or digits of milliseconds. Nil if it is none.
    ///
    /// - Parameters:
    ///   - now: what the text is relative to
    ///   - zone: where the text names none
    package static func parse(_ text: Text, now: Int64, zone: Zone = .utc) -> Int64? {
        if let time = text.withBytes({ ISOTimestamp.milliseconds($0, zone: zone) }) { return time }
        if let digits = Integer.parse(text), isMilliseconds(text) { return range.contains(digits) ? digits : nil }
        return DatePhrase(text)?.milliseconds(now: now, zone: zone)
    }

    /// The time that a value is: a number is one already, text is read. Nil for anything else, and for text that is none.
    package static func milliseconds(of value: Value, now: Int64, zone: Zone = .utc) -> Int64? {
        switch value {
        case .integer(let time): range.contains(time) ? time : nil
        case .decimal(let time): Int64(exactly: time.rounded(.towardZero)).flatMap { range.contains($0) ? $0 : nil }
        case .text(let text): parse(text, now: now, zone: zone)
        case .null, .boolean, .array, .object: nil
        }
    }

    /// Digits that are no date: `20240229` and `20240229123045` are one, and so are four digits.
    private static func isMilliseconds(_ text: Text) -> Bool {
        switch text.byteCount {
        case 0...6: false
        case 7, 8, 14: text.hasPrefix("-") || DatePhrase(text) == nil
        default: true
        }
    }
}
