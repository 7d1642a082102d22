import Intake
import Outbound
import Verification

/// Tries a live location with one request after the other, each signed when it is sent.
struct SelftestRun {
    let probes: Probes
    let client: ProbeClient
    var report: SelftestReport
    let onlyRefused: Bool

    private var good: (probe: Probe, answer: ProbeAnswer)?
    private var hasReached = false

    init(probes: Probes, client: ProbeClient, report: SelftestReport, onlyRefused: Bool) {
        self.probes = probes
        self.client = client
        self.report = report
        self.onlyRefused = onlyRefused
    }

    /// - Throws: `CommandFailure` if the location cannot be reached.
    mutating func perform() throws {
        for kind in Probe.Kind.allCases {
            switch kind {
            case .redelivery where lacksGood, .freshID where lacksGood:
                report.add(.notSent(kind, "there is no good event to send again"))
            default:
                var reasons: Set<String> = []
                for index in 0..<probes.count(of: kind) { try perform(kind, index, past: &reasons) }
            }
        }
    }

    private var lacksGood: Bool { probes.canSign && good?.answer.event == nil }

    /// - Parameter reasons: what has been told already of why one does not apply.
    private mutating func perform(_ kind: Probe.Kind, _ index: Int, past reasons: inout Set<String>) throws {
        let probe: Probe
        do throws(ProbeError) {
            probe = try probes.probe(kind, at: Clock.now(), good: good?.probe, index: index)
        } catch {
            switch error {
            case .inapplicable(let reason):
                if reasons.insert(reason).inserted { report.add(.inapplicable(kind, reason)) }
            case .signing(let error): throw CommandFailure("\(kind.rawValue): \(error)")
            }
            return
        }
        guard !onlyRefused || probe.mustBeRefused else {
            report.add(.notSent(kind, "--only-refused"))
            return
        }
        let answer = try send(probe)
        if kind == .good { good = (probe, answer) }
        report.add(.sent(kind, answer, probes.judge(answer, to: probe, good: good?.answer)))
    }

    private mutating func send(_ probe: Probe) throws(CommandFailure) -> ProbeAnswer {
        do throws(OutboundError) {
            let answer = try client.send(probe)
            hasReached = true
            return answer
        } catch {
            // The first one shows whether somebody is there at all.
            guard hasReached else { throw CommandFailure("the location cannot be reached: \(error)" + remedy(error)) }
            return ProbeAnswer(failure: "no answer: \(error)")
        }
    }

    private func remedy(_ error: OutboundError) -> String {
        if case .untrusted = error { "; --cacert names a private authority" } else { "" }
    }
}
