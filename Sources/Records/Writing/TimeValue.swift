import FunctionStack
import Values

/// Timestamps and dates from what a stack gives for them.
enum TimeValue {
    /// Milliseconds since the epoch: a number as it is, text as the filter `to_timestamp` reads it (`"now"`,
    /// `"2026-01-31T12:00:00Z"`, `"-7 days"`). Nil for anything else.
    static func timestamp(_ value: Value, _ context: FilterContext) -> Int64? {
        switch value {
        case .boolean: return nil
        case .text(let text):
            if let number = NumericText.number(text) { return number.value.wholeNumber }
            if text == "now" { return context.clock() }
            guard let parsed = try? filter("to_timestamp", value, FilterArguments(), context) else { return nil }
            return parsed.wholeNumber
        default: return value.wholeNumber
        }
    }

    /// `YYYY-MM-DD`: the day of a timestamp in UTC, or that with which the text begins. Nil for anything else.
    static func date(_ value: Value, _ context: FilterContext) -> Text? {
        if case .text(let text) = value, let date = leadingDate(text) { return date }
        guard let time = timestamp(value, context) else { return nil }
        let format = FilterArguments("Y-m-d", "UTC")
        guard case .text(let date)? = try? filter("format_timestamp", .integer(time), format, context) else {
            return nil
        }
        return date
    }

    private static func filter(
        _ name: String, _ value: Value, _ arguments: FilterArguments, _ context: FilterContext
    ) throws -> Value? {
        guard case .plain(let implementation)? = FilterTable.standard[name]?.implementation else { return nil }
        return try implementation(value, arguments, context)
    }

    /// A date that is written as one; what follows it must be a time.
    private static func leadingDate(_ text: Text) -> Text? {
        guard text.byteCount >= 10, let string = text.validString else { return nil }
        let bytes = Array(string.utf8.prefix(11))
        if bytes.count == 11, bytes[10] != UInt8(ascii: "T"), bytes[10] != UInt8(ascii: " ") { return nil }
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10]), (1...12).contains(month),
            (1...days(month, year)).contains(day)
        else { return nil }
        return Text(bytes: Array(bytes[..<10]))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
