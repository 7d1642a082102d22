import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Workflow tests")
struct WorkflowTestTests {
    private static let doubles = """
        function "a/double" {
          input { int n }
          stack {
            precondition ($input.n != 13) { error_type = "accessdenied" error = "not this one" }
            debug.log { value = 1 }
          }
          response = $input.n * 2
        }
        """

    /// What failed in a workflow test with this stack.
    private static func failures(_ stack: String, _ others: String...) throws -> [String] {
        let constructs = try Program.constructs(["workflow_test \"w\" {\n stack {\n\(stack)\n}\n}", doubles] + others)
        let database = try StackDatabase(constructs)
        let program = Program(constructs: constructs, schema: database?.schema)
        for diagnostic in program.diagnostics where diagnostic.severity == .error && diagnostic.kind != .unsupported {
            Issue.record("\(diagnostic.render())")
        }
        let test = try #require(program.unitTests.first)
        return try program.run(test, effects: .forTests(records: database?.records)).failures.map(\.message)
    }

    @Test("Expectations are statements, and all that were not met are told of", arguments: [
        ("var $x { value = 1 }\nexpect.to_equal ($x) { value = 1 }", []),
        ("var $x { value = 1 }\nexpect.to_equal ($x) { value = 2 }\nexpect.to_be_null ($x)",
         ["expect.to_equal: expected 2, got 1", "expect.to_be_null: got 1"]),
        ("var $x { value = 1 }\nconditional { if ($x == 2) { expect.to_be_null ($x) } }", []),
        ("foreach ([1, 2]) { each as $x { expect.to_be_less_than ($x) { value = 2 } } }",
         ["expect.to_be_less_than: expected 2, got 2"]),
        ("var $x { value = 5 }\nexpect.to_be_within ($x) {\nmin = 6\nmax = 7\n}", ["expect.to_be_within: expected 6 to 7, got 5"]),
        ("var $x { value = {a: [3]} }\nexpect.to_equal ($x.a|first) { value = 4 }", ["expect.to_equal: expected 4, got 3"]),
        ("var $x { value = 1 }\nexpect.to_be_null ($x) { disabled = true }", []),
        ("var $x { value = 1 }\n!expect.to_be_null ($x)", []),
    ])
    func expectations(stack: String, expected: [String]) throws {
        #expect(try Self.failures(stack) == expected)
    }

    @Test("A function is called, and its errors are expected or fail the test", arguments: [
        ("function.call \"a/double\" { input = {n: 4} } as $r\nexpect.to_equal ($r) { value = 8 }", []),
        ("function.call \"a/double\" { input = {n: 13} } as $r", ["It failed: not this one"]),
        ("expect.to_throw { stack { function.call \"a/double\" { input = {n: 13} } as $r } }", []),
        ("expect.to_throw {\nstack { function.call \"a/double\" { input = {n: 13} } as $r }\nexception = \"not this one\"\n}", []),
        ("expect.to_throw {\nstack { function.call \"a/double\" { input = {n: 13} } as $r }\nexception = \"this\"\n}", []),
        ("expect.to_throw {\nstack { function.call \"a/double\" { input = {n: 13} } as $r }\nvalue = \"accessdenied\"\n}", []),
        ("expect.to_throw {\nstack { function.call \"a/double\" { input = {n: 13} } as $r }\nexception = \"other\"\n}",
         ["expect.to_throw: expected other, got not this one"]),
        ("expect.to_throw { stack { function.call \"a/double\" { input = {n: 1} } as $r } }",
         ["expect.to_throw: expected an error, got none"]),
        ("expect.to_throw\nfunction.call \"a/double\" { input = {n: 13} } as $r", []),
        ("expect.to_throw { value = \"x\" }", ["expect.to_throw: expected x, got no error"]),
        ("function.call \"a/double\" as $r", ["It failed: Missing param: n"]),
    ])
    func calls(stack: String, expected: [String]) throws {
        #expect(try Self.failures(stack) == expected)
    }

    @Test("debug.stop in what is called does not end the test")
    func stop() throws {
        let stops = "function \"stops\" {\n stack { debug.stop { value = 7 } }\n response = 1\n}"
        let failures = try Self.failures(
            "function.call \"stops\" as $r\nexpect.to_equal ($r) { value = 8 }", stops)
        #expect(failures == ["expect.to_equal: expected 8, got 7"])
    }

    @Test("A mock of the workflow test's name stands for a statement of what is called")
    func mock() throws {
        let mocked = "function \"m\" {\n stack { var $x {\n value = 1\n mock = {\"w\": 5}\n } }\n response = $x\n}"
        #expect(try Self.failures("function.call \"m\" as $r\nexpect.to_equal ($r) { value = 5 }", mocked) == [])
    }

