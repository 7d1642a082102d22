/// Name and value pairs of a query string or of a form (`application/x-www-form-urlencoded`, WHATWG URL section 5),
/// as bytes.
struct QueryString {
    struct Pair: Equatable {
        var name: [UInt8]
        var value: [UInt8]
    }

    let pairs: [Pair]

    /// More fields than any sender's form has. Sorting them must not cost a stranger's request dearly.
    static let maximumPairs = 1000

    /// - Throws: `Refusal` when there are too many pairs, or a `%` that no two hexadecimal digits follow.
    init(_ text: Span<UInt8>, from carrier: Carrier) throws(Refusal) {
        var pairs: [Pair] = []
        var start = 0
        while start < text.count {
            var end = start
            var equals: Int?
            while end < text.count, text[end] != UInt8(ascii: "&") {
                if equals == nil, text[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if end > start {
                guard pairs.count < Self.maximumPairs else {
                    throw Refusal(.tooMany(carrier, what: "fields", limit: Self.maximumPairs))
                }
                let value = equals.map { $0 + 1 } ?? end
                pairs.append(
                    Pair(
                        name: try Self.decode(text.extracting(start..<(equals ?? end)), carrier),
                        value: try Self.decode(text.extracting(value..<end), carrier)))
            }
            start = end + 1
        }
        self.pairs = pairs
    }

    /// The query of a request's path and query.
    init(of uri: [UInt8]) throws(Refusal) {
        let start = uri.firstIndex(of: UInt8(ascii: "?")).map { $0 + 1 } ?? uri.count
        try self.init(uri.span.extracting(start..<uri.count), from: .uri)
    }

    func values(of name: String) -> [[UInt8]] {
        let name = Array(name.utf8)
        return pairs.filter { $0.name == name }.map(\.value)
    }

    private static func decode(_ text: Span<UInt8>, _ carrier: Carrier) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard text.count - index > 2, let high = digit(text[index + 1]), let low = digit(text[index + 2]) else {
                    throw Refusal(.malformed(carrier, expected: "two hexadecimal digits after each %"))
                }
                bytes.append(high << 4 | low)
                index += 2
            default:
                bytes.append(text[index])
            }
            index += 1
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
