import Testing
import Values

@testable import FunctionStack

@Suite("Filters that run an expression for each element")
struct ElementFiltersTests {
    private func run(
        _ name: String, _ input: Value, _ arguments: Value..., budget: Budget = Budget(),
        expression: FilterDefinition.ElementExpression
    ) throws -> Value {
        let definition = try #require(FilterTable.standard[name])
        guard case .element(let implementation) = definition.implementation else {
            Issue.record("\(name) takes no expression")
            return .null
        }
        let context = FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: budget)
        return try implementation(input, expression, FilterArguments(arguments), context)
    }

    private let isEven: FilterDefinition.ElementExpression = { element, _, _ in
        .boolean(try Arithmetic.remainder(element, 2) == 0)
    }

    @Test("map gives what the expression makes of each element, with its index")
    func map() throws {
        #expect(try run("map", [5, 6]) { try Arithmetic.add($0, .integer(Int64($2))) } == [5, 7])
        #expect(try run("map", ["a": 1, "b": 2]) { element, _, _ in element } == [1, 2])
        #expect(try run("map", nil) { element, _, _ in element } == [])
        #expect(throws: StackError.self) { try run("map", "text") { element, _, _ in element } }
    }

    @Test("filter keeps the elements for which it is true, an object's with their keys")
    func filter() throws {
        #expect(try run("filter", [1, 2, 4], expression: isEven) == [2, 4])
        #expect(try run("filter", ["a": 1, "b": 2], expression: isEven) == ["b": 2])
    }

    @Test("find gives the first match or null, findIndex its index or -1")
    func find() throws {
        #expect(try run("find", [1, 2, 4], expression: isEven) == 2)
        #expect(try run("find", [1, 3], expression: isEven) == .null)
        #expect(try run("findIndex", [1, 2, 4], expression: isEven) == 1)
        #expect(try run("find_index", [1], expression: isEven) == -1)
    }

    @Test("some and every stop at the first element that decides")
    func someAndEvery() throws {
        var visited = 0
        let counting: FilterDefinition.ElementExpression = { element, accumulated, index in
            visited += 1
            return try isEven(element, accumulated, index)
        }
        #expect(try run("some", [1, 2, 3, 5], expression: counting) == true)
        #expect(try run("every", [2, 3, 4], expression: counting) == false)
        #expect(visited == 4)
        #expect(try run("every", [], expression: isEven) == true)
        #expect(try run("some", [], expression: isEven) == false)
    }

    @Test("reduce hands on what it made, from the initial value or null")
    func reduce() throws {
        let add: FilterDefinition.ElementExpression = { element, sum, _ in try Arithmetic.add(element, sum) }
        #expect(try run("reduce", [1, 2, 3, 4, 5], 10, expression: add) == 25)
        #expect(try run("reduce", [1, 2], expression: add) == 3)
        #expect(try run("reduce", [], "x", expression: add) == "x")
    }

    @Test("transform is for one value")
    func transform() throws {
        #expect(try run("transform", 2) { element, _, _ in try Arithmetic.add(element, 3) } == 5)
    }

    @Test("Each element is a step of the run")
    func steps() throws {
        let input = Value.array(Array(repeating: 1, count: 100))
        for name in ["map", "filter", "some", "reduce"] {
            let error = #expect(throws: StackError.self, "\(name)") {
                try run(name, input, budget: Budget(maximumSteps: 99)) { _, _, _ in false }
            }
            #expect(error?.kind == .bound("steps"))
        }
    }
}
