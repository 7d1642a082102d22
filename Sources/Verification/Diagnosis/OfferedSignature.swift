internal import Cryptography

/// What may be a signature in a header's value, however it is written.
struct OfferedSignature {
    let bytes: [UInt8]
    /// How it is written, in words.
    let name: String
    /// As it is written.
    let text: [UInt8]

    /// - Parameter whole: whether only the lengths of digests and signatures count.
    static func all(in value: [UInt8], whole isWhole: Bool = true) -> [OfferedSignature] {
        var found: [OfferedSignature] = []
        for word in words(of: value) {
            for signature in readings(of: word, whole: isWhole) where !isWhole || isUsual(signature.bytes.count) {
                found.append(signature)
            }
        }
        return found
    }

    private static func isUsual(_ count: Int) -> Bool {
        [16, 20, 32, 48, 64].contains(count) || (65...512).contains(count)
    }

    /// The value, and its parts between commas, semicolons and spaces, each whole and behind its `=` or `:`.
    static func words(of value: [UInt8]) -> [ArraySlice<UInt8>] {
        let separators = Array(",; ".utf8)
        let quotes = Array("\"' ".utf8)
        var words: [ArraySlice<UInt8>] = []
        for part in [value[...]] + value.split(whereSeparator: separators.contains) {
            let bare = part.drop(while: quotes.contains)
            let end = bare.lastIndex { !quotes.contains($0) }.map { $0 + 1 } ?? bare.startIndex
            let word = bare[..<end]
            words.append(word)
            for mark in "=:".utf8 {
                if let index = word.firstIndex(of: mark), index - word.startIndex <= 32 {
                    words.append(word[(index + 1)...])
                }
            }
            if words.count > 96 { break }
        }
        return words
    }

    private static func readings(of word: ArraySlice<UInt8>, whole isWhole: Bool) -> [OfferedSignature] {
        guard (8...1024).contains(word.count) else { return [] }
        var readings: [OfferedSignature] = []
        let text = Array(word)
        if let bytes = Hexadecimal.decode(text.span) {
            readings.append(OfferedSignature(bytes: bytes, name: "hexadecimal", text: text))
        }
        if !isWhole, text.count % 2 == 1 {
            // Cut in the middle of a byte.
            let even = Array(text.dropLast())
            if let bytes = Hexadecimal.decode(even.span) {
                readings.append(OfferedSignature(bytes: bytes, name: "hexadecimal", text: text))
            }
        }
        if let bytes = Base64.standard.decode(text.span, padding: .optional, trailingBits: .ignored) {
            readings.append(OfferedSignature(bytes: bytes, name: "base 64", text: text))
            if let inner = Hexadecimal.decode(bytes.span) {
                readings.append(OfferedSignature(bytes: inner, name: "base 64 of hexadecimal", text: text))
            }
        } else if let bytes = Base64.urlSafe.decode(text.span, padding: .optional, trailingBits: .ignored) {
            readings.append(OfferedSignature(bytes: bytes, name: "base 64 with - and _", text: text))
        } else if text.contains(UInt8(ascii: " ")) {
            // A + that was read as a form's space.
            let plus = text.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "+") : $0 }
            if let bytes = Base64.standard.decode(plus.span, padding: .optional, trailingBits: .ignored) {
                readings.append(OfferedSignature(bytes: bytes, name: "base 64 with spaces in place of +", text: text))
            }
        }
        return readings
    }
}
