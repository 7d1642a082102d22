import Testing

import Values
@testable import XanoScript

@Suite("Nearest names")
struct NearestNameTests {
    @Test(
        "A slip of the pen is near, another word is not",
        arguments: [
            ("first_notnul", "first_notnull"), ("firstnotnull", "first_notnull"), ("queyr", "query"),
            ("QUERY", "query"),
            ("fitler", "filter"), ("ad", "add"), ("xyz", nil), ("", nil), ("query", "query"), ("sub", "sum"),
        ] as [(String, String?)])
    func near(name: String, expected: String?) {
        let names = ["add", "filter", "first_notnull", "query", "sum"]
        #expect(NearestName.of(name, among: names) == expected)
    }

    @Test("Of several near ones the nearest counts, then the first; a name without end is not measured")
    func ties() {
        #expect(NearestName.of("mat", among: ["map", "max", "mat_"]) == "map")
        #expect(NearestName.of("maxx", among: ["map", "max"]) == "max")
        #expect(NearestName.of(String(repeating: "a", count: 100_000), among: ["a"]) == nil)
    }
}
