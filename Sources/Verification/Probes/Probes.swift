internal import Values

/// The requests by which a live location is tried, made from its settings alone: good ones as the sender would send them,
/// and those that must be refused. What has to come of each follows from the sender's rule.
package struct Probes: Sendable {
    let rule: VerificationRule
    let settings: ProbeSettings
    let verifier: Verifier
    let draft: EventDraft
    let verifyTokens: SecretSet
    /// Whether the location lets in only what comes from some addresses.
    let isBoundToAddresses: Bool
    /// Signs as the sender; nil where nobody here has the key.
    let sender: Signer?
    /// Sign under secrets that nobody has.
    let strangers: [Signer]
    /// Sign as the sender under the secrets behind the first.
    let successors: [Signer]
    /// Signs as the sender for another address.
    let elsewhere: Signer?

    /// Whether good events can be made: the secret is not only a public key.
    package var canSign: Bool { sender != nil }

    /// - Parameters:
    ///   - secrets: the location's; the first one signs.
    ///   - verifyTokens: what `verify-token=` names.
    /// - Throws: `SettingProblem` as `Verifier` does, and `SigningError` for a body that the sender cannot sign.
    package init(
        _ rule: VerificationRule, secrets: SecretSet, verifyTokens: SecretSet = SecretSet(), _ settings: ProbeSettings
    ) throws {
        let hasAddresses = rule.addresses != nil
        // Where a probe comes from is not for this side to know.
        let rule = rule.fromAnywhere
        self.rule = rule
        isBoundToAddresses = hasAddresses
        self.settings = settings
        self.verifyTokens = verifyTokens
        verifier = try Verifier(
            rule, secrets: secrets, url: settings.url, tolerance: settings.tolerance, dedupe: settings.dedupe,
            verifyTokens: verifyTokens)
        draft = EventDraft(rule: rule, settings: settings)
        var strangers: [Signer] = []
        for _ in 0..<2 {
            guard let secret = try StrangerSecret.make(for: rule) else { break }
            strangers.append(try Signer(rule, secrets: secret, url: settings.url))
        }
        self.strangers = strangers
        let signer = try Signer(rule, secrets: secrets, url: settings.url)
        successors = try secrets.secrets.indices.dropFirst().map { index throws(SettingProblem) in
            try Signer(rule, secrets: secrets, at: index, url: settings.url)
        }
        let example = draft.message(id: try draft.makeID())
        do throws(SigningError) {
            _ = try signer.sign(example, at: 0)
            sender = signer
            elsewhere =
                rule.needsURL ? try? Signer(rule, secrets: secrets, url: "https://elsewhere.postern-selftest.invalid") : nil
        } catch .publicKey {
            if let stranger = strangers.first { _ = try stranger.sign(example, at: 0) }
            sender = nil
            elsewhere = nil
        }
    }

    /// How many questions the sender asks whether an address is right.
    private var handshakeCount: Int { max(1, rule.profile?.handshakes.count ?? 0) }

    /// How many probes of a kind there are: one for each question, and for each secret behind the first.
    package func count(of kind: Probe.Kind) -> Int {
        switch kind {
        case .handshake, .wrongVerifyToken: handshakeCount
        case .rotation: max(1, successors.count)
        default: 1
        }
    }

    /// Makes one probe.
    ///
    /// - Parameters:
    ///   - time: at which it is sent, in milliseconds since 1970.
    ///   - good: the probe of that kind, where another was sent before.
    ///   - index: which of several of the kind it is, from 0.
    /// - Throws: `ProbeError` if it does not apply.
    package func probe(
        _ kind: Probe.Kind, at time: Int64, good: Probe? = nil, index: Int = 0
    ) throws(ProbeError) -> Probe {
        switch kind {
        case .good: try self.good(at: time)
        case .redelivery: try redelivery(of: good, at: time)
        case .freshID: try freshID(of: good, at: time)
        case .rotation: try rotation(index, at: time)
        case .recent: try recent(at: time)
        case .twoSignatures: try twoSignatures(at: time)
        case .changedBody: try changedBody(at: time)
        case .handshake: try handshake(index, at: time)
        case .wrongVerifyToken: try wrongVerifyToken(index, at: time)
        case .otherSecret: try otherSecret(at: time)
        case .forged: try forged(at: time)
        case .upperCase: try upperCase(at: time)
        case .missing: try missing(at: time)
        case .empty: try empty(at: time)
        case .repeated: try repeated(at: time)
        case .otherAddress: try otherAddress(at: time)
        case .stale: try stale(at: time)
        case .future: try future(at: time)
        case .truncated: try truncated(at: time)
        case .largest: try largest(at: time)
        case .oversized: try oversized(at: time)
        }
    }
}

extension Probes {
    /// Why nothing can be forged.
    var anybody: ProbeError {
        .inapplicable(
            isBoundToAddresses ? "what counts is the address that a request comes from, and nothing in it" : "anybody may call")
    }
    static let noKey = ProbeError.inapplicable(
        "no right signature can be made here: the secret is a public key, or the sender's own")

    /// The same message as three make it: the sender, and two who have not its secret.
    struct Versions {
        var unsigned: OutgoingMessage
        /// nil where nobody here has the key.
        var right: OutgoingMessage?
        var wrong: OutgoingMessage
        var carriers: SignatureCarriers
    }

    func versions(at time: Int64, padding: Int? = nil) throws(ProbeError) -> Versions {
        guard strangers.count == 2 else { throw anybody }
        let unsigned = draft.message(id: try makeID(), padding: padding)
        let wrong = try signed(unsigned, by: strangers[0], at: time)
        let right = if let sender { try signed(unsigned, by: sender, at: time) } else { OutgoingMessage?.none }
        let other = if let right { right } else { try signed(unsigned, by: strangers[1], at: time) }
        return Versions(unsigned: unsigned, right: right, wrong: wrong, carriers: SignatureCarriers(other, wrong))
    }

    func makeID() throws(ProbeError) -> String {
        do throws(SigningError) {
            return try draft.makeID()
        } catch {
            throw .signing(error)
        }
    }

    func signed(_ message: OutgoingMessage, by signer: Signer, at time: Int64) throws(ProbeError) -> OutgoingMessage {
        do throws(SigningError) {
            return try signer.sign(message, at: time)
        } catch {
            throw .signing(error)
        }
    }

    /// A new event as the sender would send it.
    func event(at time: Int64) throws(ProbeError) -> OutgoingMessage {
        guard let sender else { throw Self.noKey }
        return try signed(draft.message(id: try makeID()), by: sender, at: time)
    }

    func verdict(on message: OutgoingMessage, at time: Int64) -> Verdict {
        verifier.verify(MessageRequest(message), at: time)
    }
}
