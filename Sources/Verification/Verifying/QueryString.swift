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
        pairs.reserveCapacity(16)
        var index = 0
        while index < text.count {
            let start = index
            let name = try Self.decode(text, &index, endsAtEquals: true, carrier)
            guard index > start || index < text.count && text[index] == UInt8(ascii: "=") else {
                // Nothing stands between two `&`.
                index += 1
                continue
            }
            guard pairs.count < Self.maximumPairs else {
                throw Refusal(.tooMany(carrier, what: "fields", limit: Self.maximumPairs))
            }
            var value: [UInt8] = []
            if index < text.count, text[index] == UInt8(ascii: "=") {
                index += 1
                value = try Self.decode(text, &index, endsAtEquals: false, carrier)
            }
            pairs.append(Pair(name: name, value: value))
            index += 1
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

    /// Reads up to the next `&`, or also `=`, or to the end. What stands for itself is copied in one piece.
    private static func decode(
        _ text: Span<UInt8>, _ index: inout Int, endsAtEquals: Bool, _ carrier: Carrier
    ) throws(Refusal) -> [UInt8] {
        var plain = index
        var bytes: [UInt8] = []
        while true {
            index = text.endOfPlainForm(from: index)
            guard index < text.count else { break }
            switch text[index] {
            case UInt8(ascii: "&"):
                bytes.append(text, plain..<index)
                return bytes
            case UInt8(ascii: "="):
                if endsAtEquals {
                    bytes.append(text, plain..<index)
                    return bytes
                }
                index += 1
            case UInt8(ascii: "+"):
                bytes.append(text, plain..<index)
                bytes.append(UInt8(ascii: " "))
                index += 1
                plain = index
            default:
                guard text.count - index > 2, let high = digit(text[index + 1]), let low = digit(text[index + 2]) else {
                    throw Refusal(.malformed(carrier, expected: "two hexadecimal digits after each %"))
                }
                bytes.append(text, plain..<index)
                bytes.append(high << 4 | low)
                index += 3
                plain = index
            }
        }
        bytes.append(text, plain..<index)
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

extension Span<UInt8> {
    /// The next `&`, `=`, `+` or `%` from `start` on, or the end.
    fileprivate func endOfPlainForm(from start: Int) -> Int {
        var index = start
        while index < count {
            switch self[index] {
            case UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "%"): return index
            default: index += 1
            }
        }
        return index
    }
}

extension [UInt8] {
    /// Adds a range of other bytes.
    fileprivate mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
