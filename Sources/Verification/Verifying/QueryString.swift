/// Name and value pairs of a query string or of a form (`application/x-www-form-urlencoded`, WHATWG URL section 5),
/// as bytes.
struct QueryString {
    struct Pair: Equatable {
        var name: [UInt8]
        var value: [UInt8]
    }

    /// Where a decoded name and its value lie.
    struct Field {
        var name: Range<Int>
        var value: Range<Int>
        /// The first eight bytes of the name, so that most names are told apart by one comparison.
        var start: UInt64
    }

    /// All decoded names and values, one after the other: one allocation for all of them.
    private(set) var text: [UInt8] = []
    private(set) var fields: [Field] = []

    /// More fields than any sender's form has. Sorting them must not cost a stranger's request dearly.
    static let maximumPairs = 1000

    init() {}

    init(_ pairs: [Pair]) {
        for pair in pairs {
            let start = text.count
            text += pair.name
            text += pair.value
            append(nameFrom: start, valueFrom: start + pair.name.count)
        }
    }

    /// - Throws: `Refusal` when there are too many pairs, or a `%` that no two hexadecimal digits follow.
    init(_ text: Span<UInt8>, from carrier: Carrier) throws(Refusal) {
        self.text.reserveCapacity(text.count)
        fields.reserveCapacity(16)
        var index = 0
        while index < text.count {
            let (start, nameStart) = (index, self.text.count)
            try decode(text, &index, endsAtEquals: true, carrier)
            guard index > start || index < text.count && text[index] == UInt8(ascii: "=") else {
                // Nothing stands between two `&`.
                index += 1
                continue
            }
            guard fields.count < Self.maximumPairs else {
                throw Refusal(.tooMany(carrier, what: "fields", limit: Self.maximumPairs))
            }
            let valueStart = self.text.count
            if index < text.count, text[index] == UInt8(ascii: "=") {
                index += 1
                try decode(text, &index, endsAtEquals: false, carrier)
            }
            append(nameFrom: nameStart, valueFrom: valueStart)
            index += 1
        }
    }

    private mutating func append(nameFrom nameStart: Int, valueFrom valueStart: Int) {
        var start: UInt64 = 0
        for index in nameStart..<nameStart + 8 { start = start << 8 | (index < valueStart ? UInt64(text[index]) : 0) }
        fields.append(Field(name: nameStart..<valueStart, value: valueStart..<text.count, start: start))
    }

    var pairs: [Pair] { fields.map { Pair(name: Array(text[$0.name]), value: Array(text[$0.value])) } }

    /// The query of a request's path and query.
    init(of uri: [UInt8]) throws(Refusal) {
        let start = uri.firstIndex(of: UInt8(ascii: "?")).map { $0 + 1 } ?? uri.count
        try self.init(uri.span.extracting(start..<uri.count), from: .uri)
    }

    func values(of name: String) -> [[UInt8]] {
        let name = Array(name.utf8)
        var values: [[UInt8]] = []
        for field in fields where text.span.hasBytes(name, in: field.name) { values.append(Array(text[field.value])) }
        return values
    }

    /// Reads up to the next `&`, or also `=`, or to the end. What stands for itself is copied in one piece.
    private mutating func decode(
        _ bytes: Span<UInt8>, _ index: inout Int, endsAtEquals: Bool, _ carrier: Carrier
    ) throws(Refusal) {
        var plain = index
        while true {
            index = bytes.endOfPlainForm(from: index)
            guard index < bytes.count else { break }
            switch bytes[index] {
            case UInt8(ascii: "&"):
                return text.append(bytes, plain..<index)
            case UInt8(ascii: "="):
                if endsAtEquals { return text.append(bytes, plain..<index) }
                index += 1
            case UInt8(ascii: "+"):
                text.append(bytes, plain..<index)
                text.append(UInt8(ascii: " "))
                index += 1
                plain = index
            default:
                guard bytes.count - index > 2, let high = Self.digit(bytes[index + 1]), let low = Self.digit(bytes[index + 2])
                else { throw Refusal(.malformed(carrier, expected: "two hexadecimal digits after each %")) }
                text.append(bytes, plain..<index)
                text.append(high << 4 | low)
                index += 3
                plain = index
            }
        }
        text.append(bytes, plain..<index)
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

extension QueryString {
    /// The fields sorted by name, those of the same name by value.
    var sorted: [Field] {
        let bytes = text
        return fields.sorted { left, right in
            if left.start != right.start { return left.start < right.start }
            let order = bytes.span.extracting(left.name).order(bytes.span.extracting(right.name))
            guard order == 0 else { return order < 0 }
            return bytes.span.extracting(left.value).order(bytes.span.extracting(right.value)) < 0
        }
    }

    /// All fields sorted, names and values joined; what is there twice counts once.
    var sortedText: [UInt8] {
        var joined: [UInt8] = []
        joined.reserveCapacity(text.count)
        var last: Field?
        for field in sorted {
            if let last, isSame(last.name, field.name), isSame(last.value, field.value) { continue }
            // A value follows its name.
            joined.append(text.span, field.name.lowerBound..<field.value.upperBound)
            last = field
        }
        return joined
    }

    func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        left.count == right.count && text.span.extracting(left).order(text.span.extracting(right)) == 0
    }
}

extension Span<UInt8> {
    /// The next `&`, `=`, `+` or `%` from `start` on, or the end.
    fileprivate func endOfPlainForm(from start: Int) -> Int {
        // A bit for each of them: all are below 64.
        let marks: UInt64 = 1 << 0x26 | 1 << 0x3D | 1 << 0x2B | 1 << 0x25
        var index = start
        while index < count {
            let byte = self[index]
            if byte < 64, marks >> UInt64(byte) & 1 == 1 { return index }
            index += 1
        }
        return index
    }
}

extension [UInt8] {
    /// Adds a range of other bytes.
    mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
