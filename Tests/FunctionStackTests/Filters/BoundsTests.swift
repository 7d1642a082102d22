import Testing
import Values

@testable import FunctionStack

@Suite("Bounds of what filters build")
struct BoundsTests {
    private func run(_ name: String, _ input: Value, _ arguments: [Value], _ budget: Budget) throws -> Value {
        let definition = try #require(FilterTable.standard[name])
        guard case .plain(let implementation) = definition.implementation else { return .null }
        let context = FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: budget)
        return try implementation(input, FilterArguments(arguments), context)
    }

    @Test(
        "What would not fit is refused before it is built, and the message names the setting",
        arguments: [
            ("range", nil, [1, 1_000_000_000]), ("fill", "x", [0, 1_000_000_000]),
            ("pad_start", "x", [1_000_000_000_000, "y"]),
            ("pad_end", "", [.integer(.max), "y"]), ("sprintf", "%2000000000d", [1]),
            ("number_format", 1, [2_000_000_000]),
            ("replace", .text(String(repeating: "a", count: 100_000)), ["a", .text(String(repeating: "b", count: 1000))]),
            ("join", .array(Array(repeating: 1, count: 10_000)), [.text(String(repeating: "b", count: 1000))]),
            ("split", .text(String(repeating: "a", count: 100_000)), ["a"]),
        ] as [(String, Value, [Value])])
    func refused(name: String, input: Value, arguments: [Value]) {
        let error = #expect(throws: StackError.self) { try run(name, input, arguments, Budget(maximumBytes: 1 << 20)) }
        #expect(error?.message.string.contains("POSTERN_MAX_") == true)
        guard case .bound = error?.kind else {
            Issue.record("a try_catch would catch it")
            return
        }
    }

    @Test("The gaps of arrays that grow by index count as what they take")
    func gaps() throws {
        let budget = Budget(maximumBytes: 1 << 20)
        #expect(throws: StackError.self) {
            var value: Value = []
            for index in 1...10_000 { value = try run("set", value, [.integer(Int64(index * 1000)), 1], budget) }
        }
    }

    @Test("A value cannot be nested deeper than values may be")
    func depth() throws {
        let budget = Budget()
        var value: Value = 1
        for _ in 0..<Value.maximumDepth { value = .array([value]) }
        for (name, arguments) in [("push", [value]), ("unshift", [value]), ("set", ["a", value]), ("append", [value])] {
            #expect(throws: StackError.self, "\(name)") { try run(name, name == "set" ? [:] : [], arguments, budget) }
        }
        #expect(throws: StackError.self) { try run("fill", value, [0, 1], budget) }
        #expect(throws: StackError.self) { try run("safe_array", .object(["a": value]), [], budget) }
    }

    @Test("Deep merges of deep objects end")
    func deepMerge() throws {
        var value: Value = 1
        for _ in 0..<Value.maximumDepth { value = ["a": value] }
        let merged = try run("merge_recursive", value, [value], Budget())
        #expect(!merged.isDeeper(than: Value.maximumDepth))
    }
}

@Suite("Time of filters that work through much in one step")
struct FilterTimeTests {
    private final class Host: FilterHost {
        func evaluate(_ text: Text) throws -> Value { .text(text) }
        func checkTime() throws { throw StackError(.bound("time"), "up") }
    }

    @Test(
        "They end when the run's time is up",
        arguments: [
            ("sort", []), ("unique", []), ("diff", [[1]]), ("intersect", [[1]]), ("diff_assoc", [[1]]), ("remove", [1]),
            ("in", [5]),
        ] as [(String, [Value])])
    func time(name: String, arguments: [Value]) throws {
        guard case .plain(let implementation)? = FilterTable.standard[name]?.implementation else { return }
        let host = Host()
        let context = FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: Budget())
        context.host = host
        let error = #expect(throws: StackError.self) {
            try implementation(.array(Array(repeating: 2, count: 3000)), FilterArguments(arguments), context)
        }
        #expect(error?.kind == .bound("time"))
        withExtendedLifetime(host) {}
    }
}
