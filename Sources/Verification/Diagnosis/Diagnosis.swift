internal import Cryptography
internal import Values

/// Finds out what is wrong with a request that was refused, by trying the usual mistakes. For the operator who holds
/// the secret; nothing of it goes to a sender.
package struct Diagnosis {
    private let rule: VerificationRule
    private let secrets: SecretSet
    private let url: String?
    private let tolerance: Int64?
    private let verifyTokens: SecretSet
    private let others: SecretSet
    private let senders: OwnSenders

    /// - Parameters:
    ///   - secrets: those of the location, of use to the rule or not.
    ///   - url: `POSTERN_URL`, as written.
    ///   - tolerance: `POSTERN_TOLERANCE` in seconds; nil for the sender's own.
    ///   - verifyTokens: what `verify-token=` names.
    ///   - others: secrets of other locations, or of the sender's other mode, one of which may be meant.
    ///   - senders: those that the workspace describes, one of which may be meant.
    package init(
        _ rule: VerificationRule, secrets: SecretSet, url: String? = nil, tolerance: Int64? = nil,
        verifyTokens: SecretSet = SecretSet(), others: SecretSet = SecretSet(), senders: OwnSenders = OwnSenders()
    ) {
        // A wrong address is told by the refusal, and is no mistake of the signature.
        self.rule = rule.fromAnywhere
        self.secrets = secrets
        self.url = url
        self.tolerance = tolerance
        self.verifyTokens = verifyTokens
        self.others = others
        self.senders = senders
    }

    /// What would make the request verify, or likely hinders it: one sentence each, without a full stop, the most
    /// likely first; none for a request that verifies, and none if nothing that was tried helps.
    package func findings(_ request: some SignedRequest, at time: Int64) -> [String] {
        examine(request, at: time).map(\.sentence)
    }

    /// The same with what kinds of mistakes they are.
    ///
    /// - Parameter time: of receipt, in milliseconds since 1970.
    package func examine(_ request: some SignedRequest, at time: Int64) -> [Finding] {
        let verifier = try? Verifier(rule, secrets: secrets, url: url, tolerance: tolerance, verifyTokens: verifyTokens)
        var refusal: Refusal?
        if let verifier {
            guard case .refused(let reason) = verifier.verify(request, at: time) else { return [] }
            refusal = reason
        }
        var trial = Trial(
            scheme: rule.scheme, secrets: secrets, origin: url.flatMap { try? SenderOrigin($0) },
            request: AlteredRequest(request))
        switch refusal?.reason {
        case .noVerifyToken?, .notEnrolled?, .noEnrolment?, .keysUnderWay?, .tooManyKeys?, .library?: return []
        case .wrongToken(.query(let name), _)? where rule.profile?.asks(with: name) == true:
            guard let token = try? TokenScheme([SettingWord(name: "query", value: name)]) else { return [] }
            trial.scheme = .token(token)
            trial.secrets = verifyTokens
        default: break
        }
        let patient = Patient(rule: rule, trial: trial, refusal: refusal, others: others, senders: senders, time: time)
        if let refusal, refusal.isOfTime { return TimeMistakes(patient).findings(refusal) }
        var examiner = Examiner(rule, tolerance: tolerance, at: time)
        // What stands there already is no mistake; and if its signature is right, it was refused for what it is.
        if case .right(nil) = examiner.outcome(Suspicion(mistake: .headerName, sentence: "") { _ in }, of: trial) { return [] }
        let proved = patient.proved(&examiner)
        return Self.unique(proved.isEmpty ? patient.likely : proved)
    }

    /// More would help nobody.
    private static let maximumFindings = 8

    private static func unique(_ findings: [Finding]) -> [Finding] {
        var result: [Finding] = []
        for finding in findings where !result.contains(where: { $0.sentence == finding.sentence }) {
            result.append(finding)
        }
        return Array(result.prefix(maximumFindings))
    }
}

