import Foundation
import Testing

@testable import Outbound

@Suite("Mail programs")
struct SendmailTests {
    private let folder: TemporaryFolder
    private let mail: MailMessage

    init() throws {
        folder = try TemporaryFolder()
        mail = try MailMessage(
            from: "Shop <shop@a.example>", to: ["ann@b.example"], cc: [], bcc: ["hidden@b.example"], replyTo: [], subject: "Hi",
            body: String(repeating: "A line of the message.\n", count: 10_000), isHTML: false, date: 0, identity: [1])
    }

    private func failure(_ program: String, milliseconds: Int64 = 20_000) -> OutboundError? {
        do throws(OutboundError) {
            try Sendmail(program: program).send(mail, milliseconds: milliseconds)
            return nil
        } catch {
            return error
        }
    }

    @Test("A program gets the mail, the recipients behind --, and nothing of this process")
    func program() throws {
        let out = folder.path
        // One that a child would inherit.
        let leaking = fcntl(STDIN_FILENO, F_DUPFD, 100)
        defer { close(leaking) }
        try #require(leaking >= 100)
        let program = try folder.program(
            "mailer",
            """
            printf '%s\\n' "$@" >\(out)/arguments
            env | sed 's/=.*//' | grep -v -e '^_$' -e '^PWD$' -e '^SHLVL$' -e '^OLDPWD$' | sort | tr '\\n' ' ' >\(out)/environment
            ls /proc/$$/fd >\(out)/descriptors
            readlink /proc/$$/cwd >\(out)/folder
            cut -d ' ' -f 1,6 /proc/$$/stat >\(out)/session
            # By the shell itself, which blocks signals while it starts another program.
            while read -r name value; do [ "$name" = SigBlk: ] && echo "$value"; done </proc/$$/status >\(out)/signals
            cat >\(out)/mail
            """)
        #expect(failure(program) == nil)
        #expect(try folder.text("arguments") == "-i\n-f\nshop@a.example\n--\nann@b.example\nhidden@b.example\n")
        #expect(try folder.text("environment") == "HOME LANG LOGNAME PATH USER ")
        // The shell keeps some of its own from 10 on.
        let descriptors = try folder.text("descriptors").split(separator: "\n").compactMap { Int($0) }
        #expect(descriptors.filter { !(10..<20).contains($0) }.sorted() == [0, 1, 2])
        #expect(try folder.text("folder") == "/\n")
        let session = try folder.text("session").split(whereSeparator: \.isWhitespace)
        #expect(session.count == 2 && session[0] == session[1])
        #expect(try folder.text("signals") == "0000000000000000\n")
        #expect(try folder.text("mail") == String(decoding: mail.bytes, as: UTF8.self))
    }

    @Test("A program that fails is an error with its status and what it said")
    func failing() throws {
        let program = try folder.program("failing", "echo 'no such user' >&2; echo second >&2; exit 67")
        #expect(failure(program) == .mailProgram("\(program) ended with status 67: no such user / second"))
    }

    @Test("A program that reads nothing, or is killed, does not hurt")
    func unreading() throws {
        #expect(failure(try folder.program("unreading", "exec 0<&-; exit 0")) == nil)
        let program = try folder.program("killed", "kill -9 $$")
        #expect(failure(program) == .mailProgram("\(program) was ended by signal 9"))
    }

    @Test("A program that takes too long is ended, with what it started")
    func slow() throws {
        let fifo = "\(folder.path)/fifo"
        try #require(unsafe mkfifo(fifo, 0o600) == 0)
        let reading = unsafe open(fifo, O_RDONLY | O_NONBLOCK)
        defer { close(reading) }
        let program = try folder.program("slow", "sleep 1000 >\(fifo) 2>&1 & echo waiting >&2; wait")
        #expect(failure(program, milliseconds: 1000) == .mailProgram("\(program) did not take the mail within 1 s and was ended: waiting"))
        // It ends when nobody has it open for writing any more.
        _ = fcntl(reading, F_SETFL, 0)
        var byte: UInt8 = 0
        #expect(unsafe read(reading, &byte, 1) == 0)
    }

    @Test("What a program leaves running is not waited for")
    func leaving() throws {
        let program = try folder.program("leaving", "sleep 1000 & echo $! >\(folder.path)/child; exit 0")
        #expect(failure(program) == nil)
        let child = try #require(pid_t(folder.text("child").trimmingCharacters(in: .whitespacesAndNewlines)))
        kill(child, SIGKILL)
    }

    @Test("A program that is not there is an error that names it")
    func missing() {
        #expect(failure("/nowhere/sendmail") == .mailProgram("/nowhere/sendmail: No such file or directory"))
    }
}
