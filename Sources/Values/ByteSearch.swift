/// A search for the same bytes at several places of a text.
///
/// Knuth, Morris and Pratt's: no input makes it slower than linear, so that nobody who sends both
/// the text and what is looked for can stall a stack. The table is built at the first near miss, which
/// most searches never see.
package struct ByteSearch {
    private var borders: [Int] = []

    package init(_ needle: Span<UInt8>) {}

    /// Where `needle` is found first in `bytes`, from `start` on. The needle is always the one of the initialiser.
    package mutating func next(_ needle: Span<UInt8>, in bytes: Span<UInt8>, from start: Int) -> Int? {
        guard !needle.isEmpty else { return start <= bytes.count ? start : nil }
        var matched = 0
        var index = start
        let first = needle[0]
        while index < bytes.count {
            if matched == 0 {
                guard let found = bytes.firstIndex(of: first, from: index) else { return nil }
                index = found + 1
                matched = 1
            } else if bytes[index] == needle[matched] {
                index += 1
                matched += 1
            } else {
                if borders.isEmpty { borders = Self.borders(of: needle) }
                matched = borders[matched - 1]
                continue
            }
            if matched == needle.count { return index - matched }
        }
        return nil
    }

    /// For each prefix, the length of its longest proper prefix that is its suffix as well.
    private static func borders(of needle: Span<UInt8>) -> [Int] {
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for index in 1..<needle.count {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        return borders
    }
}
