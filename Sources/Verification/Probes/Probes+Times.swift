extension Probes {
    /// Seconds beyond the tolerance: a request is on its way for a while, and two clocks differ.
    private static let margin: Int64 = 10
    /// Below this, an old event may be too old by the time that it arrives.
    private static let smallestRoom: Int64 = 30

    private var tolerance: Int64 { settings.tolerance ?? rule.defaultTolerance ?? 300 }

    private static let noTime = ProbeError.inapplicable(
        "the sender signs no time: who has recorded an event can send it again at any time")

    func recent(at time: Int64) throws(ProbeError) -> Probe {
        guard sender != nil else { throw Self.noKey }
        guard rule.scheme.hasTimestamp else { throw Self.noTime }
        guard tolerance >= Self.smallestRoom else {
            throw .inapplicable("a tolerance of \(tolerance) s leaves no room for it beside the way there")
        }
        var probe = Probe(.recent, try event(at: time - tolerance / 2 * 1000), .accepted)
        probe.distance = tolerance / 2
        return probe
    }

    func stale(at time: Int64) throws(ProbeError) -> Probe {
        guard sender != nil else { throw Self.noKey }
        let age: Int64
        if rule.scheme.hasTimestamp {
            age = tolerance + Self.margin
        } else if case .jws(let scheme) = rule.scheme, scheme.hasWindow {
            age = Signer.lifetime + TokenClaims.leeway + Self.margin
        } else {
            throw rule.scheme.secretUse == .none ? anybody : Self.noTime
        }
        var probe = Probe(.stale, try event(at: time - age * 1000), .refused)
        probe.distance = age
        return probe
    }

    func future(at time: Int64) throws(ProbeError) -> Probe {
        guard sender != nil else { throw Self.noKey }
        let ahead: Int64
        if rule.scheme.hasTimestamp {
            ahead = tolerance + Self.margin
        } else if case .jws = rule.scheme {
            ahead = TokenClaims.leeway + Self.margin
        } else {
            throw rule.scheme.secretUse == .none ? anybody : Self.noTime
        }
        var probe = Probe(.future, try event(at: time + ahead * 1000), .refused)
        probe.distance = ahead
        return probe
    }
}
