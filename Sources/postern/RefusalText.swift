import FunctionStack
import Inbox
import Intake
import Values
import Verification

/// Refused requests as the command line shows them. Whatever came from a sender has its control characters escaped.
enum RefusalText {
    static func line(_ request: RefusedRequest) -> String {
        Log.escaped(
            "\(request.id.text)  \(DateText.utc(request.received))  \(request.status)  \(request.location)  \(request.peer)  "
                + "\(request.method) \(short(request.uri.string))  \(request.reason)")
    }

    private static func short(_ uri: String) -> String { uri.count > 100 ? uri.prefix(100) + "…" : uri }

    static func json(_ request: RefusedRequest, _ explanation: Explanation? = nil) -> String {
        var object: Object = [
            "id": .text(Text(request.id.text)), "location": .text(Text(request.location)), "received": .integer(request.received),
            "status": .integer(Int64(request.status)), "reason": .text(Text(request.reason)), "peer": .text(Text(request.peer)),
            "method": .text(Text(request.method)), "uri": .text(request.uri), "whole": .boolean(request.isWhole),
            "body_size": request.bodySize.map { .integer(Int64($0)) } ?? .null,
        ]
        guard let explanation else { return TerminalJSON.text(object) }
        object["headers"] = .array(request.headers.map { ["name": .text($0.name), "value": .text($0.value)] })
        object["body"] = .text(Text(bytes: request.body))
        object["sender"] = explanation.sender.map { .text(Text($0)) } ?? .null
        object["now"] = .text(Text(word(explanation.judgement)))
        object["judgement"] = .text(Text(sentence(explanation.judgement)))
        object["findings"] = .array(explanation.findings.map(finding))
        object["remarks"] = .array(explanation.remarks.map { .text(Text($0)) })
        return TerminalJSON.text(object)
    }

    static func page(_ request: RefusedRequest, _ explanation: Explanation) -> String {
        var lines = [
            "refused   \(request.id.text)", "location  \(request.location)" + (explanation.sender.map { " (\($0))" } ?? ""),
            "received  \(DateText.utc(request.received)) from \(request.peer.isEmpty ? "an unknown address" : request.peer)",
            "answered  \(request.status)", "", "why       \(request.reason)", "now       \(sentence(explanation.judgement))",
        ]
        lines += explanation.findings.map { ($0.isProved ? "proved    " : "likely    ") + $0.sentence }
        if explanation.findings.isEmpty, case .refused = explanation.judgement {
            lines.append("unknown   nothing that was tried makes it right: another secret, or it is not from the sender")
        }
        lines += explanation.remarks.map { "note      \($0)" }
        lines += ["", "\(request.method) \(request.uri.string)"]
        lines += request.headers.map { "\($0.name.string): \($0.value.string)" }
        lines += ["", body(request)]
        return lines.map { Log.escaped($0) + "\n" }.joined()
    }

    private static func finding(_ finding: Finding) -> Value {
        ["mistake": .text(Text(finding.mistake.rawValue)), "proved": .boolean(finding.isProved), "text": .text(Text(finding.sentence))]
    }

    private static func body(_ request: RefusedRequest) -> String {
        let text = String(decoding: request.body.prefix(4096), as: UTF8.self)
        guard let size = request.bodySize else { return "(the body was not read)" }
        if !request.isWhole { return text + "… (\(size) bytes, of which \(request.body.count) are kept)" }
        return size > 4096 ? text + "… (\(size) bytes, --json shows all)" : text
    }

    private static func word(_ judgement: Explanation.Judgement) -> String {
        switch judgement {
        case .verified: "verified"
        case .handshake: "handshake"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }

    private static func sentence(_ judgement: Explanation.Judgement) -> String {
        switch judgement {
        case .verified(let origin):
            "with the settings as they are now it would be verified" + (origin.map { ", by \($0)" } ?? "") + ": the mistake is mended"
        case .handshake: "with the settings as they are now it would be answered as a handshake: the mistake is mended"
        case .refused(let reason): "with the settings as they are now it would be refused again: \(reason)"
        case .unknown(let reason): "it was not judged again: \(reason)"
        }
    }
}
