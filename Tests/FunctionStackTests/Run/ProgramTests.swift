import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Programs")
struct ProgramTests {
    @Test("What is not supported spoils only what reaches it")
    func unsupported() throws {
        let program = try Program.parsed([
            "query \"direct\" verb=GET {\n api_group = \"g\"\n stack { api.lambda { code = \"1\" } as $x }\n response = $x\n}",
            "query \"indirect\" verb=GET {\n api_group = \"g\"\n stack { function.run \"a\" as $x }\n response = $x\n}",
            "query \"guarded\" verb=GET {\n api_group = \"g\"\n stack { }\n response = 1\n middleware = {pre: [{name: \"m\"}]}\n}",
            "query \"fine\" verb=GET {\n api_group = \"g\"\n stack { function.run \"c\" as $x }\n response = $x\n}",
            "function \"a\" { stack { function.run \"b\" as $x }\n response = $x }",
            "function \"b\" { stack { api.lambda { code = \"1\" } as $x }\n response = $x }",
            "function \"c\" { stack { }\n response = 3 }",
            "middleware \"m\" { input { } stack { api.lambda { code = \"1\" } as $x }\n response = $x }",
        ])
        let states = (0..<4).map { index in
            switch program.query(at: index) {
            case .ready: "ready"
            case .unsupported(let diagnostic): diagnostic.file.location(of: diagnostic.range)
            case .missing: "missing"
            }
        }
        #expect(states == ["0.xs:3:10", "5.xs:1:24", "7.xs:1:36", "ready"])
    }

    @Test("Functions that run each other are no obstacle to loading")
    func cycle() throws {
        let program = try Program.parsed([
            "function \"a\" { stack { function.run \"b\" as $x }\n response = $x }",
            "function \"b\" { stack { function.run \"a\" as $x }\n response = $x }",
        ])
        #expect(program.diagnostics.isEmpty)
    }

    @Test("A misspelt function is an error with the nearest name")
    func nearest() throws {
        let program = try Program.parsed([
            "function \"a\" { stack { function.run \"calculate_totl\" as $x }\n response = $x }",
            "function \"calculate_total\" { stack { }\n response = 1 }",
        ])
        #expect(program.diagnostics.map(\.remedy) == ["did you mean `calculate_total`?"])
    }

    @Test("What may have been lost in a syntax error is not missed as well")
    func damaged() {
        let file = SourceFile(
            path: "a.xs",
            bytes: Array("function \"a\" {\n stack {\n  var.update $a { value += 1 }\n  conditional { if $a = { } }\n }\n response = 1\n}".utf8))
        let (constructs, diagnostics) = Parser.parse(file)
        #expect(!diagnostics.isEmpty)
        #expect(Program(constructs: constructs).diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    }

    @Test("A variable that nothing assigns is a warning")
    func unassigned() throws {
        let program = try Program.parsed(["function \"a\" { stack { var $total { value = 1 } }\n response = $totl }"])
        #expect(program.diagnostics.map(\.severity) == [.warning])
        #expect(program.diagnostics.map(\.message) == ["nothing assigns $totl, so it is null"])
        #expect(program.diagnostics.map(\.remedy) == ["did you mean $total?"])
    }

    @Test("An input that is read like a variable is found")
    func inputAsVariable() throws {
        let program = try Program.parsed(["function \"a\" {\n input { int n }\n stack { var $m { value = 1 } }\n response = $n\n}"])
        #expect(program.diagnostics.map(\.remedy) == ["did you mean $input.n?"])
    }

    @Test("A pattern on the wrong side of its filter is a warning", arguments: [
        ("$x|regex_matches:\"/a/\"", true), ("$x|regex_replace:\"/[^a-z]+/i\":\"\"", true),
        ("\"/a/\"|regex_matches:$x", false), ("$x|regex_matches:\"a/b\"", false), ("$x|regex_replace:\"-\":\"/a/\"", false),
        ("\"/a/\"|regex_matches:\"/b/\"", false), ("$x|regex_quote:\"/\"", false),
    ])
    func pattern(expression: String, isWrong: Bool) throws {
        let program = try Program.parsed(["function \"a\" {\n stack { var $x { value = $input.x } }\n response = \(expression)\n}"])
        #expect(program.diagnostics.map(\.severity) == (isWrong ? [.warning] : []))
    }

    @Test(
        "It is known at load what a query does",
        arguments: [
            ("", "", "", [false, false, false]),
            ("", "db.query \"t\" as $x", "", [true, false, false]),
            ("", "db.add \"t\" { data = {a: 1} } as $x", "", [false, true, false]),
            ("", "function.run \"f\" as $x", "redis.get { key = \"a\" } as $x", [true, false, false]),
            ("", "function.run \"f\" as $x", "redis.incr { key = \"a\" by = 1 } as $x", [false, true, false]),
            ("", "util.get_raw_input { encoding = \"json\" } as $x", "", [false, false, true]),
            ("text a?", "", "", [false, false, true]),
        ])
    func facts(input: String, stack: String, function: String, expected: [Bool]) throws {
        let program = try Program.parsed([
            "query \"q\" verb=POST {\n input { \(input) }\n stack { \(stack) }\n response = 1\n}",
            "function \"f\" { stack { \(function) }\n response = 1 }",
        ])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let request = StackRequest.make(body: "{}", contentType: "application/json")
        #expect([query.facts.readsRecords, query.facts.writesRecords, query.readsJSON(request)] == expected)
    }

    @Test(
        "A stack that reaches other machines, or waits, runs on a worker",
        arguments: [
            ("", "", false), ("api.request { url = \"https://a.example/\" } as $x", "", true),
            ("util.sleep { value = 1 }", "", true), ("util.send_email { message = \"a\" }", "", true),
            ("function.run \"f\" as $x", "util.sleep { value = 1 }", true), ("", "util.sleep { value = 1 }", false),
        ])
    func worker(stack: String, function: String, expected: Bool) throws {
        let program = try Program.parsed([
            "query \"q\" verb=POST {\n stack { \(stack) }\n response = 1\n}",
            "function \"f\" { stack { \(function) }\n response = 1 }",
        ])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        #expect(query.facts.needsWorker == expected)
    }

    @Test("That a certificate is verified all the same is a warning")
    func verification() throws {
        let program = try Program.parsed([
            "function \"f\" { stack { api.request { url = \"https://a.example/\" verify_peer = false } as $x }\n response = $x }"
        ])
        #expect(program.diagnostics.map(\.severity) == [.warning])
        #expect(program.diagnostics.map(\.message) == ["the server's certificate is verified all the same"])
    }

    @Test("An expression on its own", arguments: [
        ("1 + 2 * 3", "7"), ("[1, 2, 3]|map:$$ * 2", "[2,4,6]"), ("$input.name|to_upper", "\"ANN\""),
        ("now|format_timestamp:\"Y-m-d\":\"UTC\"", "\"2024-02-29\""),
    ])
    func evaluation(expression: String, expected: String) throws {
        let value = try Program.evaluate(expression, input: ["name": "Ann"], effects: .forTests())
        #expect(JSON.text(value).string == expected)
    }

    @Test("An expression that can't be read says why", arguments: ["1 +", "$x|nosuchfilter", "\"a\"|concat"])
    func evaluationError(expression: String) {
        #expect(throws: Diagnostic.self) { try Program.evaluate(expression, effects: .forTests()) }
    }
}
