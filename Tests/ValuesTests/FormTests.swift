import Testing

@testable import Values

@Suite("URL-encoded forms")
struct FormTests {
    @Test(
        "Pairs keep their order, repeats and empty values",
        arguments: [
            ("a=1&b=2&a=3", [("a", "1"), ("b", "2"), ("a", "3")]), ("", []), ("&&a&=b&", [("a", ""), ("", "b")]),
            ("a=b=c", [("a", "b=c")]), ("a+b=%20c%2B", [("a b", " c+")]), ("%zz=%4", [("%zz", "%4")]),
            ("a=%c3%A9", [("a", "\u{e9}")]), ("a=%00", [("a", "\0")]),
        ] as [(String, [(Text, Text)])])
    func pairs(source: String, expected: [(Text, Text)]) throws {
        let form = try Form(Text(source))
        #expect(form.pairs.map(\.name) == expected.map(\.0))
        #expect(form.pairs.map(\.value) == expected.map(\.1))
    }

    /// Byte by byte, as the standard says it.
    private static func readSlowly(_ bytes: [UInt8]) -> [(name: [UInt8], value: [UInt8])] {
        func decoded(_ part: some Collection<UInt8>) -> [UInt8] {
            var (rest, result) = (Array(part)[...], [UInt8]())
            while let byte = rest.popFirst() {
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                if byte == UInt8(ascii: "%"), digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) {
                    result.append(value)
                    rest = rest.dropFirst(2)
                } else {
                    result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                }
            }
            return result
        }
        return bytes.split(separator: UInt8(ascii: "&")).map { field in
            let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            return (decoded(field[..<end]), decoded(field[end...].dropFirst()))
        }
    }

    @Test("Fields are the same wherever marks and escapes fall")
    func anywhere() throws {
        var random = SplitMix(seed: 43)
        let pieces = ["&", "=", "+", "%", "%2", "%41", "%e9", "%zz", "a", "bc", "a plain stretch of some length", "\0", "\u{e9}"].map { Array($0.utf8) }
        for _ in 0..<3_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
            let form = try Form(bytes)
            let expected = Self.readSlowly(bytes)
            #expect(form.pairs.map(\.name.bytes) == expected.map(\.name), "\(String(decoding: bytes, as: UTF8.self))")
            #expect(form.pairs.map(\.value.bytes) == expected.map(\.value), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test(
        "A form as a value is what PHP makes of it",
        arguments: [
            ("a=1&a=2", #"{"a":"2"}"#), ("a[]=1&a[]=2", #"{"a":["1","2"]}"#), ("a[b]=c", #"{"a":{"b":"c"}}"#),
            ("a[b][c]=1&a[b][d]=2", #"{"a":{"b":{"c":"1","d":"2"}}}"#), ("a[0]=x&a[1]=y", #"{"a":["x","y"]}"#),
            ("a[1]=x&a[0]=y", #"{"a":{"1":"x","0":"y"}}"#), ("a[5]=x&a[]=y", #"{"a":{"5":"x","6":"y"}}"#),
            ("a=1&a[b]=2", #"{"a":{"b":"2"}}"#), ("a[b]=1&a=2", #"{"a":"2"}"#), ("a[][b]=1&a[][b]=2", #"{"a":[{"b":"1"},{"b":"2"}]}"#),
            ("a[b=1", #"{"a[b":"1"}"#), ("[a]=1", #"{"[a]":"1"}"#), ("a[b]c=1", #"{"a":{"b":"1"}}"#), ("a.b=1&c d=2", #"{"a.b":"1","c d":"2"}"#),
            ("=1", #"{"":"1"}"#), ("a%5Bb%5D=1", #"{"a":{"b":"1"}}"#), ("0=a&1=b", #"{"0":"a","1":"b"}"#),
        ])
    func value(source: String, expected: String) throws {
        #expect(JSON.text(try Form(Text(source)).value()) == Text(expected))
    }

    @Test("Too many fields and too many brackets are refused")
    func bounds() throws {
        var limits = Form.Limits()
        limits.pairs = 3
        limits.depth = 2
        #expect(try Form(Text("a=1&b=2&c=3"), limits: limits).pairs.count == 3)
        #expect(throws: FormError.tooManyPairs(3)) { try Form(Text("a=1&b=2&c=3&d=4"), limits: limits) }
        #expect(throws: FormError.tooDeep(2)) { try Form(Text("a[b][c][d]=1"), limits: limits).value() }
        #expect(try Form(Text("a[b][c]=1"), limits: limits).value() == ["a": ["b": ["c": "1"]]])
    }

    @Test(
        "Percent-encoding, of a URI and of a form",
        arguments: [
            ("Hello, World!", "Hello%2C%20World%21", "Hello%2C+World%21"), ("a~b-c._", "a~b-c._", "a%7Eb-c._"),
            ("\u{e9}/?&=+", "%C3%A9%2F%3F%26%3D%2B", "%C3%A9%2F%3F%26%3D%2B"), ("", "", ""),
        ] as [(Text, Text, Text)])
    func percentEncoding(plain: Text, uri: Text, form: Text) {
        #expect(PercentEncoding.uri.encode(plain) == uri)
        #expect(PercentEncoding.form.encode(plain) == form)
        #expect(PercentEncoding.uri.decode(uri) == plain)
        #expect(PercentEncoding.form.decode(form) == plain)
    }

    @Test("A plus is a space in a form only, and bytes that are no UTF-8 survive")
    func decoding() {
        #expect(PercentEncoding.uri.decode("a+b") == "a+b")
        #expect(PercentEncoding.form.decode("a+b") == "a b")
        #expect(PercentEncoding.uri.decode("%ff%") == Text(bytes: [0xff, 0x25]))
        #expect(PercentEncoding.uri.encode(Text(bytes: [0xff])) == "%FF")
    }
}
