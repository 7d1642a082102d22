internal import Values

extension Span<UInt8> {
    func hasBytes(_ bytes: [UInt8], at start: Int) -> Bool {
        guard bytes.count <= count - start else { return false }
        for index in bytes.indices where self[start + index] != bytes[index] { return false }
        return true
    }

    /// Whether a range holds exactly these bytes.
    func hasBytes(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
        bytes.count == range.count && hasBytes(bytes, at: range.lowerBound)
    }

    func firstRange(of bytes: [UInt8], in range: Range<Int>) -> Range<Int>? {
        guard !bytes.isEmpty, bytes.count <= range.count else { return nil }
        for start in range.lowerBound...range.upperBound - bytes.count where hasBytes(bytes, at: start) {
            return start..<start + bytes.count
        }
        return nil
    }

    /// The parts of a range, empty ones too.
    func ranges(in range: Range<Int>, separatedBy separator: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        while let found = firstRange(of: separator, in: start..<range.upperBound) {
            parts.append(start..<found.lowerBound)
            start = found.upperBound
        }
        parts.append(start..<range.upperBound)
        return parts
    }

    /// Less than 0 if these bytes come before the others, 0 if they are the same.
    func order(_ other: Span<UInt8>) -> Int {
        let shared = Swift.min(count, other.count)
        var index = 0
        while index < shared {
            if self[index] != other[index] { return Int(self[index]) - Int(other[index]) }
            index += 1
        }
        return count - other.count
    }

    /// A copy of a range.
    func copy(_ range: Range<Int>) -> [UInt8] { extracting(range).copied() }
}
