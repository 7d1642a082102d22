import FunctionStack
import Inbox
import Intake
import Values

/// Why an event is in its state, in plain words.
enum StateText {
    static func page(_ event: EventDetail, at now: Int64) -> String {
        let summary = event.summary
        var lines = [
            "event     \(summary.id.text)", "location  \(summary.location) (\(summary.sender))",
            "received  \(DateText.utc(summary.received))" + (event.secret.map { ", verified by \($0)" } ?? ""), "",
        ]
        lines += sentences(event, at: now).map { "\(summary.state.name)\(String(repeating: " ", count: 10 - summary.state.name.utf8.count))\($0)" }
        return lines.map { Log.escaped($0) + "\n" }.joined()
    }

    static func json(_ event: EventDetail) -> String {
        let summary = event.summary
        let object: Object = [
            "id": .text(Text(summary.id.text)), "location": .text(Text(summary.location)), "sender": .text(Text(summary.sender)),
            "received": .integer(summary.received), "state": .text(Text(summary.state.name)),
            "attempts": .integer(Int64(summary.attempts)), "secret": event.secret.map { .text(Text($0)) } ?? .null,
            "explanation": .array(sentences(event, at: Clock.now()).map { .text(Text($0)) }),
        ]
        return TerminalJSON.text(object)
    }

    private static func sentences(_ event: EventDetail, at now: Int64) -> [String] {
        let summary = event.summary
        switch summary.state {
        case .queued: return queued(summary, at: now)
        case .running: return running(summary)
        case .done: return ["its stack ran to a good end" + ended(summary) + answered(event) + dedupe(event)]
        case .failed: return failed(event)
        case .dead:
            return [
                "all \(summary.attempts) attempts failed" + ended(summary) + ", and there is no further one" + answered(event),
                "the last one: \(summary.error ?? "no reason is kept")",
            ]
        }
    }

    private static func queued(_ summary: EventSummary, at now: Int64) -> [String] {
        var sentences: [String] = []
        if let error = summary.error { sentences.append("attempt \(summary.attempts) failed: \(error)") }
        let due = summary.due ?? 0
        let when = due > now ? "at \(DateText.utc(due)) or a moment later" : "at once"
        let next = "attempt \(summary.attempts + 1) is due \(when)"
        let runs = due > now ? "" : ": if it stays so, nothing runs the queue; postern serve does, and postern work"
        return sentences + [next + runs]
    }

    private static func running(_ summary: EventSummary) -> [String] {
        [
            "attempt \(summary.attempts) is under way; should its process have died, it runs again as soon as "
                + "postern serve or postern work notices"
        ]
    }

    private static func failed(_ event: EventDetail) -> [String] {
        let summary = event.summary
        return [
            "attempt \(summary.attempts) failed" + ended(summary) + ": \(summary.error ?? "no reason is kept")",
            (event.answer == nil
                ? "it would fail again in the same way, so it is not tried again"
                : "its sender heard of it" + answered(event) + ", and when it delivers the event again, it runs again"),
        ]
    }

    private static func ended(_ summary: EventSummary) -> String {
        summary.finished.map { " at \(DateText.utc($0))" } ?? ""
    }

    private static func answered(_ event: EventDetail) -> String {
        event.answer.map { ", answered \($0.status)" } ?? ""
    }

    private static func dedupe(_ event: EventDetail) -> String {
        event.key == nil
            ? "; nothing tells another delivery of it from a new event" : "; another delivery of it gets the same answer and does not run"
    }
}
