import Testing
import Values

@testable import FunctionStack

@Suite("YAML")
struct YAMLTests {
    @Test("A document becomes a value, or is refused with its line", arguments: try Fixture.rows("Filters/yaml.txt"))
    func decoding(_ row: [String]) throws {
        guard case .text(let yaml) = try JSON.parse(Text(row[0])) else { return }
        do {
            #expect(JSON.text(try YAMLParser.parse(yaml)).string == row[1])
        } catch let error as StackError {
            #expect(row[1].hasPrefix("error "), "\(error.message)")
            #expect(error.message.string.contains(row[1].dropFirst(6)))
        }
    }

    @Test(
        "What is printed reads back as the same value",
        arguments: [
            ["a": ["b": [1, [2, ["c": nil]], []], "d": [:]], "e": -0.5, "f": 3.0, "g": 1e300, "h": true],
            ["", " ", "x ", "null", "~", "true", "12", "0x1F", "1.5", "- a", "a: b", "a:", "#a", "a #b", "'", "\"", "it's", "[", "{a}"],
            ["@a", "`a", "%a", "&a", "*a", "!a", "|", ">", "?", "-", "yes", "é", "a\nb", "\t", "a\u{7F}", "---", "..."],
            ["a b": 1, "": 2, "1": 3, "a: b": 4, "null": 5], "plain", 5, [], [:], nil,
        ] as [Value])
    func roundTrip(_ value: Value) throws {
        #expect(try YAMLParser.parse(YAMLPrinter.text(value)) == value)
    }

    @Test("Nesting is bounded, in blocks and in brackets")
    func depth() {
        for text in [String(repeating: "- ", count: 100_000) + "a", String(repeating: "[", count: 100_000)] {
            #expect(throws: StackError.self) { try YAMLParser.parse(Text(text)) }
        }
    }

    @Test("Bytes of any kind end in a value or an error")
    func anyBytes() {
        var state: UInt64 = 42
        let letters = Array("a:- #\n\n  []{},'\"|>&?\t\\0%.é".utf8)
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(letters[Int(state >> 33) % letters.count])
            }
            _ = try? YAMLParser.parse(Text(bytes: bytes))
        }
    }
}
