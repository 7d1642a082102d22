import Testing
import Values

@testable import FunctionStack

@Suite("Filters and values of every kind")
struct RobustnessTests {
    private static let values: [Value] = [
        .null, true, false, 0, 1, -1, 3, 64, .integer(.max), .integer(.min), 0.5, -1e-300, 1e18, -1e19, 1e308, "", "0",
        "a", "abc é 👩‍👩‍👧", "12", "-9223372036854775808", "1e400", "0x1F", "a.b.c", "....", "%s%d%5$s%'", "<a <b>", "/a(/", "Y-m-d",
        .text(Text(bytes: [0xFF, 0x00, 0xC3])), [], [1, "a", nil], [[1, [2]], ["a": 1]], .array([.integer(.min), .integer(.max)]),
        [:], ["a": ["b": ["c": 1]], "": 2], ["key": "k", "value": [1]], [["key": "k"], ["a": nil]],
    ]

    /// A small generator with a seed, so that a failure comes again.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test("Whatever comes in, a filter gives a value or a StackError", arguments: FilterTable.standard.definitions)
    func anyInput(_ definition: FilterDefinition) throws {
        var random = Seeded(state: UInt64(definition.name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude))
        for _ in 0..<300 {
            let count = Int.random(in: definition.arity.lowerBound...min(definition.arity.upperBound, 5), using: &random)
            let arguments = (0..<count).map { _ in Self.values.randomElement(using: &random) ?? .null }
            let input = Self.values.randomElement(using: &random) ?? .null
            let context = FilterContext(
                clock: { 1_700_000_000_000 }, random: random,
                budget: Budget(maximumSteps: 1_000_000, maximumBytes: 1 << 20))
            do {
                switch definition.implementation {
                case .plain(let implementation):
                    let result = try implementation(input, FilterArguments(arguments), context)
                    #expect(!result.isDeeper(than: Value.maximumDepth))
                case .element(let implementation):
                    let expression: FilterDefinition.ElementExpression = { element, sum, index in
                        [element, sum, .integer(Int64(index))]
                    }
                    _ = try implementation(input, expression, FilterArguments(Array(arguments.dropFirst())), context)
                case .unsupported: return
                }
            } catch is StackError {
                // A clear refusal is what is wanted.
            } catch {
                Issue.record("\(definition.name) throws \(error)")
            }
        }
    }

    @Test("Comparing, ordering and hashing any two values ends and agrees with itself")
    func comparisons() {
        for left in Self.values {
            #expect(left.looselyEquals(left) && left.isIdentical(to: left))
            #expect(left.compareLoosely(left) == .equal)
            #expect(ComparisonKey(left) == ComparisonKey(left))
            for right in Self.values {
                #expect(left.looselyEquals(right) == right.looselyEquals(left))
                #expect(left.looselyEquals(right) == (left.compareLoosely(right) == .equal))
                if ComparisonKey(left) == ComparisonKey(right) {
                    #expect(ComparisonKey(left).hashValue == ComparisonKey(right).hashValue)
                }
            }
        }
    }
}
