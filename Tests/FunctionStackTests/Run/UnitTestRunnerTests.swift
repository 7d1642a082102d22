import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Tests of a workspace")
struct UnitTestRunnerTests {
    /// What came of the only test of a function.
    private static func result(_ function: String) throws -> UnitTestResult {
        let program = try Program.parsed([function])
        for diagnostic in program.diagnostics where diagnostic.severity == .error {
            Issue.record("\(diagnostic.render())")
        }
        let test = try #require(program.unitTests.first)
        return try program.run(test, effects: .forTests())
    }

    @Test("An expectation that is met passes, and its opposite fails", arguments: [
        ("to_equal", "5", "value = 5", "value = 6"),
        ("to_equal", "{a: 1.0}", "value = {a: 1}", "value = {a: 2}"),
        ("to_not_equal", "5", "value = 6", "value = 5"),
        ("to_be_greater_than", "5", "value = 4", "value = 5"),
        ("to_be_less_than", "5", "value = 6", "value = 5"),
        ("to_be_within", "5", "min = 5\nmax = 6", "min = 6\nmax = 7"),
        ("to_start_with", "\"abc\"", "value = \"ab\"", "value = \"bc\""),
        ("to_end_with", "\"abc\"", "value = \"bc\"", "value = \"ab\""),
        ("to_contain", "[1, \"x\"]", "value = \"x\"", "value = \"y\""),
        ("to_contain", "\"abc\"", "value = \"b\"", "value = \"d\""),
        ("to_match", "\"+15551234567\"", "value = \"^\\\\+1\\\\d{10}$\"", "value = \"^a\""),
    ])
    func arguments(matcher: String, response: String, met: String, missed: String) throws {
        let function = { (argument: String) in
            "function \"f\" {\n stack { }\n response = \(response)\n test \"t\" {\n expect.\(matcher) ($response) {\n \(argument)\n }\n }\n}"
        }
        #expect(try Self.result(function(met)).passed)
        #expect(try !Self.result(function(missed)).passed)
    }

    @Test("Expectations without an argument", arguments: [
        ("to_be_true", "true", "1"), ("to_be_false", "false", "0"), ("to_be_null", "null", "0"),
        ("to_not_be_null", "0", "null"), ("to_be_defined", "0", "null"), ("to_not_be_defined", "null", "0"),
        ("to_be_empty", "[]", "[1]"), ("to_be_in_the_past", "now - 1", "now + 1000"),
        ("to_be_in_the_future", "now + 1", "now - 1000"),
    ])
    func plain(matcher: String, met: String, missed: String) throws {
        let function = { (response: String) in
            "function \"f\" {\n stack { }\n response = \(response)\n test \"t\" {\n expect.\(matcher) ($response)\n }\n}"
        }
        #expect(try Self.result(function(met)).passed)
        #expect(try !Self.result(function(missed)).passed)
    }

    @Test("An expected error: any, by its message, by its name", arguments: [
        ("", true), ("{ value = \"too bad\" }", true), ("{ exception = \"Mine\" }", true), ("{ value = \"other\" }", false),
    ])
    func throwing(argument: String, passes: Bool) throws {
        let result = try Self.result(
            "function \"f\" {\n stack { throw { name = \"Mine\" value = \"too bad\" } }\n response = 1\n test \"t\" {\n expect.to_throw \(argument)\n }\n}")
        #expect(result.passed == passes)
    }

    @Test("An error that was not expected fails the test where it happened")
    func unexpected() throws {
        let result = try Self.result(
            "function \"f\" {\n stack { throw { name = \"a\" value = \"boom\" } }\n response = 1\n test \"t\" {\n expect.to_equal ($response) { value = 1 }\n }\n}")
        #expect(result.failures.map(\.message) == ["It failed: boom"])
        #expect(result.failures.map(\.location) == ["0.xs:2:10"])
    }

    @Test("A failure shows what was expected and what came")
    func failure() throws {
        let result = try Self.result(
            "function \"f\" {\n stack { }\n response = {n: 2}\n test \"t\" {\n expect.to_equal ($response.n) { value = 1 }\n }\n}")
        #expect(result.failures.map(\.message) == ["expect.to_equal: expected 1, got 2"])
        #expect(result.failures.map(\.location) == ["0.xs:5:2"])
    }

    @Test("The test's input is checked by the function's input block")
    func input() throws {
        let result = try Self.result(
            "function \"f\" {\n input { int a }\n stack { }\n response = $input.a * 2\n test \"t\" {\n input = {a: \"4\"}\n expect.to_equal ($response) { value = 8 }\n }\n}")
        #expect(result.passed)
    }

    @Test("A mock of the test's name stands for its statement")
    func mock() throws {
        let result = try Self.result(
            """
            function "f" {
              stack {
                db.get "user" {
                  field_name = "id"
                  field_value = 1
                  mock = {
                    "other": {name: "Nobody"}
                    "t": {name: "Ann"}
                  }
                } as $user
                var $greeting {
                  value = "Hello"
                  mock = {"t": "Hi"}
                }
              }
              response = $greeting ~ " " ~ $user.name
              test "t" {
                expect.to_equal ($response) { value = "Hi Ann" }
              }
            }
            """)
        #expect(result.failures.map(\.message) == [])
    }

    @Test("Mocks do nothing outside of tests")
    func noMock() throws {
        let program = try Program.parsed([
            "function \"f\" {\n stack { var $a {\n value = 1\n mock = {\"t\": 2}\n } }\n response = $a\n}"
        ])
        #expect(try program.runFunction("f", input: [:], effects: .forTests()) == 1)
    }

    @Test("A test reaches no other machine, unless a mock stands for it")
    func outbound() throws {
        func function(_ mock: String) -> String {
            """
            function "f" {
              stack { api.request { url = "https://a.example/" \(mock) } as $r }
              response = $r.response.result
              test "t" { expect.to_equal ($response) { value = 7 } }
            }
            """
        }
        #expect(try Self.result(function("mock = {\"t\": {response: {result: 7}}}")).passed)
        let failure = try #require(Self.result(function("")).failures.first)
        #expect(failure.message.contains("A test reaches no other machine: give api.request a mock with the test's name"))
    }
}
