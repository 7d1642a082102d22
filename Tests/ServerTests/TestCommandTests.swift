import Testing

@Suite("postern test")
struct TestCommandTests {
    private static func run(_ options: String...) throws -> Command.Result {
        let sandbox = try Sandbox()
        let workspace = try sandbox.workspace(Sandbox.repository + "/Tests/ServerTests/Workspaces/tested")
        return try Command.run(try sandbox.program(), ["test", "--workspace", workspace] + options)
    }

    private static let report = """
        passed  items: adds
        passed  items: refuses
        passed  items: refuses by kind
        FAILED  endless: reaches a bound (function/endless.xs:7:8)
                function/endless.xs:3:5: It failed: The run was stopped at 256 calls within each other; if it needs more, raise POSTERN_MAX_DEPTH
        FAILED  reaches: without a mock (function/reaches.xs:7:8)
                function/reaches.xs:3:5: It failed: A test reaches no other machine: give api.request a mock with the test's name
        FAILED  unsupported: can't run (function/unsupported.xs:7:8)
                function/unsupported.xs:3:5: `api.lambda` is not supported: Postern runs no JavaScript
        FAILED  workflow test: fails (workflow_test/fails.xs:1:15)
                workflow_test/fails.xs:4:5: expect.to_equal: expected 4, got 3
                workflow_test/fails.xs:5:5: expect.to_be_null: got 3
                function/add.xs:7:5: It failed: a is not positive
        passed  workflow test: whole flow
        4 passed, 4 failed

        """

    @Test("shows every test in the order of the files, each failure with what was expected and what came", arguments: 1...3)
    func report(_ time: Int) throws {
        let result = try Self.run()
        #expect(result.output == Self.report)
        #expect(result.status == 1)
    }

    @Test("chooses by a part of the name or by a whole tag", arguments: [
        ("adds", "1 passed, 0 failed\n"), ("shop", "1 passed, 0 failed\n"), ("sho", ""), ("items", "3 passed, 0 failed\n"),
    ])
    func filter(text: String, last: String) throws {
        let result = try Self.run("--filter", text)
        if last.isEmpty {
            #expect(result.status == 1)
            #expect(result.errors.contains("no test's name contains \(text)"))
        } else {
            #expect(result.output.hasSuffix(last))
            #expect(result.status == 0)
        }
    }
}
