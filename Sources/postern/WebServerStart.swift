import Cryptography
import Gateway
import Glibc
import Intake
import Outbound

/// Started by a web server. Nothing of the command line counts here: Apache turns a query string into arguments.
enum WebServerStart {
    /// CGI/1.1: one request from standard input and the environment.
    static func answerOneRequest() {
        umask(0o077)
        // Such a process opens no TLS connection: what needs one is run by the detached worker.
        LibraryStart.leaveOutConfiguration()
        let log = Log()
        let rules = FileRules()
        let postern = Postern(.singleRequest, rules: rules, routeFile: settings(rules), sendmail: sendmail(), log: log)
        CGI().serve(postern.endpoint, environment: .ofProcess())
    }

    /// FastCGI on the listening socket that is descriptor 0.
    static func serve() -> Int32 {
        guard let socket = ListeningSocket.onStandardInput() else { return 1 }
        let rules = FileRules()
        do {
            try ServeCommand.serve(
                [socket], limits: ServerLimits(), rules: rules, databases: [], routeFile: settings(rules),
                sendmail: sendmail())
            return 0
        } catch {
            Standard.error("postern: \(error)\n")
            return 1
        }
    }

    /// The program that takes mail, as the web server's configuration names it.
    private static func sendmail() -> Sendmail {
        SendmailOption.ofEnvironment.flatMap { $0.hasPrefix("/") ? Sendmail(program: $0) : nil } ?? Sendmail()
    }

    /// The settings of the route file through which the process was started, if it was.
    private static func settings(_ rules: FileRules) -> Result<SettingEntries, SettingError>? {
        RouteFileSettings.ofProcess(rules)
    }
}
