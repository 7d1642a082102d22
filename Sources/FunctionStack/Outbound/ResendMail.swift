import Values

/// A mail as Resend's interface takes it.
struct ResendMail {
    private static let address: Text = "https://api.resend.com/emails"

    private let mail: OutboundMail
    private let key: Text
    private let schedule: Value

    init(_ mail: OutboundMail, key: Text, schedule: Value) throws {
        guard !key.isEmpty, key.bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw StackError.mistake("util.send_email over resend needs its api_key")
        }
        guard mail.from != nil, !mail.to.isEmpty else {
            throw StackError.mistake("util.send_email over resend needs `from` and `to`")
        }
        self.mail = mail
        self.key = key
        self.schedule = schedule
    }

    /// Gives the identity that the service gave the mail.
    func send(_ outbound: any OutboundEffects) throws -> Text {
        let answer = try outbound.send(
            OutboundRequest(
                method: "POST", url: Self.address,
                headers: [
                    OutboundHeader("Authorization", Text("Bearer \(key)")), OutboundHeader("Content-Type", "application/json"),
                ],
                body: JSON.print(.object(body())), milliseconds: mail.milliseconds, followsRedirects: false))
        let result = answer.result
        guard (200..<300).contains(answer.status) else {
            let reason = result["message"].text.string.prefix(500)
            throw StackError.mistake("resend took no mail, \(answer.status): \(reason)")
        }
        return result["id"].text
    }

    private func body() throws -> Object {
        var body: Object = [
            "from": .text(mail.from ?? ""), "to": Self.list(mail.to), "subject": .text(mail.subject),
            mail.isHTML ? "html" : "text": .text(mail.message),
        ]
        if !mail.cc.isEmpty { body["cc"] = Self.list(mail.cc) }
        if !mail.bcc.isEmpty { body["bcc"] = Self.list(mail.bcc) }
        if !mail.replyTo.isEmpty { body["reply_to"] = Self.list(mail.replyTo) }
        switch schedule {
        case .null, "": break
        case .integer(let milliseconds): body["scheduled_at"] = .text(DateFormat.text(milliseconds, format: "Y-m-d\\TH:i:s\\Z", zone: .utc))
        default: body["scheduled_at"] = .text(schedule.text)
        }
        return body
    }

    private static func list(_ addresses: [Text]) -> Value { .array(addresses.map(Value.text)) }
}
