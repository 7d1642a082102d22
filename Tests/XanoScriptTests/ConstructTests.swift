import Testing

@testable import XanoScript

@Suite("Constructs")
struct ConstructTests {
    @Test("A query has verb, group, inputs, stack, response, tests and middleware")
    func query() throws {
        let (constructs, diagnostics) = Parser.parse(
            """
            // What it is for.
            // On two lines.
            query "users/{id}" verb=PATCH {
              api_group = "People"
              auth = "user"
              description = "x"
              middleware = {pre: [{name: "a"}, {name: "b", active: false}], post: ["c"]}
              input { int id }
              stack { }
              response = $x
              history = "inherit"
              guid = "abc"
              tags = ["a", "b"]
              test "t" {
                input = {id: 1}
                expect.to_equal ($response) { value = 1 }
                expect.to_throw
              }
            }
            // The end.
            """)
        #expect(diagnostics.map { $0.render() } == [])
        guard case .query(let query)? = constructs.first?.kind else {
            Issue.record("no query")
            return
        }
        #expect(constructs.first?.name == "users/{id}")
        #expect(query.verb == .patch)
        #expect(query.apiGroup == "People")
        #expect(query.authentication?.value.notation == "\"user\"")
        #expect(query.middleware?.pre.map(\.name) == ["a", "b"])
        #expect(query.middleware?.pre.map(\.isDisabled) == [false, true])
        #expect(query.middleware?.post.map(\.name) == ["c"])
        #expect(query.body.inputs.map(\.name) == ["id"])
        #expect(query.body.response?.notation == "$x")
        #expect(query.body.attributes.map(\.name) == ["description", "history", "guid", "tags"])
        #expect(query.body.tests.first?.input?.notation == "{\"id\": 1}")
        #expect(query.body.tests.first?.expectations.map(\.name) == ["expect.to_equal", "expect.to_throw"])
    }

    @Test(
        "A name stands bare or in quotation marks",
        arguments: [
            ("query a/{b_id}/c verb=GET { }", "a/{b_id}/c"), ("query {id} verb=GET { }", "{id}"),
            ("query \"a b\" verb=GET { }", "a b"), ("query \"/a\" verb=GET { }", "/a"),
            ("function Folder/Name { }", "Folder/Name"), ("function a{ }", "a"), ("table order { }", "order"),
            ("table \"Größe\" { }", "Größe"), ("api_group Crud-2 { }", "Crud-2"),
            ("task \"list dogs\" { }", "list dogs"),
            ("run.job { main = {name: \"a\"} }", ""), ("function query { }", "query"),
        ])
    func names(source: String, name: String) throws {
        let (constructs, diagnostics) = Parser.parse(source)
        #expect(diagnostics.map { $0.render() } == [])
        #expect(try #require(constructs.first).name == name)
    }

    @Test("A table has columns and indexes")
    func table() throws {
        let (constructs, diagnostics) = Parser.parse(
            """
            table "order" {
              auth = true
              schema {
                int id
                text select? filters=trim
              }
              index = [
                {type: "primary", field: [{name: "id"}]}
                {type: "btree|unique", field: [{name: "a", op: "asc"}, {name: "b", op: "desc"}]},
              ]
              view = {"all": {search: $db.a == 1, sort: {id: "asc"}, id: "x"}}
            }
            """)
        #expect(diagnostics.map { $0.render() } == [])
        guard case .table(let table)? = constructs.first?.kind else {
            Issue.record("no table")
            return
        }
        #expect(table.isAuthentication)
        #expect(table.columns.map(\.name) == ["id", "select"])
        #expect(table.indexes.map(\.type) == ["primary", "btree|unique"])
        #expect(table.indexes[1].fields.map(\.name) == ["a", "b"])
        #expect(table.indexes[1].fields.map(\.descending) == [false, true])
        #expect(table.attributes.map(\.name) == ["view"])
    }

    @Test("Middleware, groups, branches and workspaces have their settings")
    func settings() throws {
        guard
            case .middleware(let middleware)? = Parser.parse(
                "middleware m { exception_policy = \"silent\" response_strategy = \"replace\" input { json vars } stack }"
            ).constructs.first?.kind
        else {
            Issue.record("no middleware")
            return
        }
        #expect(middleware.exceptionPolicy == .silent)
        #expect(middleware.responseStrategy == .replace)
        #expect(middleware.body.inputs.map(\.name) == ["vars"])
        guard
            case .apiGroup(let group)? = Parser.parse(
                "api_group g { canonical = \"x-1\" active = false swagger = {token: \"t\"} }"
            ).constructs.first?.kind
        else {
            Issue.record("no group")
            return
        }
        #expect(group.canonical == "x-1")
        #expect(!group.isActive)
        guard
            case .branch(let branch)? = Parser.parse(
                "branch b { color = \"#fff\" middleware = {query: {pre: [\"a\"]}, function: {post: [\"b\"]}} }"
            ).constructs.first?.kind
        else {
            Issue.record("no branch")
            return
        }
        #expect(branch.middleware["query"]?.pre.map(\.name) == ["a"])
        #expect(branch.middleware["function"]?.post.map(\.name) == ["b"])
        guard case .workspace(let workspace)? = Parser.parse("workspace w { env = {A: \"b\"} }").constructs.first?.kind else {
            Issue.record("no workspace")
            return
        }
        #expect(workspace.attributes.map(\.name) == ["env"])
    }

    @Test("Other constructs are read with their blocks, so that the refusal can say what they are")
    func others() throws {
        let (constructs, diagnostics) = Parser.parse(
            """
            task "t" {
              active = true
              stack { debug.log { value = 1 } }
              schedule {
                events = [
                  {starts_on: 2025-03-17 18:33:50+0000}
                  {starts_on: 2025-03-17 18:33:55+0000, freq: 172800}
                ]
              }
            }
            """)
        #expect(diagnostics.map { $0.render() } == [])
        guard case .task(let task)? = constructs.first?.kind else {
            Issue.record("not read")
            return
        }
        #expect(task.isActive)
        #expect(task.body.stack.map(\.name) == ["debug.log"])
        #expect(task.schedule.map(\.startsOn.notation) == ["\"2025-03-17 18:33:50+0000\"", "\"2025-03-17 18:33:55+0000\""])
        #expect(task.schedule.map { $0.frequency?.notation } == [nil, "172800"])
        let agent = """
            agent "a" {
              llm = {
                type: "openai"
                output { enum mood { values = ["good"] } }
              }
              tools = []
            }
            """
        #expect(Parser.parse(agent).diagnostics.isEmpty)
    }
}
