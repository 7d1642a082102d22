import Values
import Verification

/// Says what a live location made of each probe.
struct SelftestReport {
    enum Line {
        case sent(Probe.Kind, ProbeAnswer, ProbeJudgement)
        case inapplicable(Probe.Kind, String)
        case notSent(Probe.Kind, String)
    }

    let isJSON: Bool
    private var counts: [String: Int] = [:]
    private var events = 0
    private var isGoodRefused = false

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    var hasWrong: Bool { counts["wrong"] != nil }

    mutating func add(_ line: Line) {
        counts[line.result, default: 0] += 1
        if case .sent(let kind, let answer, let judgement) = line {
            if answer.event != nil, !answer.isDuplicate { events += 1 }
            if kind == .good { isGoodRefused = !judgement.isRight && answer.event == nil }
        }
        Standard.output((isJSON ? TerminalJSON.text(line.object) : line.text) + "\n")
    }

    /// The last lines, for people.
    func finish() {
        guard !isJSON else { return }
        let parts = ["right", "wrong", "does not apply", "not sent"].compactMap { name in
            counts[name].map { "\($0) \(name == "does not apply" && $0 != 1 ? "do not apply" : name)" }
        }
        Standard.output("\n\(parts.joined(separator: ", "))\n")
        switch events {
        case 0: break
        case 1: Standard.output("The location has kept 1 event, a real one, on which its stack runs\n")
        default: Standard.output("The location has kept \(events) events, real ones, on which its stack runs\n")
        }
        if isGoodRefused { Standard.output("What was refused says little as long as the good event is not taken\n") }
    }
}

extension SelftestReport.Line {
    var result: String {
        switch self {
        case .sent(_, _, let judgement): judgement.isRight ? "right" : "wrong"
        case .inapplicable: "does not apply"
        case .notSent: "not sent"
        }
    }

    private var kind: Probe.Kind {
        switch self {
        case .sent(let kind, _, _), .inapplicable(let kind, _), .notSent(let kind, _): kind
        }
    }

    private var words: String {
        switch self {
        case .sent(_, _, let judgement): judgement.text
        case .inapplicable(_, let reason), .notSent(_, let reason): reason
        }
    }

    /// `wrong           stale             an event that is older than the tolerance: accepted, 200, …`
    fileprivate var text: String {
        func column(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.utf8.count))
        }
        let sentence =
            switch self {
            case .sent: "\(kind.title): \(words)"
            case .inapplicable: "because \(words)"
            case .notSent: words
            }
        return column(result, 16) + column(kind.rawValue, 20) + sentence
    }

    fileprivate var object: Object {
        var object: Object = [
            "case": .text(Text(kind.rawValue)), "title": .text(Text(kind.title)), "result": .text(Text(result)),
            "text": .text(Text(words)),
        ]
        if case .sent(_, let answer, _) = self {
            object["status"] = answer.status.map { .integer(Int64($0)) } ?? .null
            object["event"] = answer.event.map { .text(Text($0)) } ?? .null
            object["duplicate"] = .boolean(answer.isDuplicate)
        }
        return object
    }
}
