/// The host's own mail program, as every host that sends mail has one.
package struct Sendmail: Sendable {
    package static let standardProgram = "/usr/sbin/sendmail"

    package let program: String

    /// - Parameter program: an absolute path; of the process, never of a request.
    package init(program: String = Sendmail.standardProgram) {
        self.program = program
    }

    /// Hands the mail over and waits until the program took it.
    package func send(_ mail: MailMessage, milliseconds: Int64) throws(OutboundError) {
        var arguments = ["-i"]
        if let sender = mail.sender { arguments += ["-f", sender] }
        // Recipients are arguments behind `--`: nothing of the message decides who gets it.
        arguments += ["--"] + mail.recipients
        let child = try ChildProcess(program, arguments, input: mail.bytes)
        let end = try child.wait(milliseconds: milliseconds)
        switch end.outcome {
        case .exited(0): return
        case .exited(let status): throw .mailProgram("\(program) ended with status \(status)\(end.said)")
        case .killed(let signal): throw .mailProgram("\(program) was ended by signal \(signal)\(end.said)")
        case .tookTooLong:
            throw .mailProgram("\(program) did not take the mail within \(milliseconds / 1000) s and was ended\(end.said)")
        }
    }
}

extension ChildProcess.End {
    /// The beginning of what it said on standard error, on one line.
    fileprivate var said: String {
        let text = String(decoding: standardError.prefix(400), as: UTF8.self)
        let lines = text.split { $0.isNewline }.map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
        }
        return lines.isEmpty ? "" : ": " + lines.prefix(3).joined(separator: " / ")
    }
}
