/// Tries suspicions, and bounds what that costs: a stranger chose the request.
struct Examiner {
    enum Outcome {
        /// The signature is right; the refusal says that its time is not.
        case right(Refusal?)
        case wrong
    }

    private let time: Int64
    private let tolerance: Int64?
    private let defaultTolerance: Int64
    private var seen: Set<Int> = []
    private var trials = 0
    private var work = 0

    /// The most verdicts.
    static let maximumTrials = 4_000
    /// In bytes that are hashed: a second of an ordinary processor at most.
    static let maximumWork = 256 << 20

    init(_ rule: VerificationRule, tolerance: Int64?, at time: Int64) {
        self.time = time
        self.tolerance = tolerance
        defaultTolerance = rule.defaultTolerance ?? 300
    }

    var isExhausted: Bool { trials >= Self.maximumTrials || work >= Self.maximumWork }

    /// Judges what a suspicion makes of a trial; wrong as well for what was judged before, or would be too much work.
    mutating func outcome(_ suspicion: Suspicion, of trial: Trial) -> Outcome {
        guard !isExhausted else { return .wrong }
        work += suspicion.cost
        var changed = trial
        suspicion.change(&changed)
        if !suspicion.isOfScheme {
            // To tell whether it was judged before is work as well.
            work += changed.request.body.count
            guard seen.insert(changed.fingerprint).inserted else { return .wrong }
        }
        return judge(changed)
    }

    mutating func judge(_ trial: Trial) -> Outcome {
        let cost = trial.cost
        guard !isExhausted, work + cost <= Self.maximumWork else { return .wrong }
        trials += 1
        work += cost
        let tolerance = tolerance ?? defaultTolerance
        guard
            let check = try? SchemeCheck(trial.scheme, trial.secrets, origin: trial.origin, tolerance: tolerance)
        else { return .wrong }
        do throws(Refusal) {
            _ = try check.prove(trial.request, at: time, PublishedKeys(nil, at: time))
            return .right(nil)
        } catch {
            return error.isOfTime ? .right(error) : .wrong
        }
    }
}

extension Refusal {
    /// Whether the signature is right, and only its time is not.
    var isOfTime: Bool {
        switch reason {
        case .stale, .early, .expired: true
        default: false
        }
    }
}
