/// One option of a command, `--name VALUE` or `--name`.
struct Option: Sendable {
    var name: String
    /// What the help calls its value, nil if it takes none.
    var value: String?
    var help: String
    /// Whether it may be given several times.
    var isRepeatable = false

    init(_ name: String, _ value: String? = nil, _ help: String, repeatable: Bool = false) {
        self.name = name
        self.value = value
        self.help = help
        isRepeatable = repeatable
    }
}

/// The options and operands that a command was given.
struct Arguments: Sendable {
    var options: [String: [String]] = [:]
    var operands: [String] = []

    /// The value of an option, nil if it was not given.
    subscript(name: String) -> String? { options[name]?.last }

    func all(_ name: String) -> [String] { options[name] ?? [] }
    func contains(_ name: String) -> Bool { options[name] != nil }
}

/// The program was used wrongly: exit status 2.
struct UsageError: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

/// What the command asked about is wrong: exit status 1. The message, if any, goes to standard error.
struct CommandFailure: Error {
    var message: String?

    init(_ message: String? = nil) {
        self.message = message
    }
}
