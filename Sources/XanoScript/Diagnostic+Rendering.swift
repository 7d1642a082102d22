extension Diagnostic {
    /// The diagnostic as a compiler prints it: `FILE:LINE:COLUMN: error: KIND: text`, the line, carets under the
    /// range, then `help:` lines and notes. Ends without a line end.
    package func render() -> String {
        let heading = "\(severity.rawValue): \(kind.rawValue): \(message)"
        var lines = Self.lines(at: range, in: file, heading: heading)
        if let remedy {
            lines += remedy.split(separator: "\n").map { "help: \($0)" }
        }
        for note in notes {
            lines += Self.lines(at: note.range, in: note.file, heading: "note: \(note.message)")
        }
        return lines.joined(separator: "\n")
    }

    private static func lines(at range: SourceRange, in file: SourceFile, heading: String) -> [String] {
        let path = visible(file.path)
        guard !file.bytes.isEmpty else { return ["\(path): \(visible(heading))"] }
        let (line, column) = file.position(of: range.start)
        var lines = ["\(path):\(line):\(column): \(visible(heading))"]
        let text = file.line(line)
        let last = file.position(of: max(range.start, range.end))
        let width = last.line == line ? last.column - column : text.count - column + 1
        lines += excerpt(of: text, column: column, width: max(1, width))
        return lines
    }

    /// The line and the carets below it. Of a long line only what is near the carets is shown.
    private static func excerpt(of text: String, column: Int, width: Int) -> [String] {
        let room = 120
        let characters = Array(text)
        var first = 0
        if characters.count > room { first = max(0, min(column - 1 - room / 3, characters.count - room)) }
        let last = min(characters.count, first + room)
        var line = "    " + (first > 0 ? "…" : "")
        var carets = "    " + (first > 0 ? " " : "")
        for index in first..<max(first, last) {
            // A tab is as wide as the tab above it.
            line += characters[index] == "\t" ? "\t" : visible(String(characters[index]))
            if index < column - 1 { carets += characters[index] == "\t" ? "\t" : " " }
        }
        if last < characters.count { line += "…" }
        carets += String(repeating: "^", count: max(1, min(width, first + room + 1 - column)))
        return [line, carets]
    }

    /// Control characters could steer the terminal that shows this.
    private static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.properties.generalCategory == .control {
                result += "\u{FFFD}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
