import Values

/// Who may call a location: what `POSTERN_VERIFY` says.
package struct VerificationRule: Sendable {
    /// The sender's name, or the scheme's first word: `stripe`, `hmac-sha256`.
    package let name: String
    /// What the catalogue says, or the workspace's own `senders`, if a sender was named.
    package let profile: SenderProfile?
    let scheme: Scheme
    /// The source of the text that a sender brings with its question, `file:PATH` or `env:NAME`; nil if none is named.
    package let verifyToken: String?
    /// Parameters that would bind the sender to its owner, and of which any value will do.
    let unbound: [String]
    /// The addresses from which requests have to come as well; nil for any.
    package private(set) var addresses: AddressRule?

    /// - Parameter senders: those that the workspace describes itself.
    /// - Throws: `SettingProblem` for text that names no sender and no scheme, or parameters that do not go with it.
    package init(_ text: String, senders: OwnSenders = OwnSenders()) throws(SettingProblem) {
        var words = try SettingWords.split(text)
        guard let first = words.first else {
            throw SettingProblem(
                .verify, .missing, "is empty", remedy: "name the sender, a scheme, or none if anybody may call")
        }
        if let profile = try Self.profile(first, senders) {
            try profile.checkIsFilledIn(words.dropFirst())
            self = try Self(profile, words.dropFirst())
            return
        }
        let addresses = try AddressRule.take(from: &words)
        guard words.first == first else { throw Self.unknown(first, senders) }
        if Scheme.names.contains(first.name), let scheme = try Scheme(words) {
            name = first.name
            profile = nil
            self.addresses = addresses
            verifyToken = nil
            self.scheme = scheme
            unbound = []
        } else {
            throw Self.unknown(first, senders)
        }
        try checkAddresses()
    }

    /// Its own file first, so that no entry of the catalogue stands in for one that is there and cannot be read.
    private static func profile(_ word: SettingWord, _ senders: OwnSenders) throws(SettingProblem) -> SenderProfile? {
        guard word.value == nil else { return nil }
        if let profile = try senders.profile(of: word.name) { return profile }
        return try SenderCatalogue.profile(of: word.name)
    }

    private func checkAddresses() throws(SettingProblem) {
        switch scheme {
        case .address where addresses == nil:
            let places = profile?.addresses.map(\.url) ?? []
            throw SettingProblem(
                .verify, .missingParameter, "lacks ip=, without which \(name) lets nobody in",
                remedy: "list who may call, \(name) ip=192.0.2.0/24,2001:db8::/32 or \(name) ip=file:/path/to/the/list"
                    + (places.isEmpty
                        ? "" : "; the sender publishes its addresses at " + places.joined(separator: " and ")))
        case .none where addresses != nil:
            throw SettingProblem(
                .verify, .contradiction, "has ip= beside none, which lets everybody in",
                remedy: "write ip ip=… for these addresses alone")
        default:
            // What the files list comes later.
            if let addresses { _ = try addresses.list([]) }
        }
    }

    /// - Parameter words: what stands after the sender's name.
    init(_ profile: SenderProfile, _ words: ArraySlice<SettingWord>) throws(SettingProblem) {
        var words = Array(words)
        let addresses = try AddressRule.take(from: &words)
        let use = try profile.use(words[...])
        name = profile.name
        self.profile = profile
        (scheme, unbound) = (use.scheme, use.unbound)
        self.addresses = addresses ?? use.addresses
        verifyToken = try profile.takesVerifyToken ? Self.verifyToken(words[...]) : nil
        try checkAddresses()
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

    private static func unknown(_ word: SettingWord, _ senders: OwnSenders) -> SettingProblem {
        // A line that is not understood may be the one that names it.
        do throws(SettingProblem) { try senders.checkIsWhole() } catch { return error }
        let name = word.value == nil ? Printable.name(word.name, otherwise: "what is no name") : "a parameter"
        let own = senders.names.isEmpty ? "" : "the workspace describes \(senders.names.joined(separator: ", ")); "
        return SettingProblem(
            .verify, .unknownSender, "begins with \(name), which is neither a known sender nor a scheme",
            remedy: NearestName.hint(word.name, among: senders.names + SenderCatalogue.names + Scheme.names)
                ?? own + "postern senders lists those that are known; the schemes are "
                + Scheme.names.joined(separator: ", "))
    }
}

extension VerificationRule {
    /// Whether a setting begins with a scheme, so that no workspace's `senders` has a say in it.
    package static func namesScheme(_ text: String) -> Bool {
        let first = text.drop { $0 == " " }.prefix { $0 != " " }
        return Scheme.names.contains { $0 == first }
    }

    /// The same whatever address a request comes from: for those who have the request and not the connection.
    var fromAnywhere: VerificationRule {
        var rule = self
        rule.addresses = nil
        return rule
    }

    /// False for `none` and `ip`, where nobody has one, and for senders that publish their keys.
    package var needsSecret: Bool { scheme.secretUse == .required }

    /// Whether something proves who sent a request: a secret, or a key that the sender publishes.
    package var provesSender: Bool { scheme.secretUse != .none }

    /// Whether what the body says counts before what the query string says under the same name: something of the body is
    /// proved and the query is not, with another of which anybody who has recorded a request can send it.
    package var believesBodyBeforeQuery: Bool { scheme.coversPartOfBody && !scheme.coversQuery }

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

    /// Whether what proves a request comes in the header `Authorization`.
    package var readsAuthorization: Bool {
        let headers: [String] =
            switch scheme {
            case .basic: ["Authorization"]
            case .token(let token):
                switch token.place {
                case .bearer: ["Authorization"]
                case .header(let name, _): [name]
                case .query, .form, .json: []
                }
            case .jws(let token): [token.place.headerName].compactMap { $0 }
            default: scheme.form?.places.places.compactMap(\.headerName) ?? []
            }
        return headers.contains { HeaderName.areEqual($0, "Authorization") }
    }
}
