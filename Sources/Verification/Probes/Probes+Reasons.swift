// What an answer that is not the right one may come from.
extension Probes {
    /// Why an event was not taken, or something was not refused as it should be.
    func reason(for status: Int, _ answer: ProbeAnswer, _ probe: Probe?) -> String {
        switch status {
        case 200..<300:
            "no header Postern-Event, so it was not Postern that answered: look for the location that serves this address"
        case 300..<400: "a redirection, which senders do not follow: give the address that they call"
        case 401: unauthorized(answer, probe)
        case 404 where answer.isPosterns == true: "verified, but no query takes it: compare POSTERN_QUERY"
        case 405 where answer.isPosterns == true: "verified, but no query takes this verb: compare POSTERN_QUERY and --method"
        case 404, 405: "not Postern's answer, which tells strangers 401: look for the location that serves this address"
        case 411: "the location wants to know the length of the body, which the web server does not pass on"
        case 413: limit(answer)
        case 429: "the web server or the workspace limits how many may come: try again later"
        case 502, 504: "the web server does not reach Postern: see its error log"
        case 503: "a setting of the location is wrong, or its database cannot be written: its log says which"
        default: "see the location's log"
        }
    }

    private func unauthorized(_ answer: ProbeAnswer, _ probe: Probe?) -> String {
        var reasons = ["another secret", "another sender in POSTERN_VERIFY"]
        if isBoundToAddresses { reasons.append("the address that this comes from, which ip= has to list") }
        if rule.needsURL { reasons.append("another POSTERN_URL: --url says what the sender calls") }
        if probe?.kind == .handshake, !verifyTokens.secrets.isEmpty { reasons.append("another verify token") }
        if rule.scheme.hasTimestamp { reasons.append("a clock that is wrong" + (answer.clock.map { ", as " + $0 } ?? "")) }
        for name in probe?.carriers.headers ?? [] {
            if name.utf8.contains(UInt8(ascii: "_")) {
                reasons.append("a web server that drops \(name): nginx does, without underscores_in_headers on")
            } else if HeaderName.areEqual(name, "Authorization") {
                reasons.append("a web server that keeps Authorization to itself: Apache does, without CGIPassAuth On")
            } else {
                reasons.append("a proxy that does not pass on \(name)")
            }
        }
        if probe?.kind != .handshake, rule.scheme.coversBody { reasons.append("a proxy that changes the body") }
        let remedy = probe?.kind == .good ? "; postern events explain says which, if POSTERN_QUARANTINE keeps it" : ""
        return "refused; it may be \(reasons.joined(separator: ", or "))\(remedy)"
    }

    /// Who let something pass that has to be refused.
    func leak(_ probe: Probe, _ answer: ProbeAnswer) -> String {
        let clock = answer.clock.map { "; " + $0 } ?? ""
        return switch probe.kind {
        case .stale: "it is \(probe.distance) s old: compare POSTERN_TOLERANCE and POSTERN_VERIFY" + clock
        case .future: "it is \(probe.distance) s ahead: compare POSTERN_TOLERANCE and POSTERN_VERIFY" + clock
        case .largest, .otherSecret: "another secret opens this location: compare POSTERN_VERIFY and POSTERN_SECRET"
        case .otherAddress: "signed for another address: compare POSTERN_VERIFY and POSTERN_URL"
        case .changedBody: "the changed body was not noticed: compare POSTERN_VERIFY"
        case .missing, .empty:
            "nothing proves who sent it: compare POSTERN_VERIFY, which may be none, or another location serves this address"
        case .repeated: "one of two headers was believed: compare POSTERN_VERIFY"
        case .freshID: "an id that the sender signs was changed and that was not noticed: compare POSTERN_VERIFY"
        case .wrongVerifyToken: "anybody's verify token is taken: compare verify-token= in POSTERN_VERIFY"
        case .forged, .twoSignatures, .upperCase:
            "the signature or token is not looked at as it should be: compare POSTERN_VERIFY"
        case .good, .redelivery, .rotation, .recent, .handshake, .truncated, .oversized: "compare POSTERN_VERIFY"
        }
    }

    /// Who refuses a body for its size.
    func limit(_ answer: ProbeAnswer) -> String {
        let bytes = settings.maximumBody
        return answer.isPosterns == false
            ? "the web server itself refuses bodies of \(bytes) bytes: raise its limit, "
                + "client_max_body_size in nginx or LimitRequestBody in Apache, or say by --max-body what may come"
            : "POSTERN_MAX_BODY is below \(bytes) bytes: say so by --max-body"
    }
}
