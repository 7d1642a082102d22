internal import Values

/// The fields of a form as a sender signs them, piece by piece, so that nobody has to put them together.
struct SortedFields {
    fileprivate(set) var text: [UInt8] = []
    fileprivate(set) var ranges: [Range<Int>] = []

    func forEachPiece<Failure: Error>(_ take: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
        for range in ranges { try take(text.span.extracting(range)) }
    }

    /// The pieces as one text.
    var joined: [UInt8] {
        // Most forms of one field, and all that are sorted as they come.
        if ranges.reduce(0, { $0 == $1.lowerBound ? $1.upperBound : -1 }) == text.count { return text }
        var joined: [UInt8] = []
        joined.reserveCapacity(text.count)
        for range in ranges { joined.append(text.span, range) }
        return joined
    }
}

extension QueryString {
    /// The fields sorted by name, those of the same name by value. The first eight bytes tell most names apart by one
    /// comparison.
    var sorted: [Field] {
        let bytes = text
        return fields.map { (start: bytes.span.prefix($0.name), field: $0) }
            .sorted { left, right in
                if left.start != right.start { return left.start < right.start }
                let order = bytes.span.extracting(left.field.name).order(bytes.span.extracting(right.field.name))
                guard order == 0 else { return order < 0 }
                return bytes.span.extracting(left.field.value).order(bytes.span.extracting(right.field.value)) < 0
            }
            .map(\.field)
    }

    /// All fields sorted; what is there twice counts once.
    var sortedFields: SortedFields {
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(fields.count)
        var last: Field?
        for field in sorted {
            if let last, isSame(last.name, field.name), isSame(last.value, field.value) { continue }
            // A value follows its name.
            ranges.append(field.name.lowerBound..<field.value.upperBound)
            last = field
        }
        return SortedFields(text: text, ranges: ranges)
    }

    func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        left.count == right.count && text.span.extracting(left).order(text.span.extracting(right)) == 0
    }
}

extension Span<UInt8> {
    /// The first eight bytes of a range, in their order as a number.
    fileprivate func prefix(_ range: Range<Int>) -> UInt64 {
        var prefix: UInt64 = 0
        for index in range.lowerBound..<range.lowerBound + 8 {
            prefix = prefix << 8 | (index < range.upperBound ? UInt64(self[index]) : 0)
        }
        return prefix
    }
}