    @Test("api.call runs a query with its middleware, headers and inputs as a request would")
    func query() throws {
        let query = """
            query "items/{id}" verb=PUT {
              api_group = "g"
              input {
                int id
                text name?
              }
              stack { util.set_header { value = "HTTP/1.1 201 Created" duplicates = "replace" } }
              response = [$input.id, $input.name, $env.$request_method, $env.$http_headers.X-A]
              middleware = {pre: ["named"]}
            }
            """
        let middleware = "middleware \"named\" {\n input { json vars }\n stack { }\n response = {name: \"by it\"}\n}"
        let call = """
            api.call "items/{id}" verb=PUT {
              api_group = "g"
              headers = '["X-A: b", "Content-Type: application/json"]'
              input = {id: "7"}
            } as $r
            expect.to_equal ($r) { value = [7, "by it", "PUT", "b"] }
            """
        #expect(try Self.failures(call, query, middleware) == [])
    }

    @Test("What a query wrote before it refused stays, what it wrote before it failed does not", arguments: [
        ("accessdenied", 1), ("inputerror", 1), ("notfound", 1), ("standard", 0),
    ])
    func refusedQuery(kind: String, rows: Int) throws {
        let table = "table log {\n auth = false\n schema {\n int id\n text line\n }\n}"
        let query = """
            query "door" verb=GET {
              api_group = "g"
              input { }
              stack {
                db.add log { data = {line: "someone"} } as $row
                precondition (false) {
                  error_type = "\(kind)"
                  error = "closed"
                }
              }
              response = 1
            }
            """
        let call = """
            expect.to_throw {
              stack { api.call "door" verb=GET { api_group = "g" } as $r }
              exception = "closed"
            }
            db.query log { return = {type: "count"} } as $rows
            expect.to_equal ($rows) { value = \(rows) }
            """
        #expect(try Self.failures(call, table, query) == [])
    }

    @Test("task.call and middleware.call give what they return")
    func others() throws {
        let task = "task \"t\" {\n stack { return { value = 3 } }\n}"
        let middleware = "middleware \"m\" {\n input {\n json vars\n text type\n }\n stack { }\n response = $input\n}"
        let calls = """
            task.call t as $a
            expect.to_equal ($a) { value = 3 }
            middleware.call "m" { input = {vars: {x: 1}, type: "pre"} } as $b
            expect.to_equal ($b) { value = {vars: {x: 1}, type: "pre"} }
            """
        #expect(try Self.failures(calls, task, middleware) == [])
    }

    @Test("What is not supported fails the test that calls it, and says why", arguments: [
        ("tool.call \"x\" as $r", "`tool.call` is not supported: agents and tools are not supported"),
        ("trigger.call \"x\" as $r", "`trigger.call` is not supported: triggers are not supported"),
    ])
    func refused(stack: String, message: String) throws {
        #expect(try Self.failures(stack) == [message])
    }

    @Test("A name that nothing has is found when the workspace is loaded", arguments: [
        ("function.call \"a/dubble\" as $r", "there is no function `a/dubble`"),
        ("task.call \"x\" as $r", "there is no task `x`"),
        ("middleware.call \"x\" as $r", "there is no middleware `x`"),
        ("api.call \"x\" verb=GET { api_group = \"g\" } as $r", "there is no query `GET g/x`"),
        ("expect.to_equal ($x)", "expect.to_equal needs `value`"),
        ("expect.to_equal { value = 1 }", "expect.to_equal needs a value in parentheses"),
    ])
    func unknown(stack: String, message: String) throws {
        let program = try Program.parsed(["workflow_test \"w\" {\n stack {\n\(stack)\n}\n}", Self.doubles])
        #expect(program.diagnostics.filter { $0.severity == .error }.map(\.message) == [message])
    }

    @Test("Outside of a workflow test calls and expectations are refused", arguments: [
        "function.call \"a/double\" { input = {n: 1} } as $r", "task.call \"t\" as $r", "expect.to_be_null ($r)",
        "api.call \"x\" verb=GET { api_group = \"g\" } as $r", "middleware.call \"m\" as $r",
    ])
    func outside(statement: String) throws {
        let program = try Program.parsed(["function \"f\" {\n stack { \(statement) }\n response = 1\n}", Self.doubles])
        #expect(program.diagnostics.contains { $0.kind == .unsupported })
    }

    @Test("Its tags choose it")
    func tags() throws {
        let program = try Program.parsed(["workflow_test w {\n stack { }\n tags = [\"a\", b]\n datasource = \"live\"\n}"])
        #expect(program.unitTests.map(\.tags) == [["a", "b"]])
    }
}
