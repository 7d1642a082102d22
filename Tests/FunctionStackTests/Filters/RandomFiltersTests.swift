import Testing
import Values

@testable import FunctionStack

@Suite("Filters that use the run's randomness")
struct RandomFiltersTests {
    /// Counts up; the same in each test.
    struct Counter: RandomNumberGenerator {
        var state: UInt64 = 0
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            return state
        }
    }

    private let context = FilterContext(clock: { 0 }, random: Counter(), budget: Budget())

    private func run(_ name: String, _ input: Value = .null) throws -> Value {
        let definition = try #require(FilterTable.standard[name])
        #expect(!definition.isPure, "evaluated at load it would give the same at each run")
        guard case .plain(let implementation) = definition.implementation else { return .null }
        return try implementation(input, FilterArguments(), context)
    }

    @Test("A UUID has version 4 and its variant, and takes its bits from the run's randomness")
    func uuid() throws {
        #expect(try run("uuid") == "9e3779b9-7f4a-4c15-bc6e-f372fe94f82a")
        #expect(try run("uuid4") != run("uuid"))
    }

    @Test("A unique id is a positive integer")
    func uniqueID() throws {
        for _ in 0..<100 {
            guard case .integer(let id) = try run("create_uid") else {
                Issue.record("no integer")
                return
            }
            #expect(id > 0)
        }
    }

    @Test("Shuffling keeps the elements and changes their order")
    func shuffle() throws {
        let items = Value.array((0..<50).map { .integer($0) })
        let shuffled = try run("shuffle", items)
        #expect(shuffled != items)
        #expect(try SortFilter.sort(shuffled.elements(""), path: nil, SortOrder(.number), context) == items.elements(""))
    }
}
