import Testing

@testable import Values

@Suite("JSON pointers")
struct JSONPointerTests {
    /// The document of RFC 6901, section 5.
    static let document: Value = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
    ]

    @Test(
        "A pointer finds what RFC 6901 says",
        arguments: [
            ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
            ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
        ] as [(String, Value)])
    func found(pointer: String, expected: Value) {
        #expect(JSONPointer(pointer)?.value(in: Self.document) == expected)
    }

    @Test("The empty pointer is the document")
    func whole() {
        #expect(JSONPointer("")?.value(in: Self.document) == Self.document)
    }

    @Test(
        "What is not there is nil",
        arguments: [
            "/bar", "/foo/2", "/foo/-", "/foo/01", "/foo/-1", "/foo/+1", "/foo/0/0", "/foo/99999999999999999999", "/foo/",
        ])
    func missing(pointer: String) throws {
        #expect(try #require(JSONPointer(pointer)).value(in: Self.document) == nil)
    }

    @Test("Text that is no pointer is refused", arguments: ["foo", "/a~", "/a~2b", "#/foo"])
    func malformed(pointer: String) {
        #expect(JSONPointer(pointer) == nil)
    }
}

@Suite("Changes at a place in a document")
struct JSONPointerSettingTests {
    @Test(
        "A value is put there, and what is missing on the way is made",
        arguments: [
            (#"{"a":1}"#, "/a", #"{"a":"x"}"#), (#"{"a":1}"#, "/b", #"{"a":1,"b":"x"}"#),
            (#"{}"#, "/a/b", #"{"a":{"b":"x"}}"#), (#"{"a":[1,{"b":2}]}"#, "/a/1/b", #"{"a":[1,{"b":"x"}]}"#),
            (#"[1,2]"#, "/0", #"["x",2]"#), (#"1"#, "", #""x""#), (#"{"a/b":1}"#, "/a~1b", #"{"a/b":"x"}"#),
        ])
    func set(document: String, pointer: String, expected: String) throws {
        let changed = try #require(JSONPointer(pointer)).setting("x", in: JSON.parse(Text(document)))
        #expect(changed.map { JSON.text($0).string } == expected)
    }

    @Test(
        "There is no place in what is no array or object, nor past the end of an array",
        arguments: [("1", "/a"), (#"{"a":1}"#, "/a/b"), ("[1]", "/1"), ("[1]", "/-"), ("[1]", "/a"), ("null", "/a")])
    func noPlace(document: String, pointer: String) throws {
        #expect(try #require(JSONPointer(pointer)).setting("x", in: JSON.parse(Text(document))) == nil)
    }
}
