import Values

extension Text {
    /// Which ends of a text.
    struct Sides: OptionSet, Sendable {
        let rawValue: Int
        init(rawValue: Int) { self.rawValue = rawValue }
        static let left = Sides(rawValue: 1)
        static let right = Sides(rawValue: 2)
    }

    /// Space, tab, line feed, carriage return, vertical tab and NUL, as PHP's `trim`.
    private static let whitespace: Text = " \t\n\r\u{0B}\0"

    /// Without characters of a set at its ends.
    ///
    /// - Parameter characters: white space if it is nil or empty
    func trimmed(_ sides: Sides = [.left, .right], of characters: Text? = nil) -> Text {
        let set = characters.flatMap { $0.isEmpty ? nil : $0 } ?? Self.whitespace
        let isASCII = set.withBytes { bytes in
            for index in bytes.indices where bytes[index] >= 0x80 { return false }
            return true
        }
        return isASCII || !isUTF8 || !set.isUTF8 ? trimmedByBytes(sides, set) : trimmedByCharacters(sides, set)
    }

    private func trimmedByBytes(_ sides: Sides, _ set: Text) -> Text {
        withBytes { bytes in
            set.withBytes { set in
                var start = 0
                var end = bytes.count
                if sides.contains(.left) {
                    while start < end, set.firstIndex(of: bytes[start]) != nil { start += 1 }
                }
                if sides.contains(.right) {
                    while end > start, set.firstIndex(of: bytes[end - 1]) != nil { end -= 1 }
                }
                return slice(start..<end)
            }
        }
    }

    private func trimmedByCharacters(_ sides: Sides, _ set: Text) -> Text {
        let set = Set(set.string.unicodeScalars)
        let scalars = string.unicodeScalars
        var start = scalars.startIndex
        var end = scalars.endIndex
        if sides.contains(.left) {
            while start < end, set.contains(scalars[start]) { start = scalars.index(after: start) }
        }
        if sides.contains(.right) {
            while end > start {
                let before = scalars.index(before: end)
                guard set.contains(scalars[before]) else { break }
                end = before
            }
        }
        return Text(String(scalars[start..<end]))
    }
}
