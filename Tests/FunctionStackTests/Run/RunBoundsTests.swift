import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Bounds of a run")
struct RunBoundsTests {
    /// Runs a function's stack, and gives the bound that it reached.
    private static func bound(_ stack: String, limits: RunLimits = RunLimits(), clock: (() -> Int64)? = nil) throws -> String? {
        let program = try Program.parsed(["function \"f\" {\n stack {\n\(stack)\n}\n response = null\n}"])
        var effects = Effects.forTests(limits: limits)
        if let clock { effects.monotonicClock = clock }
        do {
            _ = try program.runFunction("f", input: [:], effects: effects)
            return nil
        } catch let error as StackError {
            guard case .bound(let name) = error.kind else { return "no bound: \(error.message)" }
            return name
        }
    }

    @Test("An endless loop ends after its steps")
    func steps() throws {
        let limits = RunLimits(steps: 100_000)
        #expect(try Self.bound("var $n { value = 0 }\n while (true) { each { math.add $n { value = 1 } } }", limits: limits) == "steps")
    }

    @Test("An endless loop without statements ends too")
    func emptyLoop() throws {
        #expect(try Self.bound("while (true) { each { } }", limits: RunLimits(steps: 100_000)) == "steps")
    }

    @Test(
        "A loop that hoards ends at its memory",
        arguments: [
            "array.push $a { value = {id: 1, name: \"x\"} }",
            "var.update $a { value = $a|push:[1, 2, 3] }",
            "var.update $a { value = $a|push:(\"x\" ~ ($a|count)) }",
            "array.merge $a { value = $a|push:1 }",
        ])
    func memory(statement: String) throws {
        let limits = RunLimits(memory: 1 << 17)
        #expect(try Self.bound("var $a { value = [1] }\n while (true) { each { \(statement) } }", limits: limits) == "memory")
    }

    @Test("Text that doubles ends at its memory")
    func doubling() throws {
        let limits = RunLimits(memory: 1 << 20)
        #expect(
            try Self.bound("var $s { value = \"x\" }\n while (true) { each { var.update $s { value = $s ~ $s } } }", limits: limits)
                == "memory")
    }

    @Test("Values that hold each other twice, sixty times over, are not compared for ever", arguments: ["==", "!=", "===", "<"])
    func sharing(comparison: String) throws {
        let stack = """
            var $r { value = 1 }
            var $q { value = 1 }
            for (60) {
              each as $i {
                var.update $r { value = {a: $r, b: $r} }
                var.update $q { value = {a: $q, b: $q} }
              }
            }
            var $same { value = $r \(comparison) $q }
            """
        #expect(try Self.bound(stack) == "nesting")
    }

    @Test("What a loop drops again does not count")
    func garbage() throws {
        let limits = RunLimits(memory: 1 << 17)
        let stack = """
            for (4000) {
              each as $i { var $row { value = {id: $i, text: "0123456789012345678901234567890123456789" ~ $i} } }
            }
            """
        #expect(try Self.bound(stack, limits: limits) == nil)
    }

    @Test("A value that nests without end is stopped before freeing it would end the process", arguments: ["[$a]", "{next: $a}", "[1, {deep: $a}]"])
    func nesting(value: String) throws {
        #expect(try Self.bound("var $a { value = 1 }\n while (true) { each { var.update $a { value = \(value) } } }") == "nesting")
    }

    @Test("A value that nests a little too deep is stopped when it leaves")
    func nestedResponse() throws {
        let program = try Program.parsed([
            "function \"f\" { stack { var $a { value = 1 }\n for (600) { each as $i { var.update $a { value = [$a] } } } }\n response = $a\n}"
        ])
        #expect(throws: StackError.self) { try program.runFunction("f", input: [:], effects: .forTests()) }
    }

    @Test("Time is bounded")
    func time() throws {
        var now: Int64 = 0
        let bound = try Self.bound("while (true) { each { } }", limits: RunLimits(milliseconds: 500)) {
            now += 100
            return now
        }
        #expect(bound == "time")
    }

    @Test("No try catches a bound")
    func uncatchable() throws {
        let stack = """
            try_catch {
              try { while (true) { each { } } }
              catch { var $x { value = "caught" } }
              finally { while (true) { each { } } }
            }
            """
        #expect(try Self.bound(stack, limits: RunLimits(steps: 10_000)) == "steps")
    }

    @Test("Elements that an expression looks at are steps")
    func elements() throws {
        let stack = "var $a { value = (1..1000) }\n while (true) { each { var $b { value = $a|map:$$ + 1 } } }"
        #expect(try Self.bound(stack, limits: RunLimits(steps: 100_000)) == "steps")
    }

    @Test("A range is bounded before it is built")
    func range() throws {
        #expect(try Self.bound("var $a { value = (1..9000000000000) }") == "memory")
    }

    @Test("The sender learns that a bound was reached, the log which")
    func answer() throws {
        var entries: [LogEntry] = []
        let program = try Program.parsed(["query \"q\" verb=GET {\n stack { while (true) { each { } } }\n response = 1\n}"])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let outcome = try program.run(
            query, request: .make(), effects: .forTests(limits: RunLimits(steps: 10_000), log: { entries.append($0) }))
        #expect(outcome.status == 500)
        #expect(outcome.json == #"{"code":"ERROR_FATAL","message":"The request needed more than it may use","payload":""}"#)
        #expect(entries.first?.value["message"] == "The run was stopped after 10000 steps; if it needs more, raise POSTERN_MAX_STEPS")
        #expect(entries.first?.location == "0.xs:2:10")
    }

    @Test("Arrays, objects and texts grow in place", arguments: [
        "var.update $a { value = $a|push:$i }", "array.push $a { value = $i }", "array.push $o.list { value = $i }",
        "var.update $o { value = $o|set:($i|to_text):$i }", "var.update $o[$i] { value = $i }",
        "var.update $s { value = $s ~ \"xxxxxxxxxx\" }", "text.append $s { value = \"xxxxxxxxxx\" }",
    ])
    func inPlace(statement: String) throws {
        // Copying each time would charge far more than the limit.
        let stack = """
            var $a { value = [] }
            var $o { value = {} }
            var $s { value = "" }
            for (10000) { each as $i { \(statement) } }
            """
        let start = ContinuousClock.now
        #expect(try Self.bound(stack) == nil)
        #expect(ContinuousClock.now - start < .seconds(20), "It takes the square of the time")
    }
}
