import Glibc
import Intake
import Outbound

/// The program that takes mail, `--sendmail` or `POSTERN_SENDMAIL`: of the process alone, for it is run.
enum SendmailOption {
    static let option = Option("sendmail", "PROGRAM", "what takes mail (POSTERN_SENDMAIL, else \(Sendmail.standardProgram))")

    static func sendmail(_ arguments: Arguments) throws(UsageError) -> Sendmail {
        guard let path = arguments["sendmail"] ?? ofEnvironment else { return Sendmail() }
        guard path.hasPrefix("/") else { throw UsageError("--sendmail is a program's whole path: \(Sendmail.standardProgram)") }
        return Sendmail(program: path)
    }

    /// What the process's own environment names. Under CGI the web server sets that, and no request can.
    static var ofEnvironment: String? {
        guard let value = unsafe getenv(SettingName.sendmail) else { return nil }
        let path = unsafe String(cString: value)
        return path.isEmpty ? nil : path
    }
}
