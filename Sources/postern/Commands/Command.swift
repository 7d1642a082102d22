/// What a command says of itself, and what it does.
protocol CommandDefinition {
    static var name: String { get }
    /// One line for the list of commands.
    static var summary: String { get }
    /// What stands after the command's name: `[options] NAME`.
    static var operands: String { get }
    /// More that the help says, or nothing.
    static var details: String { get }
    static var options: [Option] { get }

    /// Runs the command.
    ///
    /// - Throws: `UsageError`, `CommandFailure`, or an error whose description is for the operator.
    static func run(_ arguments: Arguments) throws
}

extension CommandDefinition {
    static var details: String { "" }

    static var help: String {
        var text = "Usage: postern \(name)" + (operands.isEmpty ? "" : " " + operands) + "\n\n\(summary)\n"
        if !details.isEmpty { text += "\n\(details)\n" }
        let all = options + [Option("help", nil, "prints this")]
        let left = all.map { "  --\($0.name)" + ($0.value.map { " " + $0 } ?? "") }
        let width = (left.map(\.count).max() ?? 0) + 2
        text += "\nOptions:\n"
        for (option, title) in zip(all, left) {
            text += title + String(repeating: " ", count: width - title.count) + option.help + "\n"
        }
        return text
    }
}

/// One of the program's commands.
struct Command {
    let name: String
    let summary: String
    let operands: String
    let help: String
    let options: [Option]
    let run: (Arguments) throws -> Void

    init<Definition: CommandDefinition>(_ definition: Definition.Type) {
        name = Definition.name
        summary = Definition.summary
        operands = Definition.operands
        help = Definition.help
        options = Definition.options
        run = { try Definition.run($0) }
    }
}
