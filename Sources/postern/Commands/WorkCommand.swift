import Glibc
import Intake

/// `postern work`
enum WorkCommand: CommandDefinition {
    static let name = "work"
    static let summary = "Runs the queues of databases, and the tasks of their workspaces."
    static let operands = "[--drain] [--database FILE …]"
    static let details = """
        Without --drain it goes on until SIGTERM. With it, it runs what is due, tasks too, and ends; a second drain of the same
        database ends at once. Under CGI, cron calls it each minute for tasks and for what a crash left:
          * * * * * postern work --drain --database /path/to/events.sqlite
        """
    static let options = [
        Option("drain", nil, "run what is due, then end"),
        Option("database", "FILE", "a database (all in \(Deployments.defaultFolder)); may be repeated", repeatable: true),
        SendmailOption.option,
        Option("allow", "DIR", "secrets, workspaces and databases may lie here and nowhere else; may be repeated", repeatable: true),
    ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("work takes no operand") }
        umask(0o077)
        var databases = arguments.all("database")
        if databases.isEmpty { databases = DatabaseFolder.files(in: Deployments.defaultFolder) }
        guard !databases.isEmpty else {
            throw CommandFailure("there is no database in \(Deployments.defaultFolder); name one with --database")
        }
        for path in databases where FileContents.fingerprint(path) == nil {
            throw CommandFailure("\(path) does not exist or cannot be reached")
        }
        let rules = FileRules(allowed: arguments.all("allow"))
        let sendmail = try SendmailOption.sendmail(arguments)
        if arguments.contains("drain") {
            try QueueDrain.run(databases, rules: rules, sendmail: sendmail, log: Log())
        } else {
            let signals = StopSignal()
            let postern = Postern(.server, rules: rules, sendmail: sendmail, log: Log())
            postern.resume(databases: databases, all: true)
            signals.wait()
            postern.stop()
        }
    }
}
