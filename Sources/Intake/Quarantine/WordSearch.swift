import Values

/// A search for bytes that stand as a word of their own: a whole value of a header, a parameter, a field or a member, and
/// not a part of a longer one.
struct WordSearch {
    private let word: [UInt8]

    private static let standIns = ["(hashed:", "(redacted)"].map { Array($0.utf8) }

    init(_ word: [UInt8]) {
        self.word = word
    }

    /// Bytes in which something else stands in the place of each such word; nil if there is none.
    func replacing(in bytes: [UInt8], by other: [UInt8]) -> [UInt8]? {
        guard !word.isEmpty else { return nil }
        var result: [UInt8] = []
        var (copied, position, count) = (0, 0, 0)
        var search = ByteSearch(word.span)
        while let found = search.next(word.span, in: bytes.span, from: position) {
            guard isWhole(at: found, in: bytes) else {
                position = found + 1
                continue
            }
            result += bytes[copied..<found] + other
            position = found + word.count
            copied = position
            count += 1
        }
        return count > 0 ? result + bytes[copied...] : nil
    }

    private func isWhole(at start: Int, in bytes: [UInt8]) -> Bool {
        let end = start + word.count
        guard let first = word.first, let last = word.last else { return false }
        if Self.isPartOfWord(last), end < bytes.count, Self.isPartOfWord(bytes[end]) { return false }
        if Self.isPartOfWord(first), start > 0, Self.isPartOfWord(bytes[start - 1]), !Self.isEscape(before: start, in: bytes) {
            return false
        }
        // What stands for a credential is not one itself.
        return !Self.standIns.contains { start > 0 && bytes[(start - 1)...].starts(with: $0) }
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// Whether the letters before a place are those of an escape, `%3D`, `\n`, `\u003d`, and no word.
    private static func isEscape(before start: Int, in bytes: [UInt8]) -> Bool {
        func holds(_ byte: Character, _ distance: Int) -> Bool {
            guard start >= distance, let ascii = byte.asciiValue else { return false }
            return bytes[start - distance] == ascii
        }
        return holds("%", 3) || holds("\\", 2) || holds("\\", 6) && holds("u", 5)
    }
}
