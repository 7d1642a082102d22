/// One word of `POSTERN_VERIFY`: `stripe`, or a parameter `header=X-Signature`.
struct SettingWord: Equatable {
    var name: String
    /// nil for a word without `=`.
    var value: String?
}

/// Splits `POSTERN_VERIFY` into words. Spaces separate them; a value that holds a space stands in double quotes,
/// where `\n`, `\"` and `\\` are a line feed, a quote and a backslash.
struct SettingWords {
    private var rest: Substring.UTF8View
    private(set) var words: [SettingWord] = []

    /// The longest setting that is read; the longest useful one is a tenth of it.
    static let maximumByteCount = 4096

    static func split(_ text: String) throws(SettingProblem) -> [SettingWord] {
        guard text.utf8.count <= maximumByteCount else {
            throw malformed("is longer than \(maximumByteCount) bytes", remedy: "shorten it")
        }
        for byte in text.utf8 where byte < 0x20 || byte == 0x7F {
            throw malformed(
                "holds a tab, a line end or another control character",
                remedy: #"separate words by spaces, and write \n within double quotes for a line feed"#)
        }
        var splitter = SettingWords(rest: text[...].utf8)
        while let word = try splitter.next() { splitter.words.append(word) }
        return splitter.words
    }

    private mutating func next() throws(SettingProblem) -> SettingWord? {
        while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        let name = try bare(upTo: UInt8(ascii: "="))
        guard rest.first == UInt8(ascii: "=") else { return SettingWord(name: name) }
        rest.removeFirst()
        guard rest.first == UInt8(ascii: "\"") else {
            return SettingWord(name: name, value: try bare(upTo: nil))
        }
        return SettingWord(name: name, value: try quoted())
    }

    /// Characters up to the next space, or to `end`.
    private mutating func bare(upTo end: UInt8?) throws(SettingProblem) -> String {
        var bytes: [UInt8] = []
        while let byte = rest.first, byte != UInt8(ascii: " "), byte != end {
            guard byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
                throw Self.malformed(
                    "has a quote or a backslash outside of a quoted value",
                    remedy: #"put the whole value into double quotes, name="…", and write \" and \\ in it"#)
            }
            bytes.append(byte)
            rest.removeFirst()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func quoted() throws(SettingProblem) -> String {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                guard rest.isEmpty || rest.first == UInt8(ascii: " ") else {
                    throw Self.malformed("has text right after a quoted value", remedy: "put a space there")
                }
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                bytes.append(try escaped())
            default:
                bytes.append(byte)
            }
        }
        throw Self.malformed("never closes the quote of a value", remedy: #"add the closing ""#)
    }

    private mutating func escaped() throws(SettingProblem) -> UInt8 {
        switch rest.popFirst() {
        case UInt8(ascii: "n"): return UInt8(ascii: "\n")
        case UInt8(ascii: "\""): return UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
        default:
            throw Self.malformed(
                "has a backslash that stands before none of n, \" and \\", remedy: #"write \\ for a backslash"#)
        }
    }

    private static func malformed(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.verify, .malformed, problem, remedy: remedy)
    }
}
