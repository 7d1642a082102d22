import Testing

@testable import Gateway

@Suite("Declared length")
struct DeclaredLengthTests {
    @Test(
        "CONTENT_LENGTH is digits or nothing; anything else is malformed",
        arguments: [
            ("0", .known(0)), ("17", .known(17)), ("007", .known(7)), ("", .unknown),
            ("999999999999999999", .known(999_999_999_999_999_999)), ("1000000000000000000", .malformed),
            ("+5", .malformed), ("-5", .malformed), (" 5", .malformed), ("5 ", .malformed), ("0x5", .malformed),
            ("5,5", .malformed), ("٥", .malformed), ("5\n", .malformed),
        ] as [(String, DeclaredLength)])
    func parse(text: String, expected: DeclaredLength) {
        #expect(DeclaredLength(Environment([(name: "CONTENT_LENGTH", value: text)])) == expected)
    }

    @Test(
        "Given twice it must agree; an empty one says nothing",
        arguments: [
            (["5", "5"], .known(5)), (["5", "6"], .malformed), (["", "5"], .known(5)), (["5", ""], .known(5)),
            (["x", "5"], .malformed), (["5", "x"], .malformed), (["5", "6", "6"], .malformed), ([], .unknown),
        ] as [([String], DeclaredLength)])
    func twice(values: [String], expected: DeclaredLength) {
        #expect(
            DeclaredLength(Environment(values.map { (name: "CONTENT_LENGTH", value: $0) })) == expected)
    }
}
