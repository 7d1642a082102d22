import Values
import XanoScript

/// What reaches other machines, and what waits: a stack that has one of these runs on a worker.
enum OutboundStatements {
    static let definitions = [
        StatementDefinition("api.request", attributes: [.required("url")] + exchange, lower: request),
        StatementDefinition(
            "util.send_email",
            attributes: [
                .optional("service_provider", .oneOf(MailService.allCases.map(\.rawValue))), .optional("api_key"),
                .optional("to"), .optional("from"), .optional("cc"), .optional("bcc"), .optional("reply_to"),
                .optional("subject"), .required("message"), .optional("scheduled_at"),
            ],
            lower: mail),
        StatementDefinition("util.sleep", attributes: [.required("value")], lower: sleep),
    ]

    /// The attributes that shape an HTTP exchange, save its address.
    static let exchange: [AttributeShape] = [
        .optional("method"), .optional("params"), .optional("headers"), .optional("timeout"),
        .optional("follow_location"), .optional("verify_host"), .optional("verify_peer"), .optional("ca_certificate"),
        .optional("certificate"), .optional("certificate_pass"), .optional("private_key"), .optional("private_key_pass"),
        // Done in its order, as everything: `await` then gives its result.
        .optional("async", .boolean),
    ]

    private static func request(_ use: StatementUse) -> (any StatementNode)? {
        use.leavesMachine()
        let request = RequestNodes(use)
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let outbound = try machine.run.outbound("api.request")
            let composed = try request.compose(&machine)
            let answer = try composed.send(outbound, machine.run)
            try machine.charge(bytes: answer.body.count)
            let value = composed.result(of: answer)
            try machine.charge(received: value)
            return value
        }
    }

    private static func mail(_ use: StatementUse) -> (any StatementNode)? {
        use.leavesMachine()
        guard let mail = MailNodes(use) else { return nil }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let outbound = try machine.run.outbound("util.send_email")
            return try mail.send(outbound, &machine)
        }
    }

    /// In seconds; what the run has no time for ends it at once.
    private static func sleep(_ use: StatementUse) -> (any StatementNode)? {
        use.leavesMachine()
        let duration = use.node("value")
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let outbound = try machine.run.outbound("util.sleep")
            let milliseconds = try duration.evaluate(&machine).milliseconds(for: "util.sleep")
            guard milliseconds <= machine.run.timeLeft else { throw machine.run.timeReached }
            if milliseconds > 0 { try outbound.sleep(milliseconds: milliseconds) }
            return .null
        }
    }
}

extension StatementUse {
    /// Notes that the stack reaches what no transaction can undo, and refuses it inside of one.
    func leavesMachine() {
        lowering.facts.needsWorker = true
        lowering.facts.leavesMachine = true
        if lowering.transactions > 0 { lowering.refuseInTransaction(statement.name, statement.nameRange) }
    }
}

extension RoutineLowering {
    func refuseInTransaction(_ name: String, _ range: SourceRange) {
        report(
            .unsupported, range, "\(name) can't be undone with the db.transaction around it",
            remedy: "move it behind the transaction")
    }
}

extension Value {
    /// Seconds, fractions included; nothing and empty text count as none.
    func milliseconds(for user: String) throws -> Int64 {
        if self == .null || self == "" { return 0 }
        let seconds = try number(for: user).decimal
        guard seconds >= 0, seconds < 1e12 else {
            throw StackError.mistake("\(user) takes seconds from 0 on, not \(text.string)")
        }
        return Int64((seconds * 1000).rounded(.up))
    }
}
