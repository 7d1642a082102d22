import Glibc

/// A mail, checked and ready for a mail program.
package struct MailMessage: Sendable {
    private static let maximumRecipients = 100
    private static let maximumBody = 16 << 20

    /// Of the envelope; nil where the mail program is to take the user of this process.
    let sender: String?
    /// Of the envelope, `bcc` among them.
    let recipients: [String]
    /// `<…@host>`
    package let identity: String
    let bytes: [UInt8]

    /// - Parameters:
    ///   - from: nil for the user of this process on this host
    ///   - to: each text may hold several addresses; with no recipient at all the host's postmaster gets it
    ///   - date: milliseconds since the epoch
    ///   - identity: unpredictable bytes that tell this mail from all others
    /// - Throws: `OutboundError.unusableMail`
    package init(
        from: String?, to: [String], cc: [String], bcc: [String], replyTo: [String], subject: String, body: String,
        isHTML: Bool, date: Int64, identity: [UInt8]
    ) throws(OutboundError) {
        let host = Self.hostName
        let author = if let from { try Mailbox(from) } else { try Mailbox("\(Self.userName)@\(host)") }
        var to = try Self.mailboxes(to)
        let cc = try Self.mailboxes(cc)
        let bcc = try Self.mailboxes(bcc)
        let replyTo = try Self.mailboxes(replyTo)
        if to.isEmpty, cc.isEmpty, bcc.isEmpty { to = [try Mailbox("postmaster")] }
        let everybody = to + cc + bcc
        guard everybody.count <= Self.maximumRecipients else {
            throw .unusableMail("a mail has at most \(Self.maximumRecipients) recipients")
        }
        guard body.utf8.count <= Self.maximumBody else {
            throw .unusableMail("the message is longer than \(Self.maximumBody) bytes")
        }
        sender = from == nil ? nil : author.address
        recipients = everybody.map(\.address)
        let digits = identity.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        self.identity = "<\(digits)@\(author.domain.isEmpty ? host : author.domain)>"

        var headers = [("From", HeaderText.mailbox(author))]
        // A mail to nobody in sight names nobody: what `bcc` holds stays out of the headers.
        headers.append(("To", to.isEmpty && cc.isEmpty ? "undisclosed-recipients:;" : HeaderText.mailboxes(to)))
        headers.append(("Cc", HeaderText.mailboxes(cc)))
        headers.append(("Reply-To", HeaderText.mailboxes(replyTo)))
        headers.append(("Subject", HeaderText.unstructured(subject)))
        headers.append(("Date", Self.date(date)))
        headers.append(("Message-ID", self.identity))
        headers.append(("MIME-Version", "1.0"))
        headers.append(("Content-Type", "text/\(isHTML ? "html" : "plain"); charset=utf-8"))
        headers.append(("Content-Transfer-Encoding", "quoted-printable"))
        // No answering machine answers it (RFC 3834).
        headers.append(("Auto-Submitted", "auto-generated"))
        let head = headers.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)\n" }.joined()
        bytes = Array((head + "\n").utf8) + QuotedPrintable.encode(body)
    }

    private static func mailboxes(_ texts: [String]) throws(OutboundError) -> [Mailbox] {
        var list: [Mailbox] = []
        for text in texts { list += try Mailbox.list(text) }
        return list
    }

    // MARK: Date

    /// RFC 5322, section 3.3, in UTC.
    private static func date(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = unsafe tm()
        _ = unsafe gmtime_r(&seconds, &parts)
        let (weekday, month) = unsafe (Int(parts.tm_wday) % 7, Int(parts.tm_mon) % 12)
        let (day, year) = unsafe (Int(parts.tm_mday), 1900 + Int(parts.tm_year))
        let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(weekdays[weekday]), \(day) \(months[month]) \(year) \(time.joined(separator: ":")) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    // MARK: This host

    private static var hostName: String {
        var bytes = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Some hosts are named as no address may be.
        return Mailbox.isDomain(name[...]) ? name : "localhost"
    }

    private static var userName: String { ProcessUser.current?.name ?? "postern" }
}
