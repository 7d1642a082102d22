import Intake
import Outbound
import Verification

/// Tries a live location with one request after the other, each signed when it is sent.
struct SelftestRun {
    let trials: Trials
    let client: TrialClient
    var report: SelftestReport
    let onlyRefused: Bool

    private var good: (trial: Trial, answer: TrialAnswer)?
    private var hasReached = false

    init(trials: Trials, client: TrialClient, report: SelftestReport, onlyRefused: Bool) {
        self.trials = trials
        self.client = client
        self.report = report
        self.onlyRefused = onlyRefused
    }

    /// - Throws: `CommandFailure` if the location cannot be reached.
    mutating func perform() throws {
        for kind in Trial.Kind.allCases {
            switch kind {
            case .handshake, .wrongVerifyToken:
                var reasons: Set<String> = []
                for index in 0..<trials.handshakeCount { try perform(kind, handshake: index, past: &reasons) }
            case .redelivery where lacksGood, .freshID where lacksGood:
                report.add(.notSent(kind, "there is no good event to send again"))
            default:
                var reasons: Set<String> = []
                try perform(kind, past: &reasons)
            }
        }
    }

    private var lacksGood: Bool { trials.canSign && good?.answer.event == nil }

    /// - Parameter reasons: what has been told already of why one does not apply.
    private mutating func perform(_ kind: Trial.Kind, handshake index: Int = 0, past reasons: inout Set<String>) throws {
        let trial: Trial
        do throws(TrialError) {
            trial = try trials.trial(kind, at: Clock.now(), good: good?.trial, handshake: index)
        } catch {
            switch error {
            case .inapplicable(let reason):
                if reasons.insert(reason).inserted { report.add(.inapplicable(kind, reason)) }
            case .signing(let error): throw CommandFailure("\(kind.rawValue): \(error)")
            }
            return
        }
        guard !onlyRefused || trial.mustBeRefused else {
            report.add(.notSent(kind, "--only-refused"))
            return
        }
        let answer = try send(trial)
        if kind == .good { good = (trial, answer) }
        report.add(.sent(kind, answer, trials.judge(answer, to: trial, good: good?.answer)))
    }

    private mutating func send(_ trial: Trial) throws(CommandFailure) -> TrialAnswer {
        do throws(OutboundError) {
            let answer = try client.send(trial)
            hasReached = true
            return answer
        } catch {
            // The first one shows whether somebody is there at all.
            guard hasReached else { throw CommandFailure("the location cannot be reached: \(error)" + remedy(error)) }
            return TrialAnswer(failure: "no answer: \(error)")
        }
    }

    private func remedy(_ error: OutboundError) -> String {
        if case .untrusted = error { "; --cacert names a private authority" } else { "" }
    }
}
