internal import Values

/// Requests that another sender of the catalogue, or of the workspace's own file, has sent, or the same one by a rule that it has given up.
struct SenderMistakes {
    private let patient: Patient
    private var request: AlteredRequest { patient.request }

    init(_ patient: Patient) {
        self.patient = patient
    }

    /// Senders whose scheme is the same.
    private struct Kin {
        var profiles: [SenderProfile]
        let scheme: Scheme
    }

    var suspicions: [Suspicion] {
        kin.flatMap { kin in
            patient.trial.secrets.secrets.map { secret in
                Suspicion(mistake: .otherSender, sentence: sentence(kin), isOfScheme: true) { trial in
                    trial.scheme = kin.scheme
                    trial.secrets = SecretSet([secret])
                }
            }
        }
    }

    private func sentence(_ kin: Kin) -> String {
        let profiles = kin.profiles
        let first = profiles.first
        let others = profiles.dropFirst().prefix(4).map(\.name)
        return "it is signed as \(first?.title ?? "") signs: write \(first?.name ?? "") in POSTERN_VERIFY"
            + (others.isEmpty ? "" : ", or \(others.joined(separator: ", ")), which sign in the same way")
    }

    /// Those of whose kind a request brings something, by scheme.
    private var kin: [Kin] {
        var all: [Kin] = []
        for (profile, scheme) in Self.known + own {
            guard !scheme.sendsSecret, brings(scheme), scheme != patient.rule.scheme else { continue }
            if let index = all.firstIndex(where: { $0.scheme == scheme }) {
                all[index].profiles.append(profile)
            } else {
                all.append(Kin(profiles: [profile], scheme: scheme))
            }
        }
        for index in all.indices { all[index].profiles.sort { marks($0) > marks($1) } }
        return all.sorted { marks($0.profiles[0]) > marks($1.profiles[0]) }
    }

    /// Parsed once, by whoever diagnoses anything.
    private static let known: [(profile: SenderProfile, scheme: Scheme)] =
        known(SenderCatalogue.names.compactMap { (try? SenderCatalogue.profile(of: $0)) ?? nil })

    /// Those that the workspace describes itself.
    private var own: [(profile: SenderProfile, scheme: Scheme)] { Self.known(patient.senders.whole.prefix(Self.maximumOwn)) }

    /// More than a workspace has.
    private static let maximumOwn = 256

    private static func known(_ profiles: some Sequence<SenderProfile>) -> [(profile: SenderProfile, scheme: Scheme)] {
        profiles.compactMap { profile in
            // One that is known by its address alone leaves no mark in a request.
            guard let scheme = profile.anyScheme, scheme != .address else { return nil }
            return (profile, scheme)
        }
    }

    /// Whether the request has what the scheme reads first.
    private func brings(_ scheme: Scheme) -> Bool {
        let headers = scheme.signatureHeaders
        if !headers.isEmpty { return headers.contains { !request.values(ofHeader: $0).isEmpty } }
        // What stands in the body is found by trying.
        return !request.body.isEmpty && request.body.count <= Self.maximumByteCount
    }

    private static let maximumByteCount = 4 << 20

    /// How many of the headers came that are a sender's own.
    private func marks(_ profile: SenderProfile) -> Int {
        [profile.idField, profile.eventTypeField].count { field in
            guard case .header(let name)? = field else { return false }
            return !request.values(ofHeader: name).isEmpty
        }
    }

    // MARK: Rules of old

    /// Rules that a sender has had before, as `POSTERN_VERIFY` says them, and what they are called.
    private static let formerRules: [(sender: String, verify: String, name: String)] = [
        ("github", "hmac-sha1 header=X-Hub-Signature prefix=sha1=", "SHA-1 in X-Hub-Signature"),
        ("meta", "hmac-sha1 header=X-Hub-Signature prefix=sha1=", "SHA-1 in X-Hub-Signature"),
        ("whatsapp", "hmac-sha1 header=X-Hub-Signature prefix=sha1=", "SHA-1 in X-Hub-Signature"),
        ("instagram", "hmac-sha1 header=X-Hub-Signature prefix=sha1=", "SHA-1 in X-Hub-Signature"),
        (
            "square", "hmac-sha1 header=X-Square-Signature signed={url}{body} encoding=base64",
            "SHA-1 in X-Square-Signature"
        ),
        ("gitea", "hmac-sha256 header=X-Gogs-Signature", "X-Gogs-Signature"),
        ("forgejo", "hmac-sha256 header=X-Gogs-Signature", "X-Gogs-Signature"),
        ("slack", "token json=/token", "the verification token in the body"),
        ("zoom", "token header=Authorization", "the verification token in Authorization"),
    ]

    var former: [Suspicion] {
        Self.formerRules.filter { $0.sender == patient.rule.name }.compactMap { former in
            guard let rule = try? VerificationRule(former.verify) else { return nil }
            return Suspicion(
                mistake: .formerRule,
                sentence:
                    "it matches by the former rule of \(former.sender), \(former.name), and lacks what is signed now: "
                    + "a proxy drops the "
                    + "newer header, or the sender is old; as it is, POSTERN_VERIFY='\(former.verify)' takes it",
                isOfScheme: true
            ) { $0.scheme = rule.scheme }
        }
    }

    // MARK: Headers of others

    /// Senders whose headers came, while that of the own signature did not.
    var likely: [Finding] {
        guard case .missing? = patient.refusal?.reason else { return [] }
        let own = patient.trial.scheme.signatureHeaders
        var findings: [Finding] = []
        for kin in kin.prefix(8) {
            guard let header = kin.scheme.signatureHeaders.first(where: { !request.values(ofHeader: $0).isEmpty }),
                !own.contains(where: { HeaderName.areEqual($0, header) }), header.lowercased() != "authorization"
            else { continue }
            let names = kin.profiles.prefix(3).map(\.name).joined(separator: ", ")
            let verb = kin.profiles.count > 1 ? "send" : "sends"
            findings.append(
                Finding(
                    .otherSender,
                    "it brings \(header), which \(names) \(verb): is the location meant for another sender, or the "
                        + "secret another one?",
                    isProved: false))
        }
        return Array(findings.prefix(3))
    }
}

extension SenderProfile {
    /// The scheme without anything that binds the sender to its owner; nil if it cannot do without a parameter.
    fileprivate var anyScheme: Scheme? {
        let words = parameters.filter(\.isBinding).map { SettingWord(name: $0.name, value: "any") }
        return try? use(words[...]).scheme
    }
}
