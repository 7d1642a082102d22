/// What a live location made of a probe, and whether that is right.
package struct ProbeJudgement: Sendable, Equatable {
    package let isRight: Bool
    /// In words, without a full stop, and with nothing of a secret or a signature.
    package let text: String

    static func right(_ text: String) -> ProbeJudgement { ProbeJudgement(isRight: true, text: text) }
    static func wrong(_ text: String) -> ProbeJudgement { ProbeJudgement(isRight: false, text: text) }
}

extension Probes {
    /// - Parameter good: what came of the good event, where that was sent before.
    package func judge(_ answer: ProbeAnswer, to probe: Probe, good: ProbeAnswer? = nil) -> ProbeJudgement {
        switch probe.expectation {
        case .accepted: accepted(answer, probe, good)
        case .duplicate: duplicate(answer, probe, good)
        case .refused: refused(answer, probe)
        case .refusedOrAccepted: refusedOrAccepted(answer, probe)
        case .tooLarge: tooLarge(answer)
        case .notTaken: notTaken(answer)
        case .answered(let expected): answered(answer, probe, expected)
        }
    }

    // MARK: Events

    private func accepted(_ answer: ProbeAnswer, _ probe: Probe, _ good: ProbeAnswer?) -> ProbeJudgement {
        guard let status = answer.status else { return .wrong(answer.failure) }
        guard let event = answer.event else { return .wrong("\(status), no event: \(reason(for: status, answer, probe))") }
        guard !answer.isDuplicate else {
            return .wrong("\(status), taken for event \(event), though it is a new one: compare POSTERN_DEDUPE")
        }
        if answer.isSuccess || probe.kind != .good && status == good?.status {
            return .right("\(status), event \(event)" + (probe.weakness.map { "; \($0)" } ?? ""))
        }
        return .wrong(
            "\(status): verified and kept as event \(event), but its stack failed on it: postern events show \(event) says why"
                + (settings.body == nil ? "; give a body that it takes on standard input" : ""))
    }

    private func duplicate(_ answer: ProbeAnswer, _ probe: Probe, _ good: ProbeAnswer?) -> ProbeJudgement {
        guard let status = answer.status else { return .wrong(answer.failure) }
        guard let event = answer.event else { return .wrong("\(status), no event: \(reason(for: status, answer, probe))") }
        guard event == good?.event else {
            return .wrong(
                "\(status), event \(event): taken for a new event, so its stack ran again: compare POSTERN_DEDUPE, and say here "
                    + "what it says by --dedupe")
        }
        // What failed runs again, and is the same event all the same.
        guard answer.isDuplicate || good?.isSuccess == false else {
            return .wrong("\(status), event \(event), but nothing says that it is a duplicate: its stack may have run again")
        }
        return .right("\(status), event \(event) again")
    }

    // MARK: Refusals

    private func refused(_ answer: ProbeAnswer, _ probe: Probe) -> ProbeJudgement {
        guard let status = answer.status else { return .wrong(answer.failure) }
        if answer.event != nil || answer.isSuccess { return .wrong("\(Self.taken(answer)): \(leak(probe, answer))") }
        switch status {
        case 401: return .right("401")
        case 413 where probe.kind == .largest: return .wrong("413: \(limit(answer))")
        case 400, 403:
            return .right("\(status), though Postern would say 401: what stands before it has refused it")
        default: return .wrong("\(status) in place of 401: \(reason(for: status, answer, probe))")
        }
    }

    private func refusedOrAccepted(_ answer: ProbeAnswer, _ probe: Probe) -> ProbeJudgement {
        guard let event = answer.event else { return refused(answer, probe) }
        return .right(
            "\(answer.status ?? 0), event \(event): the web server has made one list of both headers, "
                + "which the sender's format allows")
    }

    private func tooLarge(_ answer: ProbeAnswer) -> ProbeJudgement {
        guard let status = answer.status else { return .right("\(answer.failure): the web server did not take it to its end") }
        if answer.event != nil || answer.isSuccess { return .wrong("\(Self.taken(answer)): \(looseBound)") }
        switch status {
        case 413:
            return .right("413" + (answer.isPosterns == false ? ", by the web server itself" : ""))
        case 401: return .wrong("401 in place of 413: \(looseBound)")
        default: return .wrong("\(status) in place of 413: \(reason(for: status, answer, nil))")
        }
    }

    private var looseBound: String {
        "a body of more than \(settings.maximumBody) bytes was taken whole: if POSTERN_MAX_BODY is larger, say so by --max-body"
    }

    private func notTaken(_ answer: ProbeAnswer) -> ProbeJudgement {
        guard let status = answer.status else { return .right(answer.failure) }
        if answer.event != nil || answer.isSuccess {
            return .wrong("\(Self.taken(answer)): half of a body was taken for a whole one")
        }
        // Of a body that was cut short nobody looks for a query.
        return (400..<500).contains(status) && ![404, 405].contains(status)
            ? .right("\(status)") : .wrong("\(status) in place of 400: \(reason(for: status, answer, nil))")
    }

    private static func taken(_ answer: ProbeAnswer) -> String {
        "accepted, \(answer.status ?? 0)" + (answer.event.map { ", event \($0)" } ?? "")
    }

    // MARK: Questions

    private func answered(_ answer: ProbeAnswer, _ probe: Probe, _ expected: HandshakeAnswer) -> ProbeJudgement {
        guard let status = answer.status else { return .wrong(answer.failure) }
        guard status == expected.status else {
            return .wrong("\(status) in place of \(expected.status): \(reason(for: status, answer, probe))")
        }
        guard answer.body == expected.body else {
            return .wrong("\(status), but the answer does not hold what the sender looks for")
        }
        for header in expected.headers where answer.value(of: header.name) != header.value {
            return .wrong("\(status), but header \(header.name) does not hold what the sender looks for")
        }
        return .right("\(status), answered as the sender wants")
    }
}
