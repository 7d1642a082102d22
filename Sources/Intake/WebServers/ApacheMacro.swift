/// A part of Apache's configuration that is written once and used several times, `<Macro Hook $name>` (mod_macro).
struct ApacheMacro {
    private let parameters: [String]
    private let lines: [ApacheLines.Line]

    /// - Parameter words: the name and the parameters.
    init(_ words: [String], lines: [ApacheLines.Line]) {
        parameters = Array(words.dropFirst())
        self.lines = lines
    }

    /// Its lines with values in the place of the parameters, the longest name first as Apache does it; nil for another
    /// number of values, which Apache refuses.
    func lines(with values: [String]) -> [ApacheLines.Line]? {
        guard values.count == parameters.count else { return nil }
        let pairs = zip(parameters, values).sorted { $0.0.utf8.count > $1.0.utf8.count }
        return lines.map { ApacheLines.Line(text: Self.replaced($0.text, pairs), place: $0.place) }
    }

    /// In one pass: what a value holds is not looked at again.
    private static func replaced(_ text: String, _ pairs: [(name: String, value: String)]) -> String {
        var result = ""
        var rest = text[...]
        while let first = rest.first {
            if let pair = pairs.first(where: { !$0.name.isEmpty && rest.hasPrefix($0.name) }) {
                result += pair.value
                rest = rest.dropFirst(pair.name.count)
            } else {
                result.append(first)
                rest.removeFirst()
            }
        }
        return result
    }
}

extension ArraySlice<ApacheLines.Line> {
    /// Takes the lines up to the one that closes a macro; nil if none does.
    mutating func takeMacro() -> [ApacheLines.Line]? {
        guard let end = firstIndex(where: { $0.text.lowercased().hasPrefix("</macro") }) else { return nil }
        defer { self = self[(end + 1)...] }
        return Array(self[startIndex..<end])
    }
}
