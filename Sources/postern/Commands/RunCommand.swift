import FunctionStack
import Intake
import Outbound
import Values
import XanoScript

/// `postern run`
enum RunCommand: CommandDefinition {
    static let name = "run"
    static let summary = "Runs one function, task or query, and prints its response as JSON."
    static let operands = "--workspace DIR NAME [--input JSON] [--auth JSON] [--database FILE]"
    static let details = """
        NAME is a function's, else a task's, or GROUP/NAME of a query. Without --database it has an empty database in memory.
        An error of the stack goes to standard error as JSON, exit status 1.
        """
    static let options = [
        Option("workspace", "DIR", "the folder of .xs files (.)"),
        Option("input", "JSON", "the inputs, an object ({})"),
        Option("auth", "JSON", "who is signed in: {\"id\": 1, \"role\": \"admin\"}"),
        Option("database", "FILE", "a database of this workspace"),
        Option("verb", "VERB", "the query's verb, if it has several"),
        Option("outbound", "LIST", "what it may call beside public addresses, as in POSTERN_OUTBOUND"),
        SendmailOption.option,
    ]

    static func run(_ arguments: Arguments) throws {
        guard let name = arguments.operands.first, arguments.operands.count == 1 else { throw UsageError("run takes one name") }
        let checked = try WorkspaceOption.runnable(arguments)
        let input = try InputOption.object(arguments)
        let auth = try arguments["auth"] == nil ? nil : InputOption.object(arguments, "auth")
        let session = try StackSession(checked, database: arguments["database"])
        let outbound = try outbound(arguments)
        do {
            let ran = try session.perform(outbound: outbound) { effects in
                try call(name, arguments["verb"], input, auth, checked, session, effects)
            }
            Standard.output(JSON.print(ran.value) + [UInt8(ascii: "\n")])
            try session.finish(ran, outbound: outbound)
        } catch let error as StackError {
            Standard.error(JSON.print(.object(error.body)) + [UInt8(ascii: "\n")])
            let notes = [error.location.map { "at \($0)" }, error.remedy].compactMap(\.self)
            throw CommandFailure(notes.isEmpty ? nil : notes.joined(separator: ": "))
        }
    }

    private static func outbound(_ arguments: Arguments) throws(UsageError) -> NetworkEffects {
        var policy = OutboundPolicy()
        if let list = arguments["outbound"] {
            do throws(OutboundPolicyError) {
                policy = try OutboundPolicy(parsing: list)
            } catch {
                throw UsageError("--outbound: \(error)")
            }
        }
        return NetworkEffects(
            client: HTTPClient(policy: policy, monotonicClock: Clock.monotonic), sendmail: try SendmailOption.sendmail(arguments))
    }

    private static func call(
        _ name: String, _ verb: String?, _ input: Object, _ auth: Object?, _ checked: CheckedWorkspace,
        _ session: StackSession, _ effects: Effects
    ) throws -> StackSession.Ran {
        var left: [PostProcessEntry] = []
        if case .missing = checked.program.function(name) {
            switch checked.program.task(name) {
            case .ready(let task): 
                let value = try checked.program.runTask(task, effects: effects, left: &left)
                return StackSession.Ran(value: value, left: left)
            case .unsupported(let diagnostic):
                throw StackError(.fatal(name: nil), Text("The task '\(name)' is not supported: \(diagnostic.message)"))
            case .missing: break
            }
            return try session.runQuery(name, verb: verb, input: input, auth: auth, effects: effects)
        }
        let identity = try StackSession.identity(auth)
        let value = try checked.program.runFunction(name, input: input, effects: effects, identity: identity, left: &left)
        return StackSession.Ran(value: value, left: left, identity: identity)
    }
}

/// `--input JSON`, and other options that are objects.
enum InputOption {
    static func object(_ arguments: Arguments, _ name: String = "input") throws(UsageError) -> Object {
        guard let text = arguments[name] else { return Object() }
        let value: Value
        do throws(JSONError) {
            value = try JSON.parse(Array(text.utf8))
        } catch {
            throw UsageError("--\(name) is no JSON: \(error.message)")
        }
        guard case .object(let object) = value else { throw UsageError("--\(name) is a JSON object: {\"name\": \"value\"}") }
        return object
    }
}
