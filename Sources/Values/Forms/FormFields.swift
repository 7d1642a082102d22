/// The decoded fields of a form (`application/x-www-form-urlencoded`, WHATWG URL section 5.1) or of a query, in their order.
///
/// All names and values lie one after the other in one text: a form costs two allocations, and its plain stretches are
/// copied sixteen bytes at a time.
package struct FormFields: Sendable {
    /// Where a name and its value lie; a value begins where its name ends.
    package struct Field: Sendable {
        package var name: Range<Int>
        package var value: Range<Int>

        package init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var text: [UInt8] = []
    package private(set) var fields: [Field] = []
    /// Whether each `%` has two digits of base 16 behind it. One that has not stays as it is.
    package private(set) var isWellFormed = true

    /// Room for what is copied beyond the end of a plain stretch.
    private static let slack = 16

    /// Reads fields between `&`: one without `=` has an empty value, empty ones are left out. nil if there are more than `limit`.
    package init?(_ bytes: Span<UInt8>, limit: Int) {
        guard !bytes.isEmpty else { return }
        fields.reserveCapacity(16)
        var text = [UInt8](repeating: 0, count: bytes.count + Self.slack)
        var span = text.mutableSpan
        // Every pattern of bits is a byte, and bounds are checked: nothing of it is unsafe here.
        var target = unsafe span.mutableBytes
        var (index, end) = (0, 0)
        var (start, nameEnd): (Int, Int?) = (0, nil)
        while true {
            Self.copyPlain(bytes, &index, to: &target, &end)
            guard index < bytes.count, bytes[index] != UInt8(ascii: "&") else {
                if end > start || nameEnd != nil {
                    guard fields.count < limit else { return nil }
                    fields.append(Field(name: start..<(nameEnd ?? end), value: (nameEnd ?? end)..<end))
                }
                guard index < bytes.count else { break }
                (start, nameEnd) = (end, nil)
                index += 1
                continue
            }
            if bytes[index] == UInt8(ascii: "="), nameEnd == nil {
                nameEnd = end
                index += 1
            } else {
                target.storeBytes(of: decoded(bytes, &index), toByteOffset: end, as: UInt8.self)
                end += 1
            }
        }
        text.removeLast(text.count - end)
        self.text = text
    }

    /// Copies what stands for itself.
    @inline(__always)
    private static func copyPlain(
        _ bytes: Span<UInt8>, _ index: inout Int, to target: inout MutableRawSpan, _ end: inout Int
    ) {
        let escapes = ByteMarks(UInt8(ascii: "%"), UInt8(ascii: "+"))
        let ends = ByteMarks(UInt8(ascii: "&"), UInt8(ascii: "="))
        // Escapes often follow each other.
        if index < bytes.count, bytes[index] == UInt8(ascii: "%") { return }
        while bytes.count - index >= 16 {
            // Whatever is in them: what stands behind a mark is written over.
            let sixteen = bytes.sixteen(at: index)
            target.storeBytes(of: sixteen, toByteOffset: end, as: SIMD16<UInt8>.self)
            let hits = escapes.hits(sixteen) | ends.hits(sixteen)
            guard hits.isEmpty else {
                index += hits.first
                end += hits.first
                return
            }
            index += 16
            end += 16
        }
        while index < bytes.count, !escapes.contains(bytes[index]), !ends.contains(bytes[index]) {
            target.storeBytes(of: bytes[index], toByteOffset: end, as: UInt8.self)
            index += 1
            end += 1
        }
    }

    /// What the byte at `index`, and perhaps two behind it, stand for; goes behind them.
    @inline(__always)
    private mutating func decoded(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt8 {
        let byte = bytes[index]
        index += 1
        guard byte == UInt8(ascii: "%") else { return byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte }
        guard bytes.count - index >= 2, let high = bytes[index].hexadecimalDigit, let low = bytes[index + 1].hexadecimalDigit
        else {
            isWellFormed = false
            return byte
        }
        index += 2
        return high << 4 | low
    }
}
