internal import Cryptography
package import Values

/// Judges the requests of one location: made once for its settings, used by many threads.
package struct Verifier: Sendable {
    package let rule: VerificationRule
    /// nil as long as there is no secret: then nothing is verified.
    private let check: SchemeCheck?
    private let identity: EventIdentity
    private let handshakes: HandshakeCheck
    /// The headers that `EventFacts` need.
    private let factHeaders: [String]
    /// nil where requests may come from anywhere.
    private let addresses: AddressCheck?
    private let renaming: HeaderRenaming?

    /// - Parameters:
    ///   - rule: what `POSTERN_VERIFY` says.
    ///   - secrets: in their configured order; a verdict names the one that matched by its position.
    ///   - url: `POSTERN_URL`, as written.
    ///   - tolerance: `POSTERN_TOLERANCE` in seconds; nil for the sender's own.
    ///   - dedupe: `POSTERN_DEDUPE`; nil if it is not set.
    ///   - verifyTokens: what `verify-token=` names.
    ///   - addresses: what the files list that `ip=` names; nil if nobody has read them.
    ///   - awaitsSecret: the secret will arrive in a handshake, and there is none yet.
    /// - Throws: `SettingProblem` for a setting that is missing, contradicts another, or a secret that is no use here.
    package init(
        _ rule: VerificationRule, secrets: SecretSet, url: String? = nil, tolerance: Int64? = nil,
        dedupe: DedupeRule? = nil, verifyTokens: SecretSet = SecretSet(), addresses: [Network]? = nil, awaitsSecret: Bool = false
    ) throws(SettingProblem) {
        let awaitsSecret = awaitsSecret && rule.enrols && secrets.secrets.isEmpty
        if !awaitsSecret { try Self.checkSecrets(rule, secrets) }
        let origin = try Self.origin(rule, url)
        if let tolerance, !(1...Self.maximumTolerance).contains(tolerance) {
            throw SettingProblem(
                .tolerance, .badValue, "is no number of seconds from 1 to \(Self.maximumTolerance)",
                remedy: "write digits only, for example 300")
        }
        if rule.scheme == .none, let dedupe, dedupe != .off {
            throw SettingProblem(
                .dedupe, .contradiction, "must be off under none, where anybody can send any id", remedy: "remove it")
        }
        self.rule = rule
        self.addresses = try rule.addresses.map { rule throws(SettingProblem) in try AddressCheck(rule, addresses) }
        renaming = rule.profile?.renaming
        check =
            awaitsSecret
            ? nil
            : try SchemeCheck(rule.scheme, secrets, origin: origin, tolerance: tolerance ?? rule.defaultTolerance ?? 300)
        handshakes = try HandshakeCheck(rule, secrets, verifyTokens: verifyTokens)
        identity = EventIdentity(rule, rule.scheme == .none ? .off : dedupe ?? .automatic)
        factHeaders = Self.factHeaders(rule, identity)
        let idle = "POSTERN_TOLERANCE has no effect: \(rule.name) signs no timestamp"
        warnings =
            rule.warnings + identity.warnings
            + (tolerance != nil && !rule.scheme.hasTimestamp ? [idle] : []) + Self.warnings(rule, verifyTokens)
    }

    /// 1 year.
    package static let maximumTolerance: Int64 = 31_536_000

    private static func checkSecrets(_ rule: VerificationRule, _ secrets: SecretSet) throws(SettingProblem) {
        if !rule.scheme.takesKeys, let key = secrets.secrets.first(where: { $0.form != .text }) {
            throw key.unusable(
                "is a PEM block or a JSON Web Key, which this sender does not use",
                remedy: "copy the signing secret from the sender's webhook page")
        }
        if !rule.scheme.takesKeys { for secret in secrets.secrets { try KeyText.checkIsSecret(secret) } }
        if rule.needsSecret, secrets.secrets.isEmpty {
            throw SettingProblem(
                .secret, .missing, "is missing, and \(rule.name) needs one",
                remedy: "name the file that holds it: file:/path/to/secret")
        }
        if rule.scheme.secretUse == .none, !secrets.secrets.isEmpty {
            throw SettingProblem(
                .secret, .contradiction, "is given, but \(rule.name) asks for no secret",
                remedy: "remove it, or name the sender in POSTERN_VERIFY"
                    + (rule.addresses == nil ? "" : ", with ip= behind it"))
        }
    }

    private static func origin(_ rule: VerificationRule, _ url: String?) throws(SettingProblem) -> SenderOrigin? {
        if let url { return try SenderOrigin(url) }
        guard rule.needsURL else { return nil }
        throw SettingProblem(
            .url, .missing, "is missing, and \(rule.name) signs the address that it calls",
            remedy: "write scheme, host and port as the sender calls them: https://hooks.example.com")
    }

    /// Judges one request.
    ///
    /// - Parameters:
    ///   - time: when the request was received, in milliseconds since 1970; never when it is processed.
    ///   - keys: knows the keys that senders publish; nil where nobody does.
    package func verify(
        _ request: some SignedRequest, at time: Int64, keys: (any KeySource)? = nil
    ) -> Verdict {
        if let renaming, let header = rule.scheme.form?.places.first.headerName, request.values(ofHeader: header).isEmpty {
            return judge(RenamedRequest(original: request, renaming: renaming), at: time, keys)
        }
        return judge(request, at: time, keys)
    }

    private func judge(_ request: some SignedRequest, at time: Int64, _ keys: (any KeySource)?) -> Verdict {
        do throws(Refusal) {
            // Before anything else: who calls from elsewhere learns nothing of the rest.
            try addresses?.check(request.peer)
            if let answer = try handshakes.answerUnsigned(request) { return .handshake(answer) }
            guard let check else {
                if let enrolment = handshakes.enrolment(request) { return .enrolment(enrolment) }
                throw Refusal(.notEnrolled)
            }
            let ids = try identity.headers(of: request)
            let proof = try check.prove(request, at: time, PublishedKeys(keys, at: time))
            if let subscription = proof.subscription { return .subscription(subscription) }
            try handshakes.checkIsNoChallenge(request) { check.signedBytes(proof) }
            try rule.profile?.checkIsEvent(request.body)
            // Only now is the body read: nothing unverified reaches a parser, save what has a handshake's form.
            var json = proof.json
            if var answer = try handshakes.answerSigned(request, proof, json: &json) {
                answer.secrets = proof.secrets
                return .handshake(answer)
            }
            return .verified(verified(request, check, proof, ids, json))
        } catch {
            return .refused(error)
        }
    }

    /// The secret that a request would hand over, if it has the form of a handshake that does.
    func offeredSecret(_ request: some SignedRequest) -> [UInt8]? { handshakes.enrolment(request)?.secret }

    /// Whether the secret has yet to arrive.
    package var awaitsSecret: Bool { check == nil }

    private func verified(
        _ request: some SignedRequest, _ check: SchemeCheck, _ proof: Proof, _ ids: EventIdentity.Headers, _ json: Value?
    ) -> Verified {
        Verified(
            sender: rule.name, secrets: proof.secrets, published: proof.published, timestamp: proof.timestamp, json: json,
            facts: EventFacts(
                identity: identity, ids: ids, typeField: rule.profile?.eventTypeField, check: check, proof: proof,
                request: HeldRequest(request, headers: factHeaders)))
    }

    /// The kind of event that a verified request is about, nil if the sender names none there.
    ///
    /// - Parameter json: the body, if somebody has read it.
    package func eventType(of request: some SignedRequest, json: Value?) -> Text? {
        EventFacts.eventType(rule.profile?.eventTypeField, of: request, json)
    }

    private static func factHeaders(_ rule: VerificationRule, _ identity: EventIdentity) -> [String] {
        var names: [String] = []
        if case .header(let name)? = rule.profile?.eventTypeField { names.append(name) }
        if identity.readsForm || rule.profile?.eventTypeField?.readsForm == true { names.append("Content-Type") }
        return names
    }

    private static func warnings(_ rule: VerificationRule, _ verifyTokens: SecretSet) -> [String] {
        guard rule.profile?.takesVerifyToken == true, verifyTokens.secrets.isEmpty else { return [] }
        return [
            "\(rule.name) asks with a verify token whether the address is right, and is answered 401 without one: "
                + "add verify-token=file:/path/to/it after \(rule.name) in POSTERN_VERIFY"
        ]
    }

    /// What the operator should know of how far these settings protect, for `postern check`: one sentence each.
    package let warnings: [String]
}
