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

    @Test("What the browser's builder exports", arguments: StackCase.all("exports"))
    func exports(_ stack: StackCase) throws {
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

    @Test("Statements on tables", arguments: StackCase.all("database"))
    func database(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Queries of tables", arguments: StackCase.all("queries"))
    func queries(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Statements on the cache", arguments: StackCase.all("cache"))
    func cache(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Requests, mail and sleep", arguments: StackCase.all("outbound"))
    func outbound(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Streams and files", arguments: StackCase.all("streams"))
    func streams(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Values judged by a schema", arguments: StackCase.all("schemas"))
    func schemas(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("Statements on passwords, tokens and keys", arguments: StackCase.all("security"))
    func security(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }

    @Test("What is refused when a stack is loaded", arguments: StackCase.all("refused"))
    func refused(_ stack: StackCase) throws {
        let outcome = try stack.outcome()
        #expect(outcome == stack.expected)
    }
}
