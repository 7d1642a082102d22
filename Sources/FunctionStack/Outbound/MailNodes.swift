import Values
import XanoScript

/// Who carries a mail: the host's own mail program, or a service.
enum MailService: String, CaseIterable {
    case xano, resend
}

/// The attributes of a `util.send_email`, as they were lowered.
struct MailNodes: Sendable {
    private let service: any ExpressionNode
    private let key: any ExpressionNode
    private let from: any ExpressionNode
    private let lists: [any ExpressionNode]
    private let subject: any ExpressionNode
    private let message: any ExpressionNode
    private let schedule: any ExpressionNode

    /// Nil for what no service does, which is reported.
    init?(_ use: StatementUse) {
        service = use.node("service_provider", default: "xano")
        key = use.node("api_key")
        from = use.node("from")
        lists = ["to", "cc", "bcc", "reply_to"].map { use.node($0) }
        subject = use.node("subject")
        message = use.node("message")
        schedule = use.node("scheduled_at")
        guard service.constant?.text.string == MailService.xano.rawValue, let attribute = use["scheduled_at"],
            schedule.constant.map({ $0 == .null || $0 == "" }) != true
        else { return }
        use.lowering.report(
            .unsupported, attribute.range, "the host's mail program sends at once",
            remedy: "leave scheduled_at out, or let a task send the mail")
        return nil
    }

    func send(_ outbound: any OutboundEffects, _ machine: inout Machine) throws -> Value {
        let name = try service.evaluate(&machine).text.string
        guard let service = MailService(rawValue: name.isEmpty ? MailService.xano.rawValue : name) else {
            throw StackError.mistake("util.send_email knows the services \(MailService.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let mail = try mail(&machine)
        let key = try key.evaluate(&machine).text
        let schedule = try schedule.evaluate(&machine)
        try machine.charge(bytes: mail.message.byteCount)
        try machine.run.checkTime()
        let identity: Text
        do {
            switch service {
            case .xano: identity = try outbound.send(mail)
            case .resend: identity = try ResendMail(mail, key: key, schedule: schedule).send(outbound)
            }
        } catch {
            // Whose time was up decides: nobody catches the end of the run's own.
            try machine.run.checkTime()
            throw error
        }
        return ["id": .text(identity), "status": "success"]
    }

    private func mail(_ machine: inout Machine) throws -> OutboundMail {
        let lists = try lists.map { try $0.evaluate(&machine).addresses() }
        let from = try from.evaluate(&machine).text
        let message = try message.evaluate(&machine).text
        return OutboundMail(
            from: from.isEmpty ? nil : from, to: lists[0], cc: lists[1], bcc: lists[2], replyTo: lists[3],
            subject: try subject.evaluate(&machine).text, message: message, isHTML: HTMLGuess.isHTML(message),
            milliseconds: max(1, min(30_000, machine.run.timeLeft)))
    }
}

extension Value {
    /// One address, or a list of them.
    fileprivate func addresses() throws -> [Text] {
        switch self {
        case .null: []
        case .text(let text): text.isEmpty ? [] : [text]
        case .array(let items): try items.flatMap { try $0.addresses() }
        default: throw StackError.wrongType("util.send_email", expected: "an address or a list of them", got: self)
        }
    }
}
