import FunctionStack
import Inbox
import Intake
import Values

/// Events as the command line shows them. Whatever came from a sender has its control characters escaped.
enum EventText {
    static func line(_ event: EventSummary) -> String {
        var text = "\(event.id.text)  \(time(event.received))  \(padded(event.state.name, 7))  \(Log.escaped(event.sender))  "
        text += Log.escaped(event.location)
        if let status = event.status { text += "  \(status)" }
        if event.attempts > 1 { text += "  attempt \(event.attempts)" }
        if let error = event.error { text += "  " + Log.escaped(String(error.prefix(200))) }
        return text
    }

    static func json(_ event: EventSummary) -> String {
        TerminalJSON.text(object(event))
    }

    /// - Parameter body: of its request, as it may be shown; nil if it may not.
    static func json(_ event: EventDetail, body: [UInt8]?) -> String {
        var object = object(event.summary)
        object["secret"] = event.secret.map { .text($0) } ?? .null
        object["dedupe"] = event.key.map { .text($0.kind) } ?? .null
        if let request = event.request {
            object["request"] = [
                "method": .text(request.method), "path": .text(request.path), "query": request.query.map { .text($0) } ?? .null,
                "headers": headers(request.headers), "body": body.map { .text(Text(bytes: $0)) } ?? .null,
            ]
        }
        if let answer = event.answer {
            object["answer"] = [
                "status": .integer(Int64(answer.status)), "headers": headers(answer.headers),
                "body": .text(Text(bytes: answer.body)),
            ]
        }
        return TerminalJSON.text(object)
    }

    /// - Parameter body: of its request, as it may be shown; nil if it may not.
    static func page(_ event: EventDetail, body: [UInt8]?) -> String {
        let summary = event.summary
        var lines = [
            "event     \(summary.id.text)", "state     \(summary.state.name)", "location  \(summary.location)",
            "sender    \(summary.sender)", "received  \(time(summary.received))", "attempts  \(summary.attempts)",
        ]
        if let error = summary.error { lines.append("error     \(error)") }
        if let due = summary.due, due > 0 { lines.append("due       \(time(due))") }
        if let secret = event.secret { lines.append("secret    \(secret)") }
        if let key = event.key { lines.append("dedupe    by \(key.kind)") }
        if let request = event.request {
            lines += ["", "\(request.method) \(request.path.string)\(request.query.map { "?" + $0.string } ?? "")"]
            lines += request.headers.map { "\($0.name.string): \($0.value.string)" }
            lines += ["", body.map(shown) ?? "(the body may hold a credential and is not shown)"]
        }
        if let answer = event.answer {
            lines += ["", "answered \(answer.status)"]
            lines += answer.headers.map { "\($0.name.string): \($0.value.string)" }
            lines += ["", shown(answer.body)]
        }
        return lines.map { Log.escaped($0) + "\n" }.joined()
    }

    private static func shown(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        return body.count > 4096 ? text + "… (\(body.count) bytes, --json shows all)" : text
    }

    private static func object(_ event: EventSummary) -> Object {
        [
            "id": .text(event.id.text), "state": .text(event.state.name), "location": .text(event.location),
            "sender": .text(event.sender), "received": .integer(event.received), "attempts": .integer(Int64(event.attempts)),
            "status": event.status.map { .integer(Int64($0)) } ?? .null, "due": event.due.map { .integer($0) } ?? .null,
            "finished": event.finished.map { .integer($0) } ?? .null, "error": event.error.map { .text($0) } ?? .null,
        ]
    }

    private static func headers(_ fields: [HeaderField]) -> Value {
        .array(fields.map { ["name": .text($0.name), "value": .text($0.value)] })
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// ISO 8601, UTC, whole seconds.
    private static func time(_ milliseconds: Int64) -> String {
        DateText.utc(milliseconds)
    }
}
