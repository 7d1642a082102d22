import Glibc
import Intake
import Records
import Values

/// `postern migrate`
enum MigrateCommand: CommandDefinition {
    static let name = "migrate"
    static let summary = "Brings the tables of a database to what the workspace says."
    static let operands = "[--workspace DIR] [--database FILE] [--plan] [--allow-drop] [--json]"
    static let details = """
        New tables, columns and indexes are added by themselves when a workspace is served. A table or column that is
        gone, and a type that changes, need --allow-drop: what is lost is said and counted, and all of it is one
        transaction. --plan says what would be done and does nothing. With --allow-drop no other process may use the
        database: stop it first. Exit status 1 if something was refused; then nothing was changed.
        """
    static let options = [
        Option("workspace", "DIR", "the folder of .xs files (.)"),
        Option("database", "FILE", "the database (\(Deployments.defaultFolder)/WORKSPACE-NAME.sqlite)"),
        Option("plan", nil, "say what would be done, and do nothing"),
        Option("allow-drop", nil, "drop what is gone, and convert what has changed its type"),
        Option("json", nil, "one object a line for each step"),
    ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("migrate takes no operand; name the folder with --workspace") }
        if arguments.contains("plan"), arguments.contains("allow-drop") {
            throw UsageError("--plan changes nothing, so --allow-drop says nothing beside it")
        }
        umask(0o077)
        let migration = TableMigration(try WorkspaceOption.runnable(arguments), database: arguments["database"])
        if arguments.contains("plan") { return tell(try migration.plan(), arguments, isDone: false) }
        do {
            tell(try migration.run(allowsLosses: arguments.contains("allow-drop")), arguments, isDone: true)
        } catch let error as MigrationError {
            throw CommandFailure(error.description)
        }
    }

    private static func tell(_ steps: [MigrationStep], _ arguments: Arguments, isDone: Bool) {
        if arguments.contains("json") {
            for step in steps { Standard.output(JSON.print(.object(step.object)) + [UInt8(ascii: "\n")]) }
            return
        }
        for step in steps {
            Standard.output("\(step.description)\(!isDone && step.isDestructive ? " (needs --allow-drop)" : "")\n")
        }
        if steps.isEmpty { Standard.output("the tables are as the workspace says\n") }
    }
}
