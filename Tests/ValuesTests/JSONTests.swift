import Testing

@testable import Values

@Suite("JSON")
struct JSONTests {
    @Test("What RFC 8259 allows is read, and printed in its shortest form", arguments: try Fixture.rows("json-accepted.tsv"))
    func accepted(row: [String]) throws {
        let value = try JSON.parse(Text(row[0]))
        #expect(JSON.text(value) == Text(row[1]))
        #expect(try JSON.text(JSON.parse(JSON.print(value))) == Text(row[1]))
    }

    @Test("What RFC 8259 does not allow is refused, with its place", arguments: try Fixture.rows("json-refused.tsv"))
    func refused(row: [String]) throws {
        let error = #expect(throws: JSONError.self) { try JSON.parse(Fixture.unescaped(row[0])) }
        #expect(error?.offset == Int(row[1]))
        #expect(error?.line == Int(row[2]))
        #expect(error?.column == Int(row[3]))
        #expect(error?.message.contains(row[4]) == true, "\(error?.message ?? "")")
    }

    @Test("Space around and inside is skipped")
    func space() throws {
        #expect(try JSON.parse(Text(" \t\r\n[ \t1\r,\n2 ] \n")) == [1, 2])
    }

    @Test("Integers and decimals keep their kind")
    func kinds() throws {
        let value = try JSON.parse(Text("[1, 1.0, 1e0, -0, 9223372036854775807, 9223372036854775808]"))
        let expected: Value = [
            .integer(1), .decimal(1), .decimal(1), .decimal(-0.0), .integer(.max), .decimal(9223372036854775808),
        ]
        #expect(value == expected)
    }

    @Test("Nesting is bounded, and the bound itself is allowed")
    func depth() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> Text {
            Text(String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth))
        }
        #expect(try JSON.parse(nested(512, "[", "]")).isDeeper(than: 511))
        #expect(try !JSON.parse(nested(512, "[", "]")).isDeeper(than: 512))
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let error = #expect(throws: JSONError.self) { try JSON.parse(nested(513, open, close)) }
            #expect(error?.kind == .tooDeep(512))
            #expect(throws: JSONError.self) { try JSON.parse(nested(1_000_000, open, close)) }
            #expect(throws: JSONError.self) { try JSON.parse(nested(3, open, close), maximumDepth: 2) }
        }
    }

    @Test("An object of 100,000 keys is read in time linear in its size, and all keys are found")
    func manyKeys() throws {
        let source = "{" + (0..<100_000).map { #""key\#($0)":\#($0)"# }.joined(separator: ",") + "}"
        let value = try JSON.parse(Text(source))
        #expect(value["key0"] == 0)
        #expect(value["key99999"] == 99_999)
        #expect(JSON.text(value) == Text(source))
    }

    @Test("Bytes that are no UTF-8 are printed as U+FFFD")
    func invalidText() {
        #expect(JSON.text(.text(Text(bytes: [0x61, 0xff, 0x62]))) == "\"a\u{fffd}b\"")
        #expect(JSON.text(.object([Text(bytes: [0xc3]): 1])) == "{\"\u{fffd}\":1}")
    }

    @Test("Infinite decimals are printed as null")
    func infinite() {
        #expect(JSON.text([.decimal(.infinity), .decimal(.nan)]) == "[null,null]")
    }

    @Test("Pretty print breaks lines and indents by four")
    func pretty() {
        let value: Value = ["a": [1, []], "b": [:]]
        let expected: Text = """
            {
                "a": [
                    1,
                    []
                ],
                "b": {}
            }
            """
        #expect(JSON.text(value, layout: .init(isPretty: true)) == expected)
    }

    @Test("Slashes and all beyond ASCII are escaped on request")
    func escapes() {
        let value: Value = "a/\u{e9}\u{1f600}\n"
        #expect(JSON.text(value) == #""a/é😀\n""#)
        #expect(JSON.text(value, layout: .init(escapesSlashes: true)) == #""a\/é😀\n""#)
        #expect(JSON.text(value, layout: .init(escapesUnicode: true)) == #""a/\u00e9\ud83d\ude00\n""#)
    }
}
