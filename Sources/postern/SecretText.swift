import FunctionStack
import Inbox
import Intake
import Values

/// What is known of secrets, as the command line shows it.
enum SecretText {
    static func page(_ report: SecretReport) -> String {
        var lines = [report.location + (report.sender.map { " (\($0))" } ?? "")]
        for entry in report.entries {
            let name = entry.mark.isPublished ? "published" : entry.mark.fingerprint
            lines.append("  \(name)  \(entry.mark.origin)" + identifiers(entry))
            lines += [counted(entry), advice(entry)].map { "            \($0)" }
        }
        lines += report.remarks.map { "  note: \($0)" }
        return lines.map { Log.escaped($0) + "\n" }.joined()
    }

    static func json(_ report: SecretReport) -> String {
        let object: Object = [
            "location": .text(Text(report.location)), "sender": report.sender.map { .text(Text($0)) } ?? .null,
            "secrets": .array(report.entries.map { .object(entry($0)) }),
            "remarks": .array(report.remarks.map { .text(Text($0)) }),
        ]
        return TerminalJSON.text(object)
    }

    private static func entry(_ entry: SecretReport.Entry) -> Object {
        func time(_ time: Int64?) -> Value { time.map { .integer($0) } ?? .null }
        return [
            "fingerprint": entry.mark.isPublished ? .null : .text(Text(entry.mark.fingerprint)), "origin": .text(Text(entry.mark.origin)),
            "key_ids": .array(entry.keyIdentifiers.map { .text(Text($0)) }), "configured": .boolean(entry.advice != .gone && !entry.mark.isPublished),
            "since": time(entry.use?.since), "removed": time(entry.use?.removed), "events": .integer(entry.use?.events ?? 0),
            "last": time(entry.use?.last), "alone": time(entry.use?.alone), "advice": .text(Text(entry.advice.word)),
        ]
    }

    private static func identifiers(_ entry: SecretReport.Entry) -> String {
        entry.keyIdentifiers.isEmpty ? "" : ", key id " + entry.keyIdentifiers.joined(separator: ", ")
    }

    private static func counted(_ entry: SecretReport.Entry) -> String {
        guard let use = entry.use else { return "nothing is counted of it yet" }
        let count = "\(use.events) event\(use.events == 1 ? "" : "s") since \(DateText.utc(use.since))"
        guard let last = use.last else { return "verified nothing; \(count)" }
        return "last verified something at \(DateText.utc(last)); \(count)"
    }

    /// What follows from that, in plain words.
    private static func advice(_ entry: SecretReport.Entry) -> String {
        switch entry.advice {
        case .only: return "it is the location's only secret: keep it"
        case .keep: return "it is in use, and no other verifies what it does: keep it"
        case .remove(let since, let other):
            return "since \(DateText.utc(since)) it has verified nothing that \(other) has not, which is in use: it may be taken out"
        case .wait(let since, let until, let other):
            return "since \(DateText.utc(since)) it has verified nothing that \(other) has not, which is in use: "
                + "wait until \(DateText.utc(until)), since senders deliver again for about a day"
        case .unused(_, nil): return "no secret of this location has verified anything yet"
        case .unused(_, let other?):
            return "it has verified nothing, and \(other) has: a new one the sender does not use yet, an old one may be taken out"
        case .published: return "the sender publishes it and renews it by itself: there is nothing to do"
        case .gone:
            let when = entry.use?.removed.map { ", since \(DateText.utc($0)) or before" } ?? ""
            return "it is no longer there\(when)"
        }
    }
}
