import FunctionStack
import Intake

/// `postern test`
enum TestCommand: CommandDefinition {
    static let name = "test"
    static let summary = "Runs the tests of a workspace, each with an empty database of its own."
    static let operands = "[--workspace DIR] [--filter TEXT]"
    static let details = """
        They are the test blocks and the workflow tests. They run side by side and are shown in the order of their
        files. No test reaches another machine: what would needs a mock with the test's name.
        The last line is "N passed, N failed"; exit status 1 if one failed.
        """
    static let options = [
        Option("workspace", "DIR", "the folder of .xs files (.)"),
        Option("filter", "TEXT", "only tests whose construct or name contains this, or that have it as a tag"),
    ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("test takes no operand; choose tests with --filter") }
        let checked = try WorkspaceOption.runnable(arguments)
        let filter = arguments["filter"]
        let tests = checked.program.unitTests.filter { test in
            filter.map { "\(test.subject): \(test.name)".contains($0) || test.tags.contains($0) } ?? true
        }
        let tally = try TestRun(checked, tests) { tell($0) }.run()
        Standard.output("\(tally.passed) passed, \(tally.failed) failed\n")
        if tally.failed > 0 { throw CommandFailure() }
        if tests.isEmpty, let filter { throw CommandFailure("no test's name contains \(filter)") }
    }

    private static func tell(_ result: UnitTestResult) {
        let title = "\(result.subject): \(result.name)"
        guard !result.passed else { return Standard.output("passed  \(title)\n") }
        Standard.output("FAILED  \(title) (\(result.location))\n")
        for failure in result.failures { Standard.output("        \(failure.location): \(failure.message)\n") }
    }
}