/// What is looked at: a request that was refused, and the settings.
struct Patient {
    let rule: VerificationRule
    let trial: Trial
    /// Why it was refused; nil where the settings are of no use.
    let refusal: Refusal?
    let others: SecretSet
    /// Those of the workspace's own file.
    let senders: OwnSenders
    let time: Int64

    var request: AlteredRequest { trial.request }
}

extension Patient {
    /// What would mend the request: single mistakes, the cheap ones first, else two at once.
    fileprivate func proved(_ examiner: inout Examiner) -> [Finding] {
        let bodies = BodyMistakes(self)
        let secrets = SecretMistakes(self)
        let addresses = AddressMistakes(self)
        let headers = HeaderMistakes(self).suspicions
        var findings = single(SenderMistakes(self).former, &examiner) + TokenMistakes(self).findings
        // What something was found among is the last that is looked at: what comes later is less likely.
        for group in [headers + secrets.suspicions, bodies.quick, schemes, addresses.suspicions, bodies.thorough] {
            guard findings.isEmpty else { return findings }
            findings = single(group, &examiner)
        }
        for group in [secrets.combined, addresses.combined] where findings.isEmpty {
            findings = single(group, &examiner)
        }
        guard findings.isEmpty else { return findings }
        let changes = bodies.quick.filter { $0.mistake != .bodyEmpty } + bodies.thorough
        for (firsts, seconds) in [(changes, secrets), (headers, secrets), (addresses.suspicions, secrets)]
        where findings.isEmpty {
            findings = pairs(firsts, seconds.suspicions, &examiner)
        }
        return findings.isEmpty ? pairs(addresses.suspicions, changes, &examiner) : findings
    }

    /// Other times, other forms of signatures, and other senders. A scheme of one's own is wrong more often than one of
    /// the catalogue.
    private var schemes: [Suspicion] {
        let senders = SenderMistakes(self).suspicions
        let signatures = TimeMistakes(self).suspicions + SignatureMistakes(self).suspicions
        return rule.profile == nil ? signatures + senders : senders + signatures
    }

    private func single(_ suspicions: [Suspicion], _ examiner: inout Examiner) -> [Finding] {
        suspicions.flatMap { found([$0], examiner.outcome($0, of: trial)) }
    }

    private func pairs(_ firsts: [Suspicion], _ seconds: [Suspicion], _ examiner: inout Examiner) -> [Finding] {
        guard !seconds.isEmpty else { return [] }
        for first in firsts.prefix(Self.maximumPaired) where !examiner.isExhausted {
            var changed = trial
            first.change(&changed)
            for second in seconds.prefix(Self.maximumPaired) where !examiner.isExhausted {
                let findings = found([first, second], examiner.outcome(second, of: changed))
                // Of those that lead to the same bytes the first is as good as the others.
                guard findings.isEmpty else { return findings }
            }
        }
        return []
    }

    /// Of either side of a pair.
    private static let maximumPaired = 64

    private func found(_ suspicions: [Suspicion], _ outcome: Examiner.Outcome) -> [Finding] {
        guard case .right(let refusal) = outcome else { return [] }
        let findings = suspicions.map { suspicion in
            Finding(suspicion.mistake, suspicions.count > 1 ? "together: \(suspicion.sentence)" : suspicion.sentence)
        }
        return findings + (refusal.map { TimeMistakes(self).findings($0) } ?? [])
    }

    /// What nothing proves, but the request or the settings make likely.
    fileprivate var likely: [Finding] {
        HeaderMistakes(self).likely + SignatureMistakes(self).likely + SenderMistakes(self).likely
            + SecretMistakes(self).likely + BodyMistakes(self).likely + AddressMistakes(self).likely
    }
}

extension SenderProfile {
    /// Whether this parameter brings the verify token of a handshake.
    fileprivate func asks(with parameter: String) -> Bool {
        handshakes.contains { handshake in
            guard case .query(parameter)? = handshake.token else { return false }
            return true
        }
    }
}
