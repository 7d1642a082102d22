import Testing

@testable import Values

@Suite("A place of a document that is not read")
struct JSONPlaceTests {
    /// All places of a value.
    private static func places(_ value: Value, _ prefix: String = "") -> [String] {
        var places = [prefix, prefix + "/absent", prefix + "/0x"]
        func step(_ name: String, _ value: Value) {
            let escaped = name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
                .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
            places += Self.places(value, "\(prefix)/\(escaped)")
        }
        switch value {
        case .object(let object): for (name, value) in object { step(name.string, value) }
        case .array(let elements):
            for (number, value) in elements.enumerated() { step("\(number)", value) }
            places += ["\(prefix)/\(elements.count)", prefix + "/-", prefix + "/00"]
        default: break
        }
        return places
    }

    private static func document(_ random: inout SplitMix, depth: Int) -> Value {
        let texts = ["", "a", "{", "]}", "\"", "\\", "caf\u{e9} \u{1F600}", "a/b", "m~n", "a much longer text, with {braces} \"and\" [brackets]", "\u{1}"]
        func text() -> Text { Text(texts.randomElement(using: &random) ?? "") }
        switch Int.random(in: depth > 3 ? 0...5 : 0...9, using: &random) {
        case 0: return .null
        case 1: return .boolean(true)
        case 2: return .integer(.random(in: -99999...99999, using: &random))
        case 3: return .decimal(0.5)
        case 4, 5: return .text(text())
        case 6, 7:
            return .array((0..<Int.random(in: 0...5, using: &random)).map { _ in document(&random, depth: depth + 1) })
        default:
            var object = Object()
            for _ in 0..<Int.random(in: 0...6, using: &random) { object[text()] = document(&random, depth: depth + 1) }
            return .object(object)
        }
    }

    /// The same document with spaces wherever they may stand, and characters written as escapes.
    private static func loosened(_ bytes: [UInt8]) -> [UInt8] {
        var (result, isText, isEscape) = ([UInt8](), false, false)
        for byte in bytes {
            if isText, !isEscape, byte == UInt8(ascii: "a") {
                result += Array("\\u0061".utf8)
                continue
            }
            let isMark = !isText && "{}[]:,".utf8.contains(byte)
            result += isMark ? [0x20, byte, 0x0a] : [byte]
            if byte == UInt8(ascii: "\""), !isEscape { isText.toggle() }
            isEscape = isText && byte == UInt8(ascii: "\\") && !isEscape
        }
        return result
    }

    @Test("What is found without reading the rest is what is found in the document that was read")
    func sameAsRead() throws {
        var random = SplitMix(seed: 41)
        for _ in 0..<400 {
            let document = Self.document(&random, depth: 0)
            let bytes = JSON.print(document)
            for form in [bytes, Self.loosened(bytes)] {
                let read = try JSON.parse(form)
                for place in Self.places(read) {
                    let pointer = try #require(JSONPointer(place))
                    let found = pointer.value(in: read)
                    #expect(JSON.hasValue(at: pointer, in: form.span) == (found != nil), "\(place)")
                    #expect(JSON.isEmpty(at: pointer, in: form.span) == (found == [] || found == .object([:])), "\(place)")
                    #expect(JSON.value(at: pointer, in: form.span) == pointer.value(in: read), "\(place) in \(String(decoding: form, as: UTF8.self))")
                }
            }
        }
    }

    @Test("A member that is looked for from both ends is that of the document that was read", arguments: [0, 1, 16, 512])
    func sameFromTheEnds(beginning: Int) throws {
        var random = SplitMix(seed: 42)
        for _ in 0..<400 {
            let document = Self.document(&random, depth: 0)
            let bytes = JSON.print(document)
            for form in [bytes, Self.loosened(bytes), bytes + [0x0a], [0x20] + bytes + [0x09, 0x0d]] {
                var expected = Object()
                if case .object(let object) = document { expected = object }
                for name in Array(expected.map(\.key)) + ["absent", "", "a"] {
                    let found = JSON.value(of: name, nearEndsOf: form.span, beginning: beginning)
                    #expect(found == expected[name], "\(name.string) in \(String(decoding: form, as: UTF8.self))")
                }
            }
        }
    }

