/// A word, a number or a date in a phrase.
struct DateToken {
    enum Kind {
        case now
        case midnight
        case noon
        /// Yesterday, tomorrow.
        case day(Int)
        case ago
        case amount(Int, RelativeTime.Unit)
        /// `+2 mondays`
        case amountOfWeekdays(Int, Int)
        case weekday(Int)
        /// `next monday`
        case ordinalWeekday(Int, Int)
        /// `next weekday`
        case ordinalWorkday(Int)
        /// `second monday of`
        case ordinalWeekdayOfMonth(Int, Int)
        /// `next week`
        case week(Int)
        /// `last day of`
        case dayOfMonth(RelativeTime.DayOfMonth)
        case zone(Zone)
        /// `(Central European Time)` behind an offset.
        case comment
        case secondsSince1970(Int, milliseconds: Int)
        case fields(DatePattern.Fields, Use)

        var isRelative: Bool {
            switch self {
            case .fields, .zone, .comment: false
            default: true
            }
        }
    }

    /// What the fields of a pattern are.
    enum Use: Sendable {
        case date, time, dateAndTime, year
        /// Four digits: a time of day, but the year where there is a time already.
        case timeOrYear
    }

    let kind: Kind
    let end: Int

    /// The longest token that begins at `start`.
    static func longest(in text: [UInt8], original: [UInt8], from start: Int) -> DateToken? {
        var best: DateToken?
        func offer(_ token: DateToken?) {
            guard let token, token.end > best?.end ?? start else { return }
            best = token
        }
        for (pattern, use) in patterns {
            guard let match = pattern.match(text, from: start) else { continue }
            offer(DateToken(kind: .fields(match.fields, use), end: match.end))
        }
        var reader = DateWordReader(text: text, index: start)
        offer(reader.phrase())
        reader.index = start
        offer(reader.amount())
        offer(zone(in: original, from: start, hasOther: best != nil))
        return best
    }

    /// `@1700000000.5`, an offset, the name of a zone where it is nothing else, or a comment in parentheses.
    private static func zone(in text: [UInt8], from start: Int, hasOther: Bool) -> DateToken? {
        let rest = text[start...]
        switch rest.first {
        case UInt8(ascii: "@"): return secondsSince1970(rest.dropFirst())
        case UInt8(ascii: "("):
            guard let close = rest.firstIndex(of: UInt8(ascii: ")")) else { return nil }
            let name = String(decoding: rest[(start + 1)..<close], as: UTF8.self)
            return DateToken(kind: Zone.known(name).map { .zone($0) } ?? .comment, end: close + 1)
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let word = rest.prefix { $0.isDigit || $0 == 0x2b || $0 == 0x2d || $0 == UInt8(ascii: ":") }
            // `+1.5 hours` is not an offset and five hours, as PHP has it.
            let next = rest.dropFirst(word.count).prefix(2)
            return next.first == UInt8(ascii: ".") && next.last?.isDigit == true ? nil : named(word)
        default:
            guard !hasOther, rest.first?.isASCIILetter == true else { return nil }
            let word = rest.prefix {
                $0.isASCIIAlphanumeric || [0x2f, 0x5f, 0x2d, 0x2b].contains($0) || $0 == UInt8(ascii: ":")
            }
            return named(word)
        }
    }

    private static func named(_ word: ArraySlice<UInt8>) -> DateToken? {
        guard word.count <= 64, let zone = Zone.known(String(decoding: word, as: UTF8.self)) else { return nil }
        return DateToken(kind: .zone(zone), end: word.endIndex)
    }

    private static func secondsSince1970(_ text: ArraySlice<UInt8>) -> DateToken? {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        let digits = rest.prefix(16).prefix(while: \.isDigit)
        guard !digits.isEmpty else { return nil }
        let seconds = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        rest = rest.dropFirst(digits.count)
        var milliseconds = 0
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: \.isDigit)
            milliseconds = (fraction.prefix(3) + [0x30, 0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
            rest = rest.dropFirst(1 + fraction.count)
        }
        return DateToken(
            kind: .secondsSince1970(isNegative ? -seconds : seconds, milliseconds: isNegative ? -milliseconds : milliseconds),
            end: rest.startIndex)
    }

