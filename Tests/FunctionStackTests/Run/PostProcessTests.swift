import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("What a stack leaves to be done after its answer")
struct PostProcessTests {
    /// Runs a function `f` of this text; gives what it left, and what the run of that logged.
    private static func logs(
        _ function: String, others: [String] = []
    ) throws -> (program: Program, left: [PostProcessEntry], logs: [String]) {
        let program = try Program.parsed([function] + others)
        #expect(program.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        var left: [PostProcessEntry] = []
        var logs: [String] = []
        let effects = Effects.forTests(log: { if $0.kind != .error { logs.append(JSON.text($0.value).string) } })
        logs.append(JSON.text(try program.runFunction("f", input: ["n": 7], effects: effects, identity: nil, left: &left)).string)
        try program.run(left, request: nil, identity: nil, effects: effects)
        return (program, left, logs)
    }

    private static func function(_ stack: String, response: String = "null") -> String {
        "function \"f\" {\n input { int n }\n stack {\n\(stack)\n}\n response = \(response)\n}"
    }

    private static func later(_ stack: String) -> String { "util.post_process {\n stack {\n\(stack)\n}\n}" }

    @Test("runs after it, with the variables as they were then", arguments: [
        ("var $x { value = 1 }\n\(later("debug.log { value = $x }"))\nvar.update $x { value = 2 }", ["2", "1"]),
        ("var $x { value = 0 }\nforeach ([1, 2, 3]) {\n each as $i {\n\(later("debug.log { value = $i }"))\n}\n}", ["0", "1", "2", "3"]),
        ("var $x { value = $input.n }\n\(later("debug.log { value = $input.n + $x }"))", ["7", "14"]),
        ("var $x { value = 1 }\n\(later("var.update $x { value = $x + 1 }\ndebug.log { value = $x }"))", ["1", "2"]),
        ("var $x { value = 1 }\n\(later("debug.log { value = 5 }\nreturn { value = 1 }\ndebug.log { value = 6 }"))", ["1", "5"]),
        ("var $x { value = 1 }\n\(later("debug.stop { value = 5 }\ndebug.log { value = 6 }"))", ["1", "5"]),
        ("var $x { value = 1 }\n\(later("\(later("debug.log { value = $x }"))\ndebug.log { value = 3 }"))", ["1", "3", "1"]),
        ("var $x { value = 1 }\nvar $y { value = 2 }\n\(later("util.get_vars as $all\ndebug.log { value = $all.x + $all.y }"))", ["1", "3"]),
        ("var $x { value = 1 }\n\(later("util.template_engine { value = \"{{ $var.x }}{{ $input.n }}\" } as $t\ndebug.log { value = $t }"))", ["1", "\"17\""]),
    ] as [(String, [String])])
    func afterwards(stack: String, expected: [String]) throws {
        #expect(try Self.logs(Self.function(stack, response: "$x")).logs == expected)
    }

    @Test("is left by a function that is called, too, and each block has its own key")
    func called() throws {
        let inner = "function \"g\" {\n stack {\n var $x { value = 8 }\n\(Self.later("debug.log { value = $x }"))\n}\n response = 1\n}"
        let outer = Self.function("\(Self.later("debug.log { value = 1 }"))\nfunction.run \"g\" as $g\n\(Self.later("debug.log { value = 2 }"))")
        let ran = try Self.logs(outer, others: [inner])
        #expect(ran.logs == ["null", "1", "8", "2"])
        #expect(Set(ran.left.map(\.key)).count == 3)
    }

    @Test("keeps its variables exactly", arguments: [
        Value.null, .boolean(true), .integer(.min), .integer(1 << 53 + 1), .decimal(1), .decimal(-0.0), .decimal(0.1),
        .decimal(.infinity), .decimal(1e300), "text", "", .text(Text(bytes: [0xff, 0x00, 0xfe])), [], .object([:]),
        [1, .decimal(2), [.text(Text(bytes: [0xc3]))]], ["$bytes": "x"], ["a": ["$object": 1, "b": .decimal(3)]],
        .object([Text(bytes: [0xff]): 1, "$": 2]),
    ] as [Value])
    func exact(value: Value) throws {
        let entry = try PostProcessEntry(key: "k", .init(variables: ["x": value], input: value))
        let captured = try PostProcessEntry(key: "k", state: entry.state).captured()
        for read in [captured.variables["x"] ?? .null, captured.input] {
            #expect(read == value)
            if case .decimal(let before) = value, case .decimal(let after) = read { #expect(before.bitPattern == after.bitPattern) }
        }
        if case .decimal = value { guard case .decimal? = captured.variables["x"] else { throw StackError.mistake("\(captured)") } }
    }

    @Test("is not left by a run that fails, nor by a transaction that was undone")
    func failed() throws {
        let text = "query \"q\" verb=POST {\n stack {\n\(Self.later("debug.log { value = 1 }"))\nthrow { name = \"x\" value = \"y\" }\n}\n}"
        let program = try Program.parsed([text])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let request = StackRequest(method: "POST", uri: "/", receivedAt: 0)
        let outcome = try program.run(query, request: request, effects: .forTests())
        #expect(outcome.error != nil && outcome.postProcesses.isEmpty)
    }

    @Test("does not make the main stack one for a worker, though it is one itself")
    func facts() throws {
        let later = Self.later("api.request { url = \"http://127.0.0.1/\" method = \"GET\" } as $x")
        let program = try Program.parsed(["query \"q\" verb=POST {\n stack {\n\(later)\n}\n}"])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        #expect(!query.facts.needsWorker && query.facts.postProcesses)
        #expect(program.postProcesses.map(\.facts.needsWorker) == [true])
    }

    @Test("spoils the main stack if it reaches what is not supported")
    func unsupported() throws {
        let program = try Program.parsed(["query \"q\" verb=POST {\n stack {\n\(Self.later("api.lambda { code = \"1\" } as $x"))\n}\n}"])
        guard case .unsupported(let reason) = program.query(at: 0) else { throw StackError.mistake("it is ready") }
        #expect(reason.message.contains("JavaScript"))
    }

    @Test("is told of where it reads what nothing assigns")
    func unassigned() throws {
        let program = try Program.parsed([Self.function(Self.later("debug.log { value = $nothing }"))])
        #expect(program.diagnostics.map(\.message) == ["nothing assigns $nothing, so it is null"])
    }

    @Test("has bounds")
    func bounds() throws {
        let stack = "for (2000) {\n each as $i {\n\(Self.later("debug.log { value = $i }"))\n}\n}"
        #expect { try Self.logs(Self.function(stack)) } throws: { ($0 as? StackError)?.kind == .bound("post_process") }
    }

    @Test("runs right after the stack in a test, with its mocks, and fails the test if it fails")
    func tests() throws {
        let function = """
            function "f" {
              stack {
                \(Self.later("var $x {\n value = 1\n mock = {\"fails\": 2}\n}\nprecondition ($x == 1) { error = \"no\" }"))
              }
              response = 1
              test "passes" { expect.to_equal ($response) { value = 1 } }
              test "fails" { expect.to_equal ($response) { value = 1 } }
            }
            """
        let program = try Program.parsed([function])
        let results = try program.unitTests.map { try program.run($0, effects: .forTests()).failures.map(\.message) }
        #expect(results == [[], ["util.post_process failed: no"]])
    }
}
