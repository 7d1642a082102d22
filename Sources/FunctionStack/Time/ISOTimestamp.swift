import Values

/// The form in which nearly all senders write times: `2024-02-29T12:30:45.678Z`, `2024-02-29 12:30:45+02:00`,
/// `2024-02-29`. `DatePhrase` reads it as well; this is many times faster.
enum ISOTimestamp {
    /// In milliseconds since 1970; nil for any other form.
    static func milliseconds(_ bytes: Span<UInt8>, zone: Zone) -> Int64? {
        guard bytes.count >= 10, bytes.count <= 40, let year = number(bytes, 0, 4), bytes[4] == UInt8(ascii: "-"),
            let month = number(bytes, 5, 2), 1...12 ~= month, bytes[7] == UInt8(ascii: "-"),
            let day = number(bytes, 8, 2), 1...31 ~= day
        else { return nil }
        var civil = CivilTime(year: year, month: month, day: day)
        guard bytes.count > 10 else { return Int64(zone.seconds(of: civil)) * 1_000 }
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20, let hour = number(bytes, 11, 2), hour < 24,
            bytes[13] == UInt8(ascii: ":"), let minute = number(bytes, 14, 2), minute < 60,
            bytes[16] == UInt8(ascii: ":"), let second = number(bytes, 17, 2), second < 60
        else { return nil }
        (civil.hour, civil.minute, civil.second) = (hour, minute, second)
        var index = 19
        guard let thousandths = fraction(bytes, &index) else { return nil }
        guard index < bytes.count else { return Int64(zone.seconds(of: civil)) * 1_000 + thousandths }
        guard let offset = offset(bytes, index) else { return nil }
        return Int64(civil.secondsSince1970 - offset) * 1_000 + thousandths
    }

    /// Exactly so many digits.
    private static func number(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            guard bytes[index].isDigit else { return nil }
            value = value * 10 + Int(bytes[index] - 0x30)
        }
        return value
    }

    /// Digits behind a point, in thousandths; none is 0.
    private static func fraction(_ bytes: Span<UInt8>, _ index: inout Int) -> Int64? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return 0 }
        let start = index + 1
        var value: Int64 = 0
        var scale: Int64 = 100
        index = start
        while index < bytes.count, bytes[index].isDigit {
            value += Int64(bytes[index] - 0x30) * scale
            scale /= 10
            index += 1
        }
        return index > start ? value : nil
    }

    /// `Z`, `+02:00`, `+0200` up to the end, in seconds.
    private static func offset(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
        let rest = bytes.count - index
        if bytes[index] == UInt8(ascii: "Z") { return rest == 1 ? 0 : nil }
        guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"), rest == 5 || rest == 6,
            rest == 5 || bytes[index + 3] == UInt8(ascii: ":"), let hours = number(bytes, index + 1, 2), hours < 24,
            let minutes = number(bytes, bytes.count - 2, 2), minutes < 60
        else { return nil }
        let seconds = (hours * 60 + minutes) * 60
        return bytes[index] == UInt8(ascii: "-") ? -seconds : seconds
    }
}
