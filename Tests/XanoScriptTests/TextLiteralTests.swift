import Testing

@testable import XanoScript

@Suite("Texts")
struct TextLiteralTests {
    @Test(
        "The escapes of JSON mean a character; any other backslash stays",
        arguments: [
            (#""a\nb\tc\rd""#, "a\nb\tc\rd"), (#""\"x\" \\ \/""#, "\"x\" \\ /"), (#"'it\'s'"#, "it's"),
            (#""\u00e9\uD83D\uDE00""#, "é😀"), (#""\uD83D x \uZZZZ""#, #"\uD83D x \uZZZZ"#),
            (#""/(\w+)\s\d\.\$/""#, #"/(\w+)\s\d\.\$/"#), (#""^\\+1\\d{10}$""#, #"^\+1\d{10}$"#),
            (#"'{"a":"b"}'"#, #"{"a":"b"}"#), ("\"two\nlines\"", "two\nlines"), ("\"\u{0}ä\"", "\u{0}ä"),
        ])
    func escapes(source: String, text: String) throws {
        guard case .text(let found)? = Parser.parseExpression(source).expression?.kind else {
            Issue.record("no text")
            return
        }
        #expect(found == text)
    }

    @Test(
        "A text of several lines loses the indentation that all its lines share, and its outer line ends",
        arguments: [
            ("\"\"\"\n    a\n      b\n\n    c\n    \"\"\"", "a\n  b\n\nc"),
            ("\"\"\"\n      a\n    \"\"\"", "  a"), ("\"\"\"\n  a\n    \"\"\"", "a"),
            ("\"\"\"a\"\"\"", "a"), ("\"\"\"a\n  b\"\"\"", "a\nb"), ("\"\"\"\n\"\"\"", ""),
            ("'''\r\n  a\r\n  b\r\n  '''", "a\nb"), ("\"\"\"\n  \\n \"x\" {{ $a }}\n  \"\"\"", "\\n \"x\" {{ $a }}"),
        ])
    func lines(source: String, text: String) throws {
        guard case .text(let found)? = Parser.parseExpression(source).expression?.kind else {
            Issue.record("no text")
            return
        }
        #expect(found == text)
    }
}
