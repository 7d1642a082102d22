import Testing

@testable import XanoScript

/// The sources in `Fixtures/errors` say themselves what is wrong with them: below a line, a comment
/// `// ^^^ error: KIND: text` has its carets where the diagnostic's are, `//@COLUMN error: …` gives the column
/// where a comment leaves no room, and `// help: …` lines the remedy. Whatever else is reported is a failure too.
@Suite("Diagnostics")
struct DiagnosticTests {
    @Test(
        "Each error of a file is told in one run, with place, text and mend",
        arguments: try Fixtures.sources(in: "errors"))
    func fixtures(file: SourceFile) {
        let found = Parser.parse(file).diagnostics.map { Expected($0) }
        let expected = Expected.marks(in: file)
        #expect(!expected.isEmpty)
        for diagnostic in expected where !found.contains(diagnostic) {
            Issue.record("\(file.path): missing \(diagnostic)")
        }
        for diagnostic in found where !expected.contains(diagnostic) {
            Issue.record("\(file.path): not expected \(diagnostic)")
        }
    }

    @Test("Sources that are right have nothing to tell", arguments: try Fixtures.sources(in: "valid"))
    func valid(file: SourceFile) {
        let (constructs, diagnostics) = Parser.parse(file)
        #expect(!constructs.isEmpty)
        #expect(diagnostics.map { $0.render() } == [])
    }

    @Test("A diagnostic shows file, line, column, the line itself, carets, help and notes")
    func rendering() {
        let file = SourceFile(
            "function \"f\" {\n\tresponse = 1\n\trespönse = 2\n\tresponse = 3\n}", path: "function/f.xs")
        let texts = Parser.parse(file).diagnostics.map { $0.render() }
        #expect(
            texts == [
                """
                function/f.xs:3:2: error: name: a function has no attribute `respönse`
                    \trespönse = 2
                    \t^^^^^^^^
                help: did you mean `response`?
                """,
                """
                function/f.xs:4:2: error: name: `response` is set twice in this `function`
                    \tresponse = 3
                    \t^^^^^^^^
                help: remove one of the two
                function/f.xs:2:2: note: the first one is here
                    \tresponse = 1
                    \t^^^^^^^^
                """,
            ])
    }

    @Test("Of a long line only the part around the carets is shown, and nothing that could steer a terminal")
    func longLines() throws {
        let source = "query \"q\" verb=GET { response = [" + String(repeating: "1, ", count: 2_000) + "& \u{1B}[31m"
        let text = try #require(Parser.parse(source).diagnostics.first).render()
        let lines = text.split(separator: "\n")
        #expect(lines[0] == "test.xs:1:6034: error: syntax: expected a value, found `&`")
        #expect(lines[1].count < 140)
        #expect(!text.contains("\u{1B}"))
        let caret = try #require(lines[2].firstIndex(of: "^"))
        #expect(
            lines[1][
                lines[1].index(lines[1].startIndex, offsetBy: lines[2].distance(from: lines[2].startIndex, to: caret))]
                == "&")
    }

    @Test("A forgotten quotation mark is told where it shows, with the line where the text began")
    func forgottenQuote() {
        let source =
            "function \"f\" {\n  stack {\n    var $a { value = \"never closed }\n    var $b { value = \"x\" }\n  }\n}"
        let first = Parser.parse(source).diagnostics.first
        #expect(
            first?.remedy?.hasSuffix(
                "the text that begins in line 3 runs over several lines; is a quotation mark missing?") == true)
        #expect(first.map { $0.file.position(of: $0.range.start).line } == 4)
    }

    @Test("Columns count characters, and line ends of either kind end a line")
    func positions() {
        let file = SourceFile("äö😀x\r\ny\n\nz")
        #expect(file.position(of: 8) == (1, 4))
        #expect(file.position(of: 11) == (2, 1))
        #expect(file.position(of: 14) == (4, 1))
        #expect(file.line(1) == "äö😀x")
        #expect(file.line(3) == "")
        #expect(file.position(of: 99) == (4, 2))
    }

    @Test("A file that is not UTF-8 is told so, and a mark at its beginning is skipped")
    func encoding() {
        let wrong = SourceFile(
            path: "a.xs", bytes: Array("query \"".utf8) + [0xFF] + Array("\" verb=GET { stack }".utf8))
        #expect(Parser.parse(wrong).diagnostics.map(\.message) == ["this file is not UTF-8"])
        let marked = SourceFile(path: "a.xs", bytes: [0xEF, 0xBB, 0xBF] + Array("query \"q\" verb=GET { stack }".utf8))
        #expect(Parser.parse(marked).diagnostics.isEmpty)
    }

    @Test("After a hundred errors in one file it says so and stops telling")
    func tooMany() {
        let source = "function \"f\" { stack {\n" + String(repeating: "nothing\n", count: 5_000) + "} }"
        let diagnostics = Parser.parse(source).diagnostics
        #expect(diagnostics.count == Parser.maximumDiagnostics + 1)
        #expect(diagnostics.last?.message == "too many errors in this file; those that follow are not shown")
    }
}

/// A diagnostic as a fixture describes it.
private struct Expected: Equatable, CustomStringConvertible {
    var line: Int
    var column: Int
    var width: Int?
    var text: String
    var help: [String]

    var description: String {
        ([":\(line):\(column): \(text)"] + help.map { "help: \($0)" }).joined(separator: "\n  ")
    }

    static func == (left: Self, right: Self) -> Bool {
        let widths = left.width == nil || right.width == nil || left.width == right.width
        return widths && left.line == right.line && left.column == right.column && left.text == right.text
            && left.help == right.help
    }

    init(_ diagnostic: Diagnostic) {
        (line, column) = diagnostic.file.position(of: diagnostic.range.start)
        let end = diagnostic.file.position(of: diagnostic.range.end)
        width = end.line == line ? max(1, end.column - column) : nil
        text = "\(diagnostic.severity.rawValue): \(diagnostic.kind.rawValue): \(diagnostic.message)"
        help = diagnostic.remedy.map { $0.split(separator: "\n").map(String.init) } ?? []
    }

    private init(line: Int, column: Int, width: Int?, text: String) {
        (self.line, self.column, self.width, self.text, help) = (line, column, width, text, [])
    }

    /// The marks of a file.
    static func marks(in file: SourceFile) -> [Expected] {
        var result: [Expected] = []
        var line = 0
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, text) in lines.enumerated() {
            let comment = text.drop { $0 == " " }
            if comment.hasPrefix("// help: ") {
                result[result.count - 1].help.append(String(comment.dropFirst(9)))
            } else if comment.hasPrefix("//@") {
                let words = comment.dropFirst(3).split(separator: " ", maxSplits: 1)
                result.append(Expected(line: line, column: Int(words[0]) ?? 0, width: nil, text: String(words[1])))
            } else if comment.hasPrefix("// "), let caret = text.firstIndex(of: "^"),
                text[text.index(text.startIndex, offsetBy: text.count - comment.count + 2)..<caret].allSatisfy({
                    $0 == " "
                })
            {
                let carets = text[caret...].prefix { $0 == "^" }
                result.append(
                    Expected(
                        line: line, column: text.distance(from: text.startIndex, to: caret) + 1, width: carets.count,
                        text: String(text[carets.endIndex...].drop { $0 == " " })))
            } else {
                line = index + 1
            }
        }
        return result
    }
}
