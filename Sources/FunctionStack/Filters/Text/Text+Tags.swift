import Values

extension Text {
    /// Without HTML: tags, comments, declarations and processing instructions go, what stands between them stays.
    ///
    /// A `<` before white space or at the end begins no tag; a tag that never ends takes the rest with it. This makes
    /// text readable; it does not make it safe to show as HTML.
    func withoutTags() -> Text {
        withBytes { bytes in
            guard bytes.firstIndex(of: UInt8(ascii: "<")) != nil else { return self }
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count)
            var index = 0
            while index < bytes.count {
                if Self.beginsTag(bytes, at: index) {
                    index = Self.endOfTag(bytes, from: index)
                } else {
                    result.append(bytes[index])
                    index += 1
                }
            }
            return Text(bytes: result)
        }
    }

    private static func beginsTag(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else { return false }
        let next = bytes[index + 1]
        return next != 0x20 && !(0x09...0x0D ~= next)
    }

    private static func endOfTag(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let dash = UInt8(ascii: "-")
        let isComment =
            start + 3 < bytes.count && bytes[start + 1] == UInt8(ascii: "!") && bytes[start + 2] == dash
            && bytes[start + 3] == dash
        var quote: UInt8?
        var index = start + (isComment ? 4 : 1)
        while index < bytes.count {
            let byte = bytes[index]
            if isComment {
                if byte == UInt8(ascii: ">"), bytes[index - 1] == dash, bytes[index - 2] == dash { return index + 1 }
            } else if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            }
            index += 1
        }
        return bytes.count
    }
}
