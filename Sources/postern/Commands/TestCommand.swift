import FunctionStack
import Intake

/// `postern test`
enum TestCommand: CommandDefinition {
    static let name = "test"
    static let summary = "Runs the test blocks of a workspace, each with an empty database of its own."
    static let operands = "[--workspace DIR] [--filter TEXT]"
    static let details = "The last line is \"N passed, N failed\"; exit status 1 if one failed."
    static let options = [
        Option("workspace", "DIR", "the folder of .xs files (.)"),
        Option("filter", "TEXT", "only tests whose construct or name contains this"),
    ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("test takes no operand; choose tests with --filter") }
        let checked = try WorkspaceOption.runnable(arguments)
        var passed = 0
        var failed = 0
        for test in checked.program.unitTests {
            let title = "\(test.subject): \(test.name)"
            if let filter = arguments["filter"], !title.contains(filter) { continue }
            let session = try StackSession(checked, database: nil)
            let result = try session.perform { effects in try checked.program.run(test, effects: effects) }
            if result.passed {
                passed += 1
                Standard.output("passed  \(title)\n")
            } else {
                failed += 1
                Standard.output("FAILED  \(title) (\(result.location))\n")
                for failure in result.failures { Standard.output("        \(failure.location): \(failure.message)\n") }
            }
        }
        Standard.output("\(passed) passed, \(failed) failed\n")
        if failed > 0 { throw CommandFailure() }
        if passed == 0, let filter = arguments["filter"] { throw CommandFailure("no test's name contains \(filter)") }
    }
}
