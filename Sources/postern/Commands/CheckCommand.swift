import FunctionStack
import Intake
import Verification
import XanoScript

/// `postern check`
enum CheckCommand: CommandDefinition {
    static let name = "check"
    static let summary = "Says everything that is wrong with a workspace or with locations, with file, line and remedy."
    static let operands = "[--workspace DIR] [--nginx FILE|-] [--apache FILE] [--verify \"SENDER …\"]"
    static let details = """
        Without --workspace it checks the folder it is started in. Exit status 1 if there is an error.

        --verify says what a setting leaves open, what makes two deliveries one event and what the sender makes of answers;
        the workspace is then checked only if it is named.

        --nginx finds the locations that pass to Postern and says what would close each, what is doubtful, and how it
        behaves: nginx -T | postern check --nginx -
        --apache does the same for Apache's main file, a part of it, or an .htaccess. Either may be repeated.
        """
    static let options = [
        Option("workspace", "DIR", "the folder of .xs files (.)"),
        Option("nginx", "FILE", "nginx's configuration, or - for what nginx -T prints", repeatable: true),
        Option("apache", "FILE", "Apache's configuration", repeatable: true),
        ServiceUser.option,
        Option("verify", "\"SENDER …\"", "the sender or scheme, as in POSTERN_VERIFY"),
    ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("check takes no operand; name the folder with --workspace") }
        if arguments.contains("verify") {
            let rule = try SigningOptions.rule(arguments)
            tell(rule)
            _ = try SigningOptions.addresses(rule)
        }
        let isOfServer = arguments.contains("nginx") || arguments.contains("apache")
        if arguments.contains("user"), !isOfServer { throw UsageError("--user goes with --nginx or --apache") }
        let errors = isOfServer ? try checkWebServer(arguments) : 0
        if arguments.contains("workspace") || !isOfServer && !arguments.contains("verify") { try checkWorkspace(arguments) }
        if errors > 0 { throw CommandFailure() }
    }

    private static func checkWorkspace(_ arguments: Arguments) throws {
        let checked = try WorkspaceOption.load(arguments)
        for diagnostic in checked.diagnostics { Standard.error(diagnostic.render() + "\n") }
        let senders = try OwnSendersCheck(arguments["workspace"] ?? ".")
        senders.tell()
        let errors = checked.diagnostics.count { $0.severity == .error } + senders.errors
        let warnings = checked.diagnostics.count { $0.severity != .error }
        let workspace = checked.workspace
        let counts = [
            (workspace.queries.count, "query", "queries"), (workspace.functions.count, "function", "functions"),
            (workspace.middleware.count, "middleware", "middleware"), (workspace.tables.count, "table", "tables"),
            (workspace.tasks.count, "task", "tasks"), (checked.program.unitTests.count, "test", "tests"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
        let described = senders.count == 0 ? [] : ["\(senders.count) \(senders.count == 1 ? "sender" : "senders")"]
        Standard.output(
            "\(workspace.name): \(parts.isEmpty ? "nothing in it" : (parts + described).joined(separator: ", ")); "
                + "\(counted(errors, "error")), \(counted(warnings, "warning"))\n")
        if parts.isEmpty { throw CommandFailure("there is no .xs file in it: name the workspace's own folder") }
        if errors > 0 { throw CommandFailure() }
    }
}

extension CheckCommand {
    private static func tell(_ rule: VerificationRule) {
        for warning in rule.warnings + rule.duplicateWarnings() { Standard.output("warning: \(rule.name): \(warning)\n") }
        for sentence in rule.explanation() + AddressAdvice.sentences(rule, at: Clock.now()) {
            Standard.output("note: \(rule.name): \(sentence)\n")
        }
    }
}

/// What `check` says of the senders that a workspace describes itself.
struct OwnSendersCheck {
    private let senders: OwnSenders

    /// - Parameter workspace: its folder.
    init(_ workspace: String) throws {
        do throws(SendersFile.Failure) {
            senders = try SendersFile(workspace: workspace).load()
        } catch {
            throw CommandFailure(error.description)
        }
    }

    var errors: Int { senders.problems.count }
    var count: Int { senders.names.count }

    func tell() {
        for problem in senders.problems {
            Standard.error("\(senders.path):\(problem.line): error: \(problem.problem)\nhelp: \(problem.remedy)\n")
        }
    }
}

/// `--workspace DIR`
enum WorkspaceOption {
    static func load(_ arguments: Arguments) throws -> CheckedWorkspace {
        do throws(WorkspaceProblem) {
            return try CheckedWorkspace(directory: arguments["workspace"] ?? ".")
        } catch {
            throw CommandFailure(error.description)
        }
    }

    /// A workspace that can be run.
    static func runnable(_ arguments: Arguments) throws -> CheckedWorkspace {
        let checked = try load(arguments)
        let errors = checked.diagnostics.filter { $0.severity == .error && $0.kind != .unsupported }
        guard errors.isEmpty else { throw CommandFailure(errors.map { $0.render() }.joined(separator: "\n")) }
        return checked
    }
}
