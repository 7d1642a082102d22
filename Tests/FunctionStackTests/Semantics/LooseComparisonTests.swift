import Testing
import Values

@testable import FunctionStack

@Suite("Comparison of mixed types")
struct LooseComparisonTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var left: Value
        var right: Value
        var isEqual: Bool
        var order: Ordering
        var testDescription: String

        static func all() throws -> [Row] {
            let orders: [String: Ordering] = ["<": .less, "=": .equal, ">": .greater, "!": .incomparable]
            return try Fixture.rows("Filters/comparison.txt").map { row in
                try Row(
                    left: JSON.parse(Text(row[0])), right: JSON.parse(Text(row[1])), isEqual: row[2] == "true",
                    order: #require(orders[row[3]]), testDescription: row.joined(separator: " "))
            }
        }
    }

    @Test("'==' follows PHP 8, whichever side a value stands on", arguments: try Row.all())
    func equality(_ row: Row) {
        #expect(row.left.looselyEquals(row.right) == row.isEqual)
        #expect(row.right.looselyEquals(row.left) == row.isEqual)
    }

    @Test("'<' and '>' follow PHP 8, and turn round with the sides", arguments: try Row.all())
    func order(_ row: Row) {
        #expect(row.left.compareLoosely(row.right) == row.order)
        #expect(row.right.compareLoosely(row.left) == row.order.reversed)
    }

    @Test(
        "'===' wants the same type",
        arguments: [
            (.integer(1), .integer(1), true), (.integer(1), .decimal(1), false), (.text("1"), .integer(1), false),
            (.null, .boolean(false), false), (.array([1]), .array([1]), true),
            (["a": 1, "b": 2], ["b": 2, "a": 1], true),
        ] as [(Value, Value, Bool)])
    func identity(left: Value, right: Value, expected: Bool) {
        #expect(left.isIdentical(to: right) == expected)
    }
}
