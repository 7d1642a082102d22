import Foundation
import Glibc

/// OpenSMTPD on loopback that keeps what arrives, with a mail program that hands mail over to it by SMTP.
///
/// It has its spool and its control socket at fixed places, so it gets file systems of its own there, for which one has
/// to be root.
final class MailServer {
    static let canRun = geteuid() == 0 && access("/usr/sbin/smtpd", X_OK) == 0

    private let folder: String
    private let service: Service
    /// The program to name as sendmail.
    let program: String

    init() throws {
        var template = Array("/tmp/postern-mail-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
        chmod(folder, 0o755)
        let port = Service.freePort()
        let mail = folder + "/mail"
        try FileManager.default.createDirectory(atPath: mail, withIntermediateDirectories: true)
        try Command.run("/bin/chown", ["www-data", mail])
        try Self.write(
            """
            table anybody { "@" = www-data }
            listen on 127.0.0.1 port \(port) hostname mail.example.com
            action "keep" maildir "\(mail)" virtual <anybody>
            match from any for any action "keep"

            """, to: folder + "/smtpd.conf", 0o644)
        let script = "mount -t tmpfs none /var/spool && mount -t tmpfs none /run && mkdir -m 711 /var/spool/smtpd && exec /usr/sbin/smtpd -d -f \"$1\""
        service = try Service(
            "/usr/bin/unshare", ["-m", "--propagation", "private", "/bin/sh", "-c", script, "sh", folder + "/smtpd.conf"],
            log: folder + "/log")
        program = folder + "/sendmail"
        try Self.write(
            """
            #!/usr/bin/python3
            import smtplib, sys
            words = sys.argv[1:]
            sender = words[words.index("-f") + 1] if "-f" in words else "nobody@localhost"
            with smtplib.SMTP("127.0.0.1", \(port)) as server:
                server.sendmail(sender, words[words.index("--") + 1:], sys.stdin.buffer.read())

            """, to: program, 0o755)
        let service = service
        try Service.until("the mail server to listen") {
            guard let connection = try? HTTPClient(port: port).open() else { return !service.isRunning }
            close(connection)
            return true
        }
        guard service.isRunning else { throw HTTPClient.Failure(description: service.logText) }
    }

    deinit {
        service.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What has arrived, each with the headers of its delivery.
    var mails: [String] {
        let inbox = folder + "/mail/new"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: inbox)) ?? []
        return names.sorted().compactMap { try? String(contentsOfFile: inbox + "/" + $0, encoding: .utf8) }
    }

    private static func write(_ text: String, to path: String, _ mode: mode_t) throws {
        // By another process: a descriptor of ours could be inherited, and a file that is written is not executed.
        let result = try Command.run("/bin/sh", ["-c", "cat > \"$1\" && chmod \"$2\" \"$1\"", "sh", path, String(mode, radix: 8)], input: Data(text.utf8))
        guard result.status == 0 else { throw HTTPClient.Failure(description: result.errors) }
    }
}