    /// Where two are of one length, the first counts.
    private static let patterns: [(DatePattern, Use)] =
        [
            "Y-M-D", "Y/M/D", "Y/m/d", "2-M-D", "y-m-d", "Y-m", "m/d/y", "m/d", "d.m.Y", "d-m-Y", "d.m.2", "d~b~y",
            "b~Y", "Y~b", "b~d,y", "b~d,", "d~b", "YMD", "Y?J", "Y.J", "B-D-y", "y-B-D", "Y?%W?w", "Y?%W", "b",
        ].map { (DatePattern($0), .date) }
        + ["YMDHIS", "Y:M:D H:I:S", "d/b/Y:H:I:S", "b~d,g:I_p", "b~d,g:i:S_p", "b~d,h:i", "b~d,h:i:s", "b~d,h:i:sf"]
        .map { (DatePattern($0), .dateAndTime) }
        + ["g_p", "g:I_p", "g:i:S_p", "!h", "th:i", "th:i:s", "th:i:sf", "tHIS"].map { (DatePattern($0), .time) }
        + [(DatePattern("tHI"), .timeOrYear), (DatePattern("X"), .year)]
}

/// Reads words of lower case.
struct DateWordReader {
    let text: [UInt8]
    var index: Int

    init(text: [UInt8], index: Int) {
        self.text = text
        self.index = index
    }

    mutating func word() -> ArraySlice<UInt8> {
        let word = text[index...].prefix { $0.isASCIILetter }
        index += word.count
        return word
    }

    /// False if there is none.
    mutating func skipSpace() -> Bool {
        let start = index
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        return index > start
    }

    /// A word of its own, or an ordinal with what it counts.
    mutating func phrase() -> DateToken? {
        let first = word()
        let simple: DateToken.Kind?
        switch String(decoding: first.prefix(9), as: UTF8.self) {
        case "now": simple = .now
        case "today", "midnight": simple = .midnight
        case "noon": simple = .noon
        case "tomorrow": simple = .day(1)
        case "yesterday": simple = .day(-1)
        case "ago": simple = .ago
        default: simple = CalendarWords.weekday(first).map { .weekday($0) }
        }
        if let simple { return DateToken(kind: simple, end: index) }
        guard let amount = CalendarWords.ordinal(first), skipSpace() else { return nil }
        return ordinal(amount)
    }

    private mutating func ordinal(_ amount: Int) -> DateToken? {
        let unit = word()
        let end = index
        let isBeforeOf = skipSpace() && word().elementsEqual("of".utf8)
        if isBeforeOf, unit.elementsEqual("day".utf8), amount == 1 || amount == -1 {
            return DateToken(kind: .dayOfMonth(amount == 1 ? .first : .last), end: index)
        }
        if let weekday = CalendarWords.weekday(unit) {
            return isBeforeOf && amount != 0
                ? DateToken(kind: .ordinalWeekdayOfMonth(amount, weekday), end: index)
                : DateToken(kind: .ordinalWeekday(amount, weekday), end: end)
        }
        if unit.elementsEqual("week".utf8) { return DateToken(kind: .week(amount), end: end) }
        return CalendarWords.unit(unit).map {
            DateToken(kind: $0 == .workday ? .ordinalWorkday(amount) : .amount(amount, $0), end: end)
        }
    }

    /// `+1 week`, `2 days`, `-3weekdays`
    mutating func amount() -> DateToken? {
        var sign = 1
        while index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
            if text[index] == UInt8(ascii: "-") { sign = -sign }
            index += 1
        }
        _ = skipSpace()
        let digits = text[index...].prefix(while: \.isDigit)
        guard (1...13).contains(digits.count) else { return nil }
        index += digits.count
        _ = skipSpace()
        let unit = word()
        let amount = sign * digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        if let unit = CalendarWords.unit(unit) { return DateToken(kind: .amount(amount, unit), end: index) }
        return CalendarWords.weekday(unit).map { DateToken(kind: .amountOfWeekdays(amount, $0), end: index) }
    }
}
