import Testing
import Values

@testable import FunctionStack

@Suite("Values without other owners are changed in place")
struct InPlaceTests {
    private let context = FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: Budget())

    /// Applies a filter over and over to what it gave, as a loop of a stack does.
    private func repeated(_ name: String, _ count: Int, _ input: Value, _ arguments: (Int) -> [Value]) throws -> Value {
        let definition = try #require(FilterTable.standard[name])
        guard case .plain(let implementation) = definition.implementation else { return .null }
        var value = input
        for index in 0..<count {
            value = try implementation(consume value, FilterArguments(arguments(index)), context)
        }
        return value
    }

    @Test("push, append, set, merge and concat in a loop take time in the order of their count")
    func linear() throws {
        // About a tenth of a second; with a copy at each pass it is half a minute.
        let time = try ContinuousClock().measure {
            let pushed = try repeated("push", 40_000, [1]) { _ in [0] }
            #expect(try ArrayFilters.count(pushed) == 40_001)
            let appended = try repeated("append", 40_000, ["a": ["b": []]]) { _ in [0, "a.b"] }
            #expect(try ArrayFilters.count(appended["a"]["b"]) == 40_000)
            let merged = try repeated("merge", 40_000, []) { _ in [[0]] }
            #expect(try ArrayFilters.count(merged) == 40_000)
            let set = try repeated("set", 40_000, [:]) { [.text("k\($0 % 20_000).a"), 1] }
            #expect(try ArrayFilters.count(set) == 20_000)
            let text = try repeated("concat", 40_000, "") { _ in ["0123456789"] }
            #expect(try text.textOperand("").byteCount == 400_000)
        }
        #expect(time < .seconds(8))
    }

    @Test("What reduce accumulates grows in place, and is still there where it is named twice")
    func reduce() throws {
        let time = try ContinuousClock().measure {
            for (expression, count) in [
                ("($result|push:$$):[]", 40_000), ("($result|set:($$|to_text):1):{}", 40_000),
                ("($result|push:($result|count)):[]", 3),
            ] {
                let source = "function \"case\" {\n  stack {}\n  response = (1..\(count))|reduce:\(expression)|count\n}"
                let program = try Program.parsed([source])
                let result = try program.runFunction("case", input: Object(), effects: .forTests())
                #expect(result == .integer(Int64(count)))
            }
        }
        #expect(time < .seconds(8))
    }
}
