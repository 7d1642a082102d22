/// Where a signed timestamp stands and what it counts.
struct SignedTimestamp: Sendable, Equatable {
    enum Unit: String, CaseIterable, Sendable {
        case seconds = "s"
        case milliseconds = "ms"
    }

    /// nil if it stands in the signature's value, under the layout's timestamp tag.
    var header: String?
    var unit = Unit.seconds

    /// Milliseconds since 1970; nil if the bytes are not digits, or too many of them. A time has one form only:
    /// where the body is signed right before it, zeros of its end could else move into the timestamp.
    func milliseconds(_ digits: [UInt8]) -> Int64? {
        guard digits.count == 1 || digits.first != UInt8(ascii: "0"), let number = ASCIIDigits.value(digits) else {
            return nil
        }
        switch unit {
        case .milliseconds: return number
        case .seconds: return number * 1000
        }
    }

    /// The digits of a time, as a sender writes them.
    func digits(_ milliseconds: Int64) -> [UInt8] {
        switch unit {
        case .milliseconds: Array(String(max(milliseconds, 0)).utf8)
        case .seconds: Array(String(max(milliseconds, 0) / 1000).utf8)
        }
    }
}
