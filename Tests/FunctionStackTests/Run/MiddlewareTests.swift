import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Middleware")
struct MiddlewareTests {
    /// A query with middleware of this form, and what it answers.
    private static func answer(
        pre: String = "", post: String = "", use: String, response: String = "$input", body: String = #"{"a": 1}"#
    ) throws -> Outcome {
        var sources = [
            """
            query "q" verb=POST {
              api_group = "g"
              input {
                int a
                text name?
              }
              stack { }
              response = \(response)
              middleware = {\(use)}
            }
            """
        ]
        if !pre.isEmpty { sources.append("middleware \"before\" {\n\(pre)\n}") }
        if !post.isEmpty { sources.append("middleware \"after\" {\n\(post)\n}") }
        let program = try Program.parsed(sources)
        for diagnostic in program.diagnostics where diagnostic.severity == .error {
            Issue.record("\(diagnostic.render())")
        }
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        return try program.run(
            query, request: .make(body: body, contentType: "application/json"), effects: .forTests())
    }

    private static let before = #"pre: [{name: "before"}]"#
    private static let after = #"post: [{name: "after"}]"#

    @Test("A pre response is merged into the inputs")
    func preMerge() throws {
        let outcome = try Self.answer(
            pre: """
                input {
                  json vars
                  enum type { values = ["pre", "post"] }
                }
                stack { }
                response = {name: $input.type ~ ($input.vars.a|to_text)}
                """, use: Self.before)
        #expect(outcome.json == #"{"a":1,"name":"pre1"}"#)
    }

    @Test("A pre response replaces the inputs")
    func preReplace() throws {
        let outcome = try Self.answer(
            pre: """
                response_strategy = "replace"
                input { json vars }
                stack { }
                response = {b: 2}
                """, use: Self.before)
        #expect(outcome.json == #"{"b":2}"#)
    }

    @Test("A null response of a pre middleware leaves the inputs")
    func preNull() throws {
        let outcome = try Self.answer(
            pre: """
                response_strategy = "replace"
                input { json vars }
                stack { }
                response = null
                """, use: Self.before)
        #expect(outcome.json == #"{"a":1,"name":null}"#)
    }

    @Test("A declared input is filled from the query's of that name")
    func namedInput() throws {
        let outcome = try Self.answer(
            pre: """
                input { int a }
                stack { }
                response = {name: "a is " ~ $input.a}
                """, use: Self.before)
        #expect(outcome.json == #"{"a":1,"name":"a is 1"}"#)
    }

    @Test("A post response is merged into the response")
    func postMerge() throws {
        let outcome = try Self.answer(
            post: """
                input { json vars }
                stack { }
                response = {seen: $input.vars.x}
                """, use: Self.after, response: "{x: 5}")
        #expect(outcome.json == #"{"x":5,"seen":5}"#)
    }

    @Test("A post response replaces the response")
    func postReplace() throws {
        let outcome = try Self.answer(
            post: """
                response_strategy = "replace"
                input { json vars }
                stack { }
                response = {payload: $input.vars}
                """, use: Self.after, response: "[1, 2]")
        #expect(outcome.json == #"{"payload":[1,2]}"#)
    }

    @Test("An error of a middleware ends the request with its status", arguments: ["rethrow", "critical"])
    func failing(policy: String) throws {
        let outcome = try Self.answer(
            pre: """
                exception_policy = "\(policy)"
                input { json vars }
                stack {
                  precondition (false) {
                    error_type = "accessdenied"
                    error = "Blocked"
                  }
                }
                response = null
                """, use: Self.before)
        #expect(outcome.status == 403)
        #expect(outcome.json == #"{"code":"ERROR_CODE_ACCESS_DENIED","message":"Blocked","payload":""}"#)
    }

