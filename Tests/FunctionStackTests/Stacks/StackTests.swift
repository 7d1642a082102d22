import Testing

@testable import FunctionStack

@Suite("Stacks")
struct StackTests {
    @Test("Expressions", arguments: StackCase.all("expressions"))
    func expressions(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Variables and control flow", arguments: StackCase.all("control"))
    func control(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Functions and their inputs", arguments: StackCase.all("functions"))
    func functions(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Statements on arrays, texts, numbers and objects", arguments: StackCase.all("statements"))
    func statements(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("What is refused when a stack is loaded", arguments: StackCase.all("refused"))
    func refused(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }
}
