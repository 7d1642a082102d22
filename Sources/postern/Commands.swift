/// The command line: finds the command, and turns what it throws into an exit status.
enum Commands {
    static var all: [Command] {
        [
            Command(ServeCommand.self), Command(WorkCommand.self), Command(CheckCommand.self), Command(MigrateCommand.self),
            Command(RunCommand.self), Command(EvalCommand.self), Command(TestCommand.self), Command(EventsCommand.self), Command(SignCommand.self),
            Command(SendCommand.self), Command(VerifyCommand.self), Command(SelftestCommand.self), Command(SendersCommand.self),
        ]
    }

    /// - Parameter words: without the program's name.
    /// - Returns: 0 done, 1 what was asked about is wrong, 2 used wrongly.
    static func run(_ words: [String]) -> Int32 {
        guard let first = words.first else {
            Standard.error(help)
            return 2
        }
        switch first {
        case "--help", "help", "-h":
            Standard.output(help)
            return 0
        case "--version":
            Standard.output("postern \(version)\n")
            return 0
        default: break
        }
        guard let command = all.first(where: { $0.name == first }) else {
            Standard.error("postern: \(first) is no command; postern --help lists them\n")
            return 2
        }
        return run(command, Array(words.dropFirst()))
    }

    private static func run(_ command: Command, _ words: [String]) -> Int32 {
        do {
            let arguments = try Arguments(words, accepting: command.options + [Option("help", nil, "")])
            if arguments.contains("help") {
                Standard.output(command.help)
                return 0
            }
            try command.run(arguments)
            return 0
        } catch let error as UsageError {
            Standard.error("postern \(command.name): \(error.message)\nUsage: postern \(command.name) \(command.operands)\n")
            return 2
        } catch let error as CommandFailure {
            if let message = error.message { Standard.error(message + "\n") }
            return 1
        } catch {
            Standard.error("postern \(command.name): \(error)\n")
            return 1
        }
    }

    private static var help: String {
        var text = "Usage: postern COMMAND [options]\n\nA webhook endpoint behind nginx or Apache.\n\nCommands:\n"
        let width = (all.map(\.name.utf8.count).max() ?? 0) + 2
        for command in all {
            text += "  " + command.name + String(repeating: " ", count: width - command.name.utf8.count) + command.summary + "\n"
        }
        return text + "\npostern COMMAND --help explains one. postern --version prints the version.\n"
    }
}
