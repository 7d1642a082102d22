import Testing

@testable import Values

@Suite("CSV")
struct CSVTests {
    @Test(
        "Rows and fields",
        arguments: [
            ("a,b\r\nc,d\r\n", #"[["a","b"],["c","d"]]"#), ("a,b\nc,d", #"[["a","b"],["c","d"]]"#), ("", "[]"), ("\n\n", "[]"),
            ("a,,\n,b", #"[["a","",""],["","b"]]"#), ("a,", #"[["a",""]]"#), (#""a,b","c""d","e\#n""#, #"[["a,b","c\"d","e\n"]]"#),
            (#""""#, #"[[""]]"#), ("\"\"\"\"", #"[["\""]]"#), (" a , b ", #"[[" a "," b "]]"#), ("\u{feff}a", #"[["a"]]"#),
            ("a\rb\r\nc", #"[["a\rb"],["c"]]"#), ("a\"b", #"[["a\"b"]]"#), ("\"\"\nx", #"[[""],["x"]]"#),
        ])
    func rows(source: String, expected: String) throws {
        let rows = try CSV().parse(Text(source))
        #expect(JSON.text(.array(rows.map { .array($0.map { .text($0) }) })) == Text(expected))
    }

    @Test(
        "What is malformed is refused with its line",
        arguments: [
            ("a\n\"b\nc", CSVError.Kind.unterminatedQuote, 2), ("a\n\"b\"c", .textBehindQuote, 2), ("\"a\nb\"\n\"", .unterminatedQuote, 3),
        ])
    func malformed(source: String, kind: CSVError.Kind, line: Int) {
        let error = #expect(throws: CSVError.self) { try CSV().parse(Text(source)) }
        #expect(error?.kind == kind)
        #expect(error?.line == line)
    }

    @Test("What is written reads back as it was")
    func roundTrip() throws {
        let rows: [[Text]] = [["a", "b,c", "d\"e", "f\r\ng", " h", ""], ["\u{e9}", "1"], [""], ["\u{feff}"]]
        var buffer: [UInt8] = []
        for row in rows { CSV().append(row, to: &buffer) }
        #expect(try CSV().parse(Text(bytes: buffer)) == rows)
        #expect(Text(bytes: buffer).hasPrefix("a,\"b,c\",\"d\"\"e\",\"f\r\ng\",\" h\",\r\n"))
    }

    @Test("Other separators and quotes, and a bound")
    func options() throws {
        var csv = CSV()
        csv.separator = UInt8(ascii: ";")
        csv.quote = UInt8(ascii: "'")
        csv.maximumFields = 4
        #expect(try csv.parse(Text("a;'b;c'\nd;e")) == [["a", "b;c"], ["d", "e"]])
        #expect(throws: CSVError.self) { try csv.parse(Text("a;b;c;d;e")) }
    }
}
