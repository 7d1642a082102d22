/// Where a signed timestamp stands and what it counts.
struct SignedTimestamp: Sendable, Equatable {
    enum Unit: String, CaseIterable, Sendable {
        case seconds = "s"
        case milliseconds = "ms"
        /// Text such as `2026-01-31T12:00:00Z`.
        case rfc3339
    }

    /// A time that was read.
    struct Moment: Equatable {
        var milliseconds: Int64
        /// Whether the sender has cut off what is less than a second.
        var isWholeSecond: Bool
    }

    /// nil if it stands in the signature's value, under the layout's timestamp tag or at its index.
    var place: SignaturePlace?
    var unit = Unit.seconds

    /// nil if the bytes are not digits, or too many of them, or no time. A time has one form only: where the body is
    /// signed right before it, zeros of its end could else move into the timestamp.
    func moment(_ text: [UInt8]) -> Moment? {
        switch unit {
        case .rfc3339: return RFC3339.parse(text)
        case .seconds, .milliseconds:
            guard text.count == 1 || text.first != UInt8(ascii: "0"), let number = ASCIIDigits.value(text) else {
                return nil
            }
            return unit == .seconds
                ? Moment(milliseconds: number * 1000, isWholeSecond: true)
                : Moment(milliseconds: number, isWholeSecond: false)
        }
    }

    /// A time as a sender writes it.
    func text(_ milliseconds: Int64) -> [UInt8] {
        let milliseconds = max(milliseconds, 0)
        return switch unit {
        case .milliseconds: Array(String(milliseconds).utf8)
        case .seconds: Array(String(milliseconds / 1000).utf8)
        case .rfc3339: RFC3339.text(seconds: milliseconds / 1000)
        }
    }

    /// What a request should hold, for messages.
    var expected: String {
        unit == .rfc3339 ? "a time such as 2026-01-31T12:00:00Z" : "digits only, at most \(ASCIIDigits.maximumCount)"
    }
}