    @Test(
        "What is no document, or is cut off, has no member at its end",
        arguments: [
            "", " ", "}", "{}", "[]", "7", "\"t\"", #"{"t"}"#, #"{"t" 1}"#, #"{t":1}"#, #"{"t":}"#, #"{"t":1"#, #"{"t":1}}"#, #"{"t":1]"#,
            #"{"t":1 2}"#, #"{"t":1,}"#, #"["t",1]"#, #"{"a":{"t":1}}"#, #"{"a":"{\"t\":1}"}"#, #"{"a":"\\\",\"t\":1"}"#,
        ])
    func nothingAtTheEnd(document: String) {
        #expect(JSON.value(of: "t", nearEndsOf: Array(document.utf8).span, beginning: 0) == nil)
    }

    @Test("A number that goes on where the front ends is read whole")
    func cutNumber() {
        let document = Array(#"{"t":1234567890,"a":1}"#.utf8)
        for beginning in 0...document.count {
            #expect(JSON.value(of: "t", nearEndsOf: document.span, beginning: beginning) == 1_234_567_890)
        }
    }

    @Test(
        "Of a repeated key the first value counts, and what follows is not looked at",
        arguments: [
            (#"{"id":1,"id":2}"#, "/id", 1), (#"{"a":[1,{"id":3}],"b":"#, "/a/1/id", 3), (#" {"\u0069d" : 4 , nonsense"#, "/id", 4),
        ] as [(String, String, Value)])
    func first(document: String, place: String, expected: Value) throws {
        #expect(JSON.value(at: try #require(JSONPointer(place)), in: Array(document.utf8).span) == expected)
    }

    @Test(
        "In what is no document nothing is found",
        arguments: [
            "", " ", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\" 1,\"id\":2}", "{a:1,\"id\":2}", "{\"a\":\"\\", "{\"a\":\"x",
            "{\"a\":[1,\"id\":2}", "{\"a\":{\"b\":\"}\",\"id\":2}", "{\"a\":1;\"id\":2}", "{\"a\":\"\u{1}\",\"id\":2}", "{\"id\":tru}", "\u{FEFF}{\"id\":2}",
            "{\"a\":1,}", "{,\"id\":2}", "{\"a\":1]\"id\":2}", "{\"id\":}",
        ])
    func malformed(document: String) throws {
        #expect(JSON.value(at: try #require(JSONPointer("/id")), in: Array(document.utf8).span) == nil)
    }

    @Test("An object is read with some of its members, as it is read whole")
    func members() throws {
        var random = SplitMix(seed: 42)
        for _ in 0..<300 {
            let document = Self.document(&random, depth: 0)
            let bytes = JSON.print(document)
            for form in [bytes, Self.loosened(bytes)] {
                let some = try JSON.parse(form.span, members: ["a", "m~n", "absent"])
                guard case .object(let whole) = document else {
                    #expect(some == document)
                    continue
                }
                var expected = Object()
                for (name, value) in whole where name == "a" || name == "m~n" { expected[name] = value }
                #expect(some == .object(expected))
            }
        }
    }

    @Test(
        "Of a repeated member the last value counts where it is read, and what is malformed around is refused",
        arguments: [
            (#"{"a":1,"b":{"a":[2]},"\u0061":3}"#, [("a", 3)]), (#"{"a":1,"b":"}"}"#, [("a", 1)]), ("{}", []), (#"{"a":1} x"#, nil),
            (#"{"a":1,}"#, nil), (#"{"a":1"#, nil), (#"{"b":1 "a":1}"#, nil), (#"{"a":}"#, nil), (#"{"b":[}"#, nil),
        ] as [(String, [(Text, Value)]?)])
    func repeated(document: String, expected: [(Text, Value)]?) {
        let read = try? JSON.parse(Array(document.utf8).span, members: ["a"])
        var object = Object()
        for (name, value) in expected ?? [] { object[name] = value }
        #expect(read == expected.map { _ in .object(object) })
    }
}
