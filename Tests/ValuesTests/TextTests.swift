import Testing

@testable import Values

@Suite("Text")
struct TextTests {
    static let invalid = Text(bytes: [0x61, 0xff, 0x62])

    @Test("Text is equal byte by byte, not by Unicode's equivalence")
    func equality() {
        #expect(Text("\u{e9}") != Text("e\u{301}"))
        #expect(Text("a long text of more than fifteen bytes") == Text("a long text of more than fifteen bytes"))
        #expect(Text("a long text of more than fifteen bytes") != Text("a long text of more than fifteen byteS"))
        #expect(Self.invalid == Text(bytes: [0x61, 0xff, 0x62]))
        #expect(Self.invalid != Text("a\u{fffd}b"))
    }

    @Test("Equal text has equal hashes, however it came to be", arguments: ["", "a", "12345678", "123456789 and more"])
    func hashing(string: String) {
        var appended = Text()
        for byte in string.utf8 { appended.append(Text(bytes: [byte])) }
        #expect(appended == Text(string))
        #expect(appended.hashValue == Text(string).hashValue)
    }

    @Test(
        "Text is ordered by its bytes",
        arguments: [
            ("", "a"), ("a", "b"), ("a", "aa"), ("Z", "a"), ("12345678a", "12345678b"), ("1234567890", "2"),
            ("z", "\u{e9}"), ("12345678", "123456780"), ("0123456\u{7f}", "0123456\u{80}"),
        ])
    func order(smaller: String, larger: String) {
        #expect(Text(smaller) < Text(larger))
        #expect(!(Text(larger) < Text(smaller)))
        #expect(!(Text(smaller) < Text(smaller)))
    }

    @Test("Bytes that are no UTF-8 stay as they are")
    func invalidBytes() {
        #expect(Self.invalid.bytes == [0x61, 0xff, 0x62])
        #expect(Self.invalid.byteCount == 3)
        #expect(Self.invalid.validString == nil)
        #expect(Self.invalid.string == "a\u{fffd}b")
        #expect(Text("a\0b").byteCount == 3)
    }

    @Test("Halves of a character become the character when joined")
    func joining() {
        var text = Text(bytes: [0xc3])
        text.append(Text(bytes: [0xa9]))
        #expect(text == "\u{e9}")
        #expect(text.validString == "\u{e9}")
    }

    @Test("Slices are of bytes and clamped")
    func slices() {
        #expect(Text("hello").slice(1..<3) == "el")
        #expect(Text("hello").slice(3..<99) == "lo")
        #expect(Text("\u{e9}").slice(0..<1) == Text(bytes: [0xc3]))
    }

    @Test(
        "A search finds the first occurrence",
        arguments: [
            ("hello", "l", 0, 2), ("hello", "lo", 0, 3), ("hello", "", 5, 5), ("aaab", "aab", 0, 1),
            ("abcabcabd", "abcabd", 0, 3), ("abababac", "ababac", 1, 2), ("hello", "l", 3, 3),
        ] as [(Text, Text, Int, Int)])
    func search(text: Text, needle: Text, start: Int, expected: Int) {
        #expect(text.firstIndex(of: needle, from: start) == expected)
    }

    @Test("A search that finds nothing gives nil", arguments: [("hello", "x"), ("a", "ab"), ("aaa", "aab"), ("", "a")])
    func searchInVain(text: String, needle: String) {
        #expect(Text(text).firstIndex(of: Text(needle)) == nil)
    }

    @Test("Prefix and suffix")
    func ends() {
        #expect(Text("hello").hasPrefix("he"))
        #expect(!Text("hello").hasPrefix("hello!"))
        #expect(Text("hello").hasSuffix("lo"))
        #expect(!Text("hello").hasSuffix("he"))
        #expect(Text("hello").hasSuffix(""))
    }

    @Test("Splitting and replacing")
    func splitting() {
        #expect(Text("a, b, , c").split(separator: ", ") == ["a", "b", "", "c"])
        #expect(Text("abc").split(separator: "x") == ["abc"])
        #expect(Text("").split(separator: "x") == [""])
        #expect(Text("aaaa").replacing("aa", with: "b") == "bb")
        #expect(Text("hello").replacing("l", with: "") == "heo")
        #expect(Text("hello").replacing("x", with: "y") == "hello")
    }
}
