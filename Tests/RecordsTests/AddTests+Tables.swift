import Values
import XanoScript

// The tables of `AddTests`.

struct Defaulted: Sendable {
    let column: Column
    let value: Value

    init(_ column: Column, _ value: Value) {
        self.column = column
        self.value = value
    }
}

struct Converted: Sendable {
    let type: String
    let given: Value
    let expected: Value

    init(_ type: String, _ given: Value, _ expected: Value) {
        self.type = type
        self.given = given
        self.expected = expected
    }
}

struct Refused: Sendable {
    let type: String
    let given: Value

    init(_ type: String, _ given: Value) {
        self.type = type
        self.given = given
    }
}

struct Filtered: Sendable {
    let type: String
    let filters: [Filter]
    let given: Value
    let expected: Value

    init(_ type: String, _ filters: [Filter], _ given: Value, _ expected: Value) {
        self.type = type
        self.filters = filters
        self.given = given
        self.expected = expected
    }
}

struct Unfiltered: Sendable {
    let type: String
    let filters: [Filter]
    let given: Value

    init(_ type: String, _ filters: [Filter], _ given: Value) {
        self.type = type
        self.filters = filters
        self.given = given
    }
}

extension AddTests {
    static let defaulted: [Defaulted] = [
        Defaulted(.make("text", "x", optional: true), ""),
        Defaulted(.make("int", "x", optional: true), 0),
        Defaulted(.make("decimal", "x", optional: true), 0.0),
        Defaulted(.make("bool", "x", optional: true), false),
        Defaulted(.make("text[]", "x", optional: true), []),
        Defaulted(.make("timestamp", "x", optional: true), nil),
        Defaulted(.make("json", "x", optional: true), nil),
        Defaulted(.make("text", "x", nullable: true), nil),
        Defaulted(.make("text", "x", default: .text("a")), "a"),
        Defaulted(.make("text", "x", default: .word("foo")), "foo"),
        Defaulted(.make("int", "x", default: .negative(Expression(.integer(5), TableSource.place))), -5),
        Defaulted(.make("decimal", "x", default: .integer(1)), 1.0),
        Defaulted(.make("bool", "x", default: .boolean(true)), true),
        Defaulted(.make("timestamp", "x", default: .now), .integer(TestStore.start)),
        Defaulted(.make("timestamp", "x", default: .text("now")), .integer(TestStore.start)),
        Defaulted(.make("json", "x", default: .object([])), .object([:])),
        Defaulted(.make("enum", "x", default: .text("b"), values: ["a", "b"]), "b"),
        Defaulted(.make("timestamp", "created_at"), .integer(TestStore.start)),
    ]

    static let converted: [Converted] = [
        Converted("int", "42", 42),
        Converted("int", 42.0, 42),
        Converted("int", true, 1),
        Converted("int", .integer(.max), .integer(.max)),
        Converted("int", .integer(.min), .integer(.min)),
        Converted("decimal", 3, 3.0),
        Converted("decimal", "1.5", 1.5),
        Converted("decimal", 1e300, 1e300),
        Converted("decimal", 0.1, 0.1),
        Converted("text", 5, "5"),
        Converted("text", true, "true"),
        Converted("text", 1.5, "1.5"),
        Converted("text", "", ""),
        Converted("text", "it's \"quoted\"; -- DROP TABLE t", "it's \"quoted\"; -- DROP TABLE t"),
        Converted("text", "a\u{0}b", "a\u{0}b"),
        Converted("text", "naïve 🙂", "naïve 🙂"),
        Converted("text", .text(Text(bytes: [0xff, 0, 0xfe])), .text(Text(bytes: [0xff, 0, 0xfe]))),
        Converted("bool", 1, true),
        Converted("bool", "false", false),
        Converted("bool", false, false),
        Converted("timestamp", 1_700_000_000_123, 1_700_000_000_123),
        Converted("timestamp", "now", .integer(TestStore.start)),
        Converted("timestamp", "1700000000123", 1_700_000_000_123),
        Converted("date", "2026-02-28", "2026-02-28"),
        Converted("date", "2026-02-28T10:00:00Z", "2026-02-28"),
        Converted("email", "a@example.com", "a@example.com"),
        Converted("email", "", ""),
        Converted("json", ["a": [1, 2.5, nil, "x"], "b": .object([:])], ["a": [1, 2.5, nil, "x"], "b": .object([:])]),
        Converted("json", "text", "text"),
        Converted("json", 7, 7),
        Converted("json", false, false),
        Converted("json", .integer(.max), .integer(.max)),
        Converted("object", ["z": 1, "a": 2], ["z": 1, "a": 2]),
        Converted("int[]", [1, "2", 3.0], [1, 2, 3]),
        Converted("text[]", ["a", 1], ["a", "1"]),
        Converted("text[]", [], []),
        Converted("image", ["path": "/x.png"], ["path": "/x.png"]),
    ]

    static let refusedTypes: [Refused] = [
        Refused("int", "abc"),
        Refused("int", 1.5),
        Refused("int", []),
        Refused("int", "1e400"),
        Refused("decimal", "x"),
        Refused("bool", "maybe"),
        Refused("bool", 2),
        Refused("text", []),
        Refused("text", .object([:])),
        Refused("timestamp", "not a time"),
        Refused("timestamp", []),
        Refused("date", "2026-02-30"),
        Refused("date", "yesterday?"),
        Refused("email", "nobody"),
        Refused("email", "a@b"),
        Refused("uuid", "1234"),
        Refused("object", [1]),
        Refused("object", "x"),
        Refused("int[]", 5),
        Refused("int[]", ["x"]),
        Refused("text[]", "x"),
        Refused("image", "x.png"),
    ]

    static let filtered: [Filtered] = [
        Filtered("text", [.make("trim"), .make("lower")], " HeLLo ", "hello"),
        Filtered("email", [.make("trim"), .make("lower")], " A@Example.COM ", "a@example.com"),
        Filtered("text", [.make("upper")], "straße", "STRASSE"),
        Filtered("int", [.make("min", .integer(0))], 0, 0),
        Filtered("text", [.make("max", .integer(3))], "äöü", "äöü"),
        Filtered("text[]", [.make("trim")], [" a ", "b "], ["a", "b"]),
        Filtered("int", [.make("trim")], " 12 ", 12),
    ]

    static let unfiltered: [Unfiltered] = [
        Unfiltered("int", [.make("min", .integer(0))], -1),
        Unfiltered("decimal", [.make("max", .decimal(1.5))], 1.6),
        Unfiltered("text", [.make("min", .integer(3))], "ab"),
        Unfiltered("text", [.make("max", .integer(3))], "abcd"),
        Unfiltered("text", [.make("ok", .text("abc"))], "abd"),
        Unfiltered("text", [.make("prevent", .text("admin"))], "an admin"),
        Unfiltered("text", [.make("startsWith", .text("SKU-"))], "XKU-1"),
        Unfiltered("text", [.make("alphaOk")], "a1"),
        Unfiltered("text", [.make("digitOk")], "1a"),
        Unfiltered("text[]", [.make("min", .integer(1))], []),
        Unfiltered("text[]", [.make("max", .integer(1))], ["a", "b"]),
        Unfiltered("int[]", [.make("max", .integer(10))], [1, 11]),
    ]
}