    @Test("An error of a post middleware, by its policy", arguments: [
        ("silent", 200, "1"), ("rethrow", 404, #"{"code":"ERROR_CODE_NOT_FOUND","message":"gone","payload":""}"#),
        ("critical", 404, #"{"code":"ERROR_CODE_NOT_FOUND","message":"gone","payload":""}"#),
    ])
    func failingPost(policy: String, status: Int, answer: String) throws {
        let outcome = try Self.answer(
            post: """
                exception_policy = "\(policy)"
                input { json vars }
                stack {
                  precondition (false) {
                    error_type = "notfound"
                    error = "gone"
                  }
                }
                response = {never: true}
                """, use: Self.after, response: "1")
        #expect(outcome.status == status)
        #expect(outcome.json == answer)
    }

    @Test("A post response is merged by what the two are", arguments: [
        ("{a: 1, b: 1}", "{b: 2, c: 3}", #"{"a":1,"b":2,"c":3}"#), ("[1]", "[2]", "[1,2]"), ("null", "{a: 1}", #"{"a":1}"#),
        ("{a: 1}", "null", #"{"a":1}"#), ("5", "{a: 1}", "5"),
    ])
    func merge(response: String, answer: String, expected: String) throws {
        let outcome = try Self.answer(
            post: "input { json vars }\n stack { }\n response = \(answer)", use: Self.after, response: response)
        #expect(outcome.json == expected)
    }

    @Test("A silent middleware's error is ignored")
    func silent() throws {
        let outcome = try Self.answer(
            pre: """
                exception_policy = "silent"
                input { json vars }
                stack { throw { name = "x" value = "y" } }
                response = {name: "never"}
                """, use: Self.before)
        #expect(outcome.json == #"{"a":1,"name":null}"#)
    }

    @Test("A missing input of a silent middleware is ignored too")
    func silentInput() throws {
        let outcome = try Self.answer(
            pre: """
                exception_policy = "silent"
                input { text nowhere }
                stack { }
                response = {name: "never"}
                """, use: Self.before)
        #expect(outcome.json == #"{"a":1,"name":null}"#)
    }

    @Test("Critical errors of a function's middleware can't be caught")
    func criticalInFunction() throws {
        let program = try Program.parsed([
            """
            query "q" verb=POST {
              stack {
                try_catch {
                  try { function.run "f" as $r }
                  catch { var $r { value = "caught" } }
                }
              }
              response = $r
            }
            """,
            #"function "f" { stack { } response = 1 middleware = {pre: [{name: "guard"}]} }"#,
            """
            middleware "guard" {
              exception_policy = "critical"
              input { json vars }
              stack {
                precondition (false) {
                  error_type = "accessdenied"
                  error = "no"
                }
              }
              response = null
            }
            """,
        ])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let outcome = try program.run(query, request: .make(), effects: .forTests())
        #expect(outcome.status == 403)
    }

    @Test("The raw body shows what middleware changed, unless that is left out", arguments: [(false, 2), (true, 1)])
    func rawInput(excludes: Bool, expected: Int) throws {
        let program = try Program.parsed([
            """
            query "q" verb=POST {
              stack {
                util.get_raw_input {
                  encoding = "json"
                  exclude_middleware = \(excludes)
                } as $raw
              }
              response = $raw.a
              middleware = {pre: [{name: "m"}]}
            }
            """,
            #"middleware "m" { input { json vars } stack { } response = {a: 2} }"#,
        ])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let outcome = try program.run(query, request: .make(body: #"{"a": 1}"#), effects: .forTests())
        #expect(outcome.json == "\(expected)")
    }

    @Test("Workspace, then branch, then group, then query before it; the other way round after it; none twice")
    func levels() throws {
        func middleware(_ name: String) -> String {
            """
            middleware "\(name)" {
              response_strategy = "replace"
              input { json vars }
              stack { }
              response = $input.vars|set:"order":(($input.vars|get:"order":"") ~ "\(name) ")
            }
            """
        }
        let use = { (name: String) in #"middleware = {pre: [{name: "shared"}, {name: "\#(name)"}], post: [{name: "\#(name)"}]}"# }
        let program = try Program.parsed([
            "query \"q\" verb=POST {\n api_group = \"g\"\n stack { }\n response = $input\n \(use("query"))\n}",
            "api_group \"g\" {\n canonical = \"g\"\n \(use("group"))\n}",
            """
            branch "b" {
              color = "#fff"
              middleware = {query: {pre: [{name: "shared"}, {name: "branch"}], post: [{name: "branch"}]}}
            }
            """,
            "workspace w {\n middleware = {query: {pre: [\"whole\"], post: [\"whole\"]}}\n}",
            middleware("shared"), middleware("query"), middleware("group"), middleware("branch"), middleware("whole"),
        ])
        #expect(program.diagnostics.filter { $0.severity == .error }.map { $0.render() } == [])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let outcome = try program.run(query, request: .make(), effects: .forTests())
        #expect(outcome.json == #"{"order":"whole shared branch group query query group branch whole "}"#)
    }

    @Test("A post middleware runs after return, not after an error", arguments: [("return { value = {a: 1} }", 200), ("throw { name = \"x\" value = \"y\" }", 500)])
    func afterReturn(statement: String, status: Int) throws {
        let program = try Program.parsed([
            "query \"q\" verb=POST {\n stack { \(statement) }\n response = 0\n middleware = {\(Self.after)}\n}",
            #"middleware "after" { input { json vars } stack { } response = {after: true} }"#,
        ])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        let outcome = try program.run(query, request: .make(), effects: .forTests())
        #expect(outcome.status == status)
        #expect(outcome.json?.contains("after") == (status == 200))
    }
}
