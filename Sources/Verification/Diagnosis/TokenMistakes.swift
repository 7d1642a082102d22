internal import Cryptography
internal import Values

/// Tokens that stand in another place, or in another form, than the scheme says; and those of senders that should sign.
struct TokenMistakes {
    private let patient: Patient
    private var request: AlteredRequest { patient.request }
    private var scheme: Scheme { patient.trial.scheme }

    /// Headers in which tokens stand, where nobody knows which headers came.
    private static let usualHeaders = [
        "Authorization", "X-Api-Key", "X-Auth-Token", "X-Token", "X-Webhook-Token", "X-Webhook-Secret", "X-Secret",
        "X-Gitlab-Token",
        "Proxy-Authorization",
    ]

    init(_ patient: Patient) {
        self.patient = patient
    }

    var findings: [Finding] {
        guard scheme.secretUse != .none else { return [] }
        var findings: [Finding] = []
        for secret in patient.trial.secrets.secrets where secret.form == .text && secret.bytes.count >= 4 {
            findings += scheme == .basic ? self.findings(ofPassword: secret) : self.findings(secret)
        }
        return Array(findings.prefix(4))
    }

    // MARK: Tokens

    private func findings(_ secret: Secret) -> [Finding] {
        var findings: [Finding] = []
        for name in headers {
            for value in request.values(ofHeader: name) {
                findings += finding(value, secret.bytes, header: name).map { [$0] } ?? []
            }
        }
        for pair in (try? QueryString(of: request.uri).pairs) ?? [] where pair.value == secret.bytes {
            findings +=
                place("query=\(Self.shown(pair.name))", "the query parameter \(Self.shown(pair.name))").map { [$0] }
                ?? []
        }
        guard request.body.count <= 1 << 20 else { return findings }
        return findings + form(secret) + json(secret)
    }

    private var headers: [String] {
        let names = request.headerNames
        return names.isEmpty ? Self.usualHeaders + ownHeaders : names
    }

    /// Where the scheme has its token.
    private var ownHeaders: [String] { scheme.sendsSecret ? scheme.neededHeaders : [] }

