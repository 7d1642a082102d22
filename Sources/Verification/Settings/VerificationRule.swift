import Values

/// Who may call a location: what `POSTERN_VERIFY` says.
package struct VerificationRule: Sendable {
    /// The sender's name, or the scheme's first word: `stripe`, `hmac-sha256`.
    package let name: String
    /// What the catalogue says, if a sender was named.
    package let profile: SenderProfile?
    let scheme: Scheme
    /// The source of the text that a sender brings with its question, `file:PATH` or `env:NAME`; nil if none is named.
    package let verifyToken: String?
    /// Parameters that would bind the sender to its owner, and of which any value will do.
    let unbound: [String]

    /// - Throws: `SettingProblem` for text that names no sender and no scheme, or parameters that do not go with it.
    package init(_ text: String) throws(SettingProblem) {
        let words = try SettingWords.split(text)
        guard let first = words.first else {
            throw SettingProblem(
                .verify, .missing, "is empty", remedy: "name the sender, a scheme, or none if anybody may call")
        }
        if first.value == nil, let profile = try SenderCatalogue.profile(of: first.name) {
            self = try Self(profile, words.dropFirst())
        } else if Scheme.names.contains(first.name), let scheme = try Scheme(words) {
            name = first.name
            profile = nil
            verifyToken = nil
            self.scheme = scheme
            unbound = []
        } else {
            throw Self.unknown(first)
        }
    }

    /// - Parameter words: what stands after the sender's name.
    init(_ profile: SenderProfile, _ words: ArraySlice<SettingWord>) throws(SettingProblem) {
        name = profile.name
        self.profile = profile
        (scheme, unbound) = try profile.scheme(words)
        verifyToken = try profile.takesVerifyToken ? Self.verifyToken(words) : nil
    }

    private static func verifyToken(_ words: ArraySlice<SettingWord>) throws(SettingProblem) -> String? {
        let values = words.filter { $0.name == SenderProfile.verifyToken }.compactMap(\.value)
        guard let value = values.first else { return nil }
        let remedy = "put the text into a file of its own and write verify-token=file:/path/to/it"
        guard values.count == 1 else {
            throw SettingProblem(
                .verify, .repeatedParameter, "has verify-token= twice", remedy: "a file may hold several, a line each")
        }
        guard value.hasPrefix("file:") || value.hasPrefix("env:") else {
            throw SettingProblem(
                .verify, .badValue, "has verify-token= with what is neither file: nor env:", remedy: remedy)
        }
        return value
    }

    private static func unknown(_ word: SettingWord) -> SettingProblem {
        let name = word.value == nil ? Printable.name(word.name, otherwise: "what is no name") : "a parameter"
        return SettingProblem(
            .verify, .unknownSender, "begins with \(name), which is neither a known sender nor a scheme",
            remedy: NearestName.hint(word.name, among: SenderCatalogue.names + Scheme.names)
                ?? "the senders are " + SenderCatalogue.names.joined(separator: ", ") + "; the schemes "
                    + Scheme.names.joined(separator: ", "))
    }
}

extension VerificationRule {
    /// False for `none`, where there is nobody to tell from anybody else, and for senders that publish their keys.
    package var needsSecret: Bool { scheme.secretUse == .required }

    /// Whether something proves who sent a request: a secret, or a key that the sender publishes.
    package var provesSender: Bool { scheme.secretUse != .none }

    /// Whether the secret arrives in a handshake, so that it may be missing until then.
    package var enrols: Bool { profile?.enrols == true }

    /// Whether `POSTERN_URL` must be set.
    package var needsURL: Bool { scheme.needsURL }

    /// Seconds that a signed timestamp may differ from the time of receipt, if no setting says otherwise; nil if no
    /// timestamp is signed.
    package var defaultTolerance: Int64? { scheme.hasTimestamp ? profile?.tolerance ?? 300 : nil }

    /// The parameter of the query string in which a token comes; nil for any other scheme.
    package var tokenParameter: String? {
        guard case .token(let token) = scheme, case .query(let name) = token.place else { return nil }
        return name
    }
}
