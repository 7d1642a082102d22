/// Mistakes of the signed timestamp and of clocks.
struct TimeMistakes {
    private let patient: Patient

    init(_ patient: Patient) {
        self.patient = patient
    }

    private static let minute: Int64 = 60
    private static let hour: Int64 = 3600

    /// The timestamp read in other units.
    var suspicions: [Suspicion] {
        guard let rule = patient.trial.scheme.form?.timestamp else { return [] }
        return SignedTimestamp.Unit.allCases.filter { $0 != rule.unit }.map { unit in
            Suspicion(mistake: .timeUnit, sentence: Self.unit(unit, rule.unit), isOfScheme: true) { trial in
                trial.scheme.changeForm { $0.timestamp?.unit = unit }
            }
        }
    }

    /// What it means that a request whose signature is right was refused for its time.
    func findings(_ refusal: Refusal) -> [Finding] {
        switch refusal.reason {
        case .stale(let age, _):
            unitFinding(-age).map { [$0] } ?? Self.clock(age, isAhead: false, request: patient.time / 1000 - age)
        case .early(let ahead, _):
            unitFinding(ahead).map { [$0] }
                ?? Self.clock(ahead, isAhead: true, request: patient.time / 1000 + ahead, isTolerated: !isToken)
        case .expired(let seconds): [expired(seconds)]
        default: []
        }
    }

    /// Of the times in a token `POSTERN_TOLERANCE` counts for the oldest that is taken, and for nothing else.
    private var isToken: Bool { if case .jws = patient.trial.scheme { true } else { false } }

    private func expired(_ seconds: Int64) -> Finding {
        Finding(
            seconds <= 15 * Self.minute ? .timeClock : .timeOld,
            "the signature is right, but the token counted until \(Self.duration(seconds)) before the time of receipt: a clock "
                + "is wrong, or it was delivered late or sent again; POSTERN_TOLERANCE does not make a token count longer"
                + Self.later(patient.time / 1000 - seconds, false))
    }

    /// The other unit, if that brings the time near.
    private func unitFinding(_ ahead: Int64) -> Finding? {
        let (stamp, overflow) = (patient.time / 1000).addingReportingOverflow(ahead)
        guard !overflow, stamp > 0, abs(ahead) > 315_360_000 else { return nil }
        // What was read as seconds are milliseconds, or the reverse.
        let near: (Int64) -> Bool = { abs($0 - patient.time / 1000) < 315_360_000 }
        if near(stamp / 1000) { return Finding(.timeUnit, Self.unit(.milliseconds, .seconds)) }
        // Nothing else writes so few digits.
        if stamp < 40_000_000 { return Finding(.timeUnit, Self.unit(.seconds, .milliseconds)) }
        return nil
    }

    private static func unit(_ unit: SignedTimestamp.Unit, _ expected: SignedTimestamp.Unit) -> String {
        "the timestamp counts \(words(unit)), not \(words(expected)): in a scheme of your own write "
            + "timestamp-unit=\(unit.rawValue); else mend what signs"
    }

    private static func words(_ unit: SignedTimestamp.Unit) -> String {
        switch unit {
        case .seconds: "seconds"
        case .milliseconds: "milliseconds"
        case .rfc3339: "a date as text"
        }
    }

    private static func clock(_ seconds: Int64, isAhead: Bool, request: Int64, isTolerated: Bool = true) -> [Finding] {
        let difference = "\(duration(seconds)) \(isAhead ? "ahead of" : "behind") the time of receipt"
        let rest = (seconds + 15 * minute / 2) % (15 * minute) - 15 * minute / 2
        if (15 * minute...14 * hour + 5 * minute).contains(seconds), abs(rest) <= 90 {
            return [
                Finding(
                    .timeZone,
                    "the signature is right, but its timestamp is \(difference), as far as a time zone: one of the "
                        + "clocks "
                        + "counts local time as if it were UTC, or the request is that old\(later(request, isAhead))")
            ]
        }
        if isAhead || seconds <= 15 * minute {
            let wait = isTolerated ? ", or raise POSTERN_TOLERANCE if the request was held up on the way" : ""
            return [
                Finding(
                    .timeClock,
                    "the signature is right, but its timestamp is \(difference): set both clocks by NTP\(wait)"
                        + later(request, isAhead))
            ]
        }
        return [
            Finding(
                .timeOld,
                "the signature is right, but its timestamp is \(difference): it was recorded and sent again, or "
                    + "delivered late\(later(request, isAhead))")
        ]
    }

    private static func later(_ request: Int64, _ isAhead: Bool) -> String {
        isAhead || request < 0 ? "" : "; --at \(request) judges a captured one as of its own time"
    }

    /// `2 h 5 min`
    private static func duration(_ seconds: Int64) -> String {
        switch seconds {
        case ..<minute: "\(seconds) s"
        case ..<hour: "\(seconds / minute) min \(seconds % minute) s"
        case ..<(48 * hour): "\(seconds / hour) h \(seconds % hour / minute) min"
        default: "\(seconds / (24 * hour)) days"
        }
    }
}
