/// The lines of one of Apache's files: continued ones joined, comments and empty ones left out.
struct ApacheLines {
    struct Line {
        let text: String
        let place: ConfigurationPlace

        /// The words, quotes undone.
        var words: [String] { ApacheLines.words(text) }
    }

    let lines: [Line]

    init(_ bytes: [UInt8], file: String) {
        var lines: [Line] = []
        var text = ""
        var start = 1
        for (index, raw) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            var line = String(decoding: raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw, as: UTF8.self)
            if text.isEmpty { start = index + 1 }
            if line.hasSuffix("\\") {
                line.removeLast()
                text += line
                continue
            }
            let whole = (text + line).drop { $0 == " " || $0 == "\t" }
            text = ""
            guard !whole.isEmpty, !whole.hasPrefix("#") else { continue }
            lines.append(Line(text: String(whole), place: ConfigurationPlace(file: file, line: start)))
        }
        self.lines = lines
    }

    /// Words separated by spaces; one in quotes ends at the same quote, of which a backslash makes a part of the word.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var rest = text[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard let first = rest.first else { return words }
            guard first == "\"" || first == "'" else {
                let word = rest.prefix { $0 != " " && $0 != "\t" }
                words.append(String(word))
                rest = rest[word.endIndex...]
                continue
            }
            rest.removeFirst()
            var word = ""
            while let character = rest.popFirst(), character != first {
                if character == "\\", let next = rest.first, next == first || next == "\\" {
                    word.append(next)
                    rest.removeFirst()
                } else {
                    word.append(character)
                }
            }
            words.append(word)
        }
    }
}
