import Gateway
import Glibc
import Intake
import Outbound

/// `postern serve`
enum ServeCommand: CommandDefinition {
    static let name = "serve"
    static let summary = "Serves FastCGI on a socket of its own or of systemd's, and runs the queue."
    static let operands = "[--socket PATH|HOST:PORT] [options]"
    static let details = """
        Without --socket it takes the sockets that systemd holds for it. A stale socket file is replaced, one that
        somebody listens on is refused; TCP listens on loopback only. SIGTERM finishes what is under way and ends.
        """
    static let options = [
        Option("socket", "PATH|HOST:PORT", "where to listen"),
        Option("mode", "MODE", "mode of the socket file, octal (0660)"),
        Option("group", "NAME", "group of the socket file"),
        Option("threads", "N", "threads that serve (as many as processors)"),
        Option("database", "FILE", "run the queue of this database from the start; may be repeated", repeatable: true),
        SendmailOption.option,
        Option("allow", "DIR", "secrets, workspaces and databases may lie here and nowhere else; may be repeated", repeatable: true),
    ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("serve takes no operand") }
        var limits = ServerLimits()
        if let text = arguments["threads"] {
            guard let count = Int(text), (1...256).contains(count) else { throw UsageError("--threads is a number from 1 to 256") }
            limits.threads = count
        }
        let sockets = try sockets(arguments)
        try serve(
            sockets, limits: limits, rules: FileRules(allowed: arguments.all("allow")), databases: databases(arguments),
            sendmail: try SendmailOption.sendmail(arguments))
    }

    /// Serves until a signal stops it.
    static func serve(
        _ sockets: [ListeningSocket], limits: ServerLimits, rules: FileRules, databases: [String],
        routeFile: Result<SettingEntries, SettingError>? = nil, sendmail: Sendmail
    ) throws {
        // Everything that is created is private.
        umask(0o077)
        let log = Log()
        let postern = Postern(.server, rules: rules, routeFile: routeFile, sendmail: sendmail, log: log)
        let server = try FastCGIServer(postern.endpoint, sockets: sockets, limits: limits) { event in
            log.line("server", "\(event)")
        }
        postern.resume(databases: databases)
        let unanswered = try server.run()
        postern.stop()
        if unanswered > 0 { log.line("server", "\(unanswered) requests were still unanswered at the end") }
    }

    private static func sockets(_ arguments: Arguments) throws -> [ListeningSocket] {
        guard let address = arguments["socket"] else {
            let sockets = try ListeningSocket.fromSystemd()
            guard !sockets.isEmpty else { throw UsageError("no socket: give --socket, or start it by postern.socket") }
            return sockets
        }
        var mode: UInt32 = 0o660
        if let text = arguments["mode"] {
            guard let given = UInt32(text, radix: 8), given <= 0o777 else { throw UsageError("--mode is octal, as 0660") }
            mode = given
        }
        return [try ListeningSocket.listen(at: address, mode: mode, group: arguments["group"])]
    }

    /// The databases that were named, else those in the default folder.
    private static func databases(_ arguments: Arguments) -> [String] {
        let named = arguments.all("database")
        return named.isEmpty ? DatabaseFolder.files(in: Deployments.defaultFolder) : named
    }
}