    private func finding(_ value: [UInt8], _ token: [UInt8], header name: String) -> Finding? {
        let shown = HeaderName.isValid(name) && name.utf8.count <= 64 ? name : "another header"
        let isOwn = ownHeaders.contains { HeaderName.areEqual($0, name) }
        if value == token {
            // What is expected before it is there: it was copied into the secret as well.
            if isOwn, value.starts(with: expectedPrefix) { return nil }
            guard isOwn else { return place("header=\(shown)", shown) }
            return Finding(
                .tokenPrefix, "the token stands in \(shown) without what is expected before it\(remedy(shown, nil))")
        }
        if value.count > token.count, value.count <= token.count + 64, value.suffix(token.count).elementsEqual(token),
            let prefix = Self.prefix(value.dropLast(token.count))
        {
            if isOwn {
                return Finding(
                    .tokenPrefix, "the token stands in \(shown) behind \"\(prefix)\"\(remedy(shown, prefix))")
            }
            return prefix.lowercased() == "bearer " && name.lowercased() == "authorization"
                ? place("bearer", "Authorization behind Bearer")
                : place("header=\(shown) prefix=\"\(prefix)\"", "\(shown) behind \"\(prefix)\"")
        }
        let lowered = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self).lowercased() }
        if scheme.sendsSecret, value.count >= token.count, value.count <= token.count + 16,
            lowered(value).hasSuffix(lowered(token))
        {
            return Finding(
                .tokenLetterCase,
                "the token in \(shown) differs from the secret in letter case only: copy it as the sender sends it")
        }
        return nil
    }

    private var expectedPrefix: [UInt8] {
        guard case .token(let token) = scheme else { return [] }
        return switch token.place {
        case .header(_, let prefix): prefix
        case .bearer: Array("Bearer ".utf8)
        case .query, .form, .json: []
        }
    }

    private func remedy(_ header: String, _ prefix: String?) -> String {
        if patient.rule.profile != nil {
            return ": enter it at the sender as its documentation says, or put the whole value into the secret"
        }
        if let prefix {
            return prefix.lowercased() == "bearer "
                ? ": write token bearer" : ": write token header=\(header) prefix=\"\(prefix)\""
        }
        return ": write token header=\(header)"
    }

    /// Words such as `Bearer `, `Token token=`; what else stands before a token may be another secret.
    private static func prefix(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count <= 24, let text = String(validating: bytes, as: UTF8.self), let last = text.last,
            " =:".contains(last)
        else { return nil }
        return text.utf8.allSatisfy { byte in
            switch byte | 0x20 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): true
            default: " =:-".utf8.contains(byte)
            }
        } ? text : nil
    }

    private func form(_ secret: Secret) -> [Finding] {
        let body = request.body
        guard request.contentType == "application/x-www-form-urlencoded",
            let form = try? QueryString(body.span, from: .body)
        else { return [] }
        return form.pairs.filter { $0.value == secret.bytes }.compactMap { pair in
            place("form=\(Self.shown(pair.name))", "the form's field \(Self.shown(pair.name))")
        }
    }

    private func json(_ secret: Secret) -> [Finding] {
        guard case .object(let object)? = EventIdentity.json(request.body) else { return [] }
        return object.compactMap { name, value in
            guard case .text(let text) = value, text.bytes == secret.bytes else { return nil }
            return place("json=/\(Self.shown(name.bytes))", "the JSON, at /\(Self.shown(name.bytes))")
        }
    }

    /// A token in another place than the scheme's own.
    private func place(_ words: String, _ place: String) -> Finding? {
        let verify = "token \(words)"
        if let scheme = (try? VerificationRule(verify))?.scheme, scheme == self.scheme { return nil }
        return scheme.sendsSecret
            ? Finding(
                .tokenPlace, "the token stands in \(place): enter it at the sender where it belongs, or write \(verify)"
            )
            : Finding(
                .tokenPlace,
                "the secret itself stands in \(place): the sender sends it and signs nothing with it, so write "
                    + "\(verify), or the "
                    + "sender's entry for tokens")
    }

    /// Names come from the request.
    private static func shown(_ name: [UInt8]) -> String {
        let text = String(decoding: name, as: UTF8.self)
        return HeaderName.isValid(text) && text.utf8.count <= 64 ? text : "NAME"
    }

    // MARK: Passwords

    private func findings(ofPassword secret: Secret) -> [Finding] {
        guard let value = request.value(ofHeader: "Authorization") else { return [] }
        let credentials = value.prefix(6).elementsEqual("Basic ".utf8) ? Array(value.dropFirst(6)) : value
        let parts = secret.bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return [] }
        if credentials == secret.bytes {
            return [
                Finding(
                    .tokenUser,
                    "the credentials are right, but not in base 64: the sender has to send them as HTTP's Basic says")
            ]
        }
        if credentials.count < value.count || value.starts(with: "Bearer ".utf8) {
            let offered = Base64.standard.decode(credentials.span, padding: .optional) ?? []
            if offered == secret.bytes {
                return [
                    Finding(.tokenUser, "the credentials are right, but their base 64 lacks the = signs at its end")
                ]
            }
            let pieces = offered.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            if pieces.count == 2, pieces[1] == parts[1] {
                return [
                    Finding(.tokenUser, "the password is right, but the user is another one than in \(secret.origin)")
                ]
            }
            if offered.elementsEqual(parts[1]) || pieces.count == 2 && pieces[0] == parts[1] {
                return [
                    Finding(
                        .tokenUser,
                        "the password came without its user, or in its place: enter both at the sender, user and "
                            + "password"
                    )
                ]
            }
        }
        return [findings(Secret(parts[1], source: secret.source, line: secret.line))].flatMap { $0 }.filter {
            $0.mistake == .tokenPlace
        }
    }
}
