internal import Cryptography
internal import Values

/// Mistakes of the secret: what was copied along with it or lost, how it becomes a key, and which one it is.
struct SecretMistakes {
    private let patient: Patient
    private var scheme: Scheme { patient.trial.scheme }

    init(_ patient: Patient) {
        self.patient = patient
    }

    /// The most likely first: other texts, other keys of the text.
    var suspicions: [Suspicion] {
        guard scheme.secretUse != .none else { return [] }
        let secrets = patient.trial.secrets.secrets
        var suspicions = others
        for secret in secrets {
            for text in SecretTexts(secret).variants { suspicions += suspicion(secret, text) }
        }
        suspicions += joined + urlSafeKeys
        guard let rule = scheme.keyRule, !scheme.sendsSecret else { return suspicions }
        for secret in secrets where secret.form == .text {
            suspicions += SecretKeys(rule).variants(of: secret.bytes).compactMap { suspicion(secret, $0, rule) }
        }
        return suspicions
    }

    /// Other keys of other texts.
    var combined: [Suspicion] {
        guard let rule = scheme.keyRule, !scheme.sendsSecret else { return [] }
        var suspicions: [Suspicion] = []
        for secret in patient.trial.secrets.secrets where secret.form == .text {
            for text in SecretTexts(secret).variants {
                for key in SecretKeys(rule).variants(of: text.bytes) {
                    let both = SecretVariant(key.mistake, "\(text.what), and \(key.what)", key.bytes)
                    suspicions += [suspicion(secret, both, rule)].compactMap { $0 }
                }
            }
        }
        return suspicions
    }

    /// Public keys are shown in base 64 with + and /.
    private var urlSafeKeys: [Suspicion] {
        guard scheme.takesKeys else { return [] }
        return patient.trial.secrets.secrets.filter { $0.form == .text }.flatMap { secret -> [Suspicion] in
            guard let key = Base64.urlSafe.decode(secret.bytes.span, padding: .optional) else { return [] }
            let text = Array(Base64.standard.encode(key).utf8)
            return suspicion(secret, SecretVariant(.secretURLSafe, "the key has + and / in place of - and _", text))
        }
    }

    /// A secret that is another text.
    private func suspicion(_ secret: Secret, _ text: SecretVariant) -> [Suspicion] {
        let changed: SecretSet
        if scheme.takesKeys {
            var set = SecretSet()
            guard (try? set.add(text.bytes, from: secret.source)) != nil else { return [] }
            changed = set
        } else {
            changed = SecretSet([Secret(text.bytes, source: secret.source, line: secret.line)])
        }
        return [
            Suspicion(mistake: text.mistake, sentence: "it matches if \(text.what), in \(secret.origin)") {
                $0.secrets = changed
            }
        ]
    }

    /// A secret whose key is these bytes.
    private func suspicion(_ secret: Secret, _ key: SecretVariant, _ rule: KeyRule) -> Suspicion? {
        guard let text = rule.text(forKey: key.bytes) else { return nil }
        let changed = SecretSet([Secret(text, source: secret.source, line: secret.line)])
        return Suspicion(mistake: key.mistake, sentence: "it matches if \(key.what), in \(secret.origin)") {
            $0.secrets = changed
        }
    }

    /// All lines of a source as one secret: some programs break what is long.
    private var joined: [Suspicion] {
        let secrets = patient.trial.secrets.secrets
        var sources: [String] = []
        for secret in secrets where !sources.contains(secret.source) { sources.append(secret.source) }
        return sources.flatMap { source -> [Suspicion] in
            let lines = secrets.filter { $0.source == source && $0.form == .text }
            guard lines.count > 1 else { return [] }
            return [[], [UInt8(ascii: "\n")]].map { separator in
                let whole = Array(lines.map(\.bytes).joined(separator: separator))
                let changed = SecretSet([Secret(whole, source: source, line: 1)])
                let sentence =
                    "it matches if the lines of \(source) are one secret"
                    + (separator.isEmpty
                        ? ": write it on one line" : ", line ends included: let the sender make one without")
                return Suspicion(mistake: .secretLines, sentence: sentence) { $0.secrets = changed }
            }
        }
    }

    /// Secrets of other locations, and those that senders publish for their tests.
    private var others: [Suspicion] {
        let known = patient.others.secrets.map { secret in
            Suspicion(
                mistake: .secretOther,
                sentence: "it matches under another secret, that in \(secret.origin): this location has the secret of "
                    + "another endpoint, or of the sender's other mode, test or live; put the right one into its file"
            ) { $0.secrets = SecretSet([secret]) }
        }
        guard let sender = patient.rule.profile?.name, let secret = SecretKinds.published(sender) else { return known }
        return known + [
            Suspicion(
                mistake: .secretTestMode,
                sentence:
                    "it is signed with the secret that \(sender) publishes for its tests: anybody can sign so, and "
                    + "the events of a webhook that is in use are signed with its own"
            ) { $0.secrets = SecretSet([Secret(secret.utf8, source: "published", line: 1)]) }
        ]
    }

    var likely: [Finding] {
        SecretKinds(patient).findings + testMode
    }
}

extension SecretMistakes {
    /// What says in a body that it is about no real thing, and the value that says so.
    private static let testMarks: [(pointer: String, values: [Value])] = [
        ("/livemode", [.boolean(false)]), ("/live_mode", [.boolean(false)]), ("/live", [.boolean(false), "false"]),
        ("/test", [.boolean(true), "true"]), ("/test_mode", [.boolean(true)]), ("/testmode", [.boolean(true)]),
        ("/is_test", [.boolean(true)]), ("/meta/test_mode", [.boolean(true)]), ("/mode", ["test", "sandbox"]),
        ("/environment", ["test", "sandbox", "SANDBOX"]), ("/sandbox", [.boolean(true)]),
    ]

    /// Larger bodies are not parsed for it.
    private static let maximumByteCount = 4 << 20

    private var testMode: [Finding] {
        guard patient.refusal?.isMismatch == true, patient.request.body.count <= Self.maximumByteCount,
            let document = EventIdentity.json(patient.request.body)
        else { return [] }
        for mark in Self.testMarks {
            guard let value = JSONPointer(mark.pointer)?.value(in: document), mark.values.contains(value) else {
                continue
            }
            return [
                Finding(
                    .secretTestMode,
                    "\(mark.pointer) in the body says that it is an event of the sender's test mode, which usually "
                        + "has a secret "
                        + "of its own: add that to POSTERN_SECRET, or to a location for tests; --other-secret tries it",
                    isProved: false)
            ]
        }
        return []
    }
}

extension Refusal {
    /// Whether the request had everything, and did not match.
    var isMismatch: Bool {
        switch reason {
        case .wrongSignature, .wrongToken: true
        default: false
        }
    }
}

extension Scheme {
    /// Whether requests bring the secret itself.
    var sendsSecret: Bool {
        switch self {
        case .token, .basic: true
        default: false
        }
    }
}

extension KeyRule {
    /// A secret that becomes these bytes; nil where none does.
    func text(forKey key: [UInt8]) -> [UInt8]? {
        guard !key.isEmpty else { return nil }
        let prefix = Array((prefixes.first ?? "").utf8)
        switch encoding {
        case .utf8: return prefix + key
        case .nfkd: return key.allSatisfy({ $0 < 0x80 }) ? prefix + key : nil
        case .base64, .base64IfPrefixed: return prefix + Array(Base64.standard.encode(key).utf8)
        case .hex: return prefix + Array(Hexadecimal.encode(key).utf8)
        case .sha1: return nil
        }
    }
}
