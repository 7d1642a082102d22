internal import Cryptography
internal import Values

/// The handshakes of one location, with what they need of its settings.
///
/// They are no oracles: only what has exactly a sender's form is answered, what a sender signs is verified first, what is
/// signed for it could not be an event, and a secret is taken from nobody while there is one.
struct HandshakeCheck: Sendable {
    private struct Prepared: Sendable {
        let handshake: Handshake
        let token: TokenCheck?
        let keys: HMACKeys?
        let prefix: String
    }

    private let unsigned: [Prepared]
    private let signed: [Prepared]
    private let enrolling: [Prepared]
    /// Where the body's part stands that is signed in an event, if an unsigned handshake signs something too.
    private let signedField: String?

    /// - Parameter verifyTokens: what the sender brings with its question, as `verify-token=` names it.
    init(_ rule: VerificationRule, _ secrets: SecretSet, verifyTokens: SecretSet) throws(SettingProblem) {
        var prepared: [Prepared] = []
        for handshake in rule.profile?.handshakes ?? [] {
            var token: TokenCheck?
            if case .query(let name)? = handshake.token, !verifyTokens.secrets.isEmpty {
                token = try TokenCheck(query: name, verifyTokens)
            }
            var keys: HMACKeys?
            if let code = handshake.code { keys = try HMACKeys(code.algorithm, rule.scheme.keyRule ?? KeyRule(), secrets) }
            prepared.append(Prepared(handshake: handshake, token: token, keys: keys, prefix: rule.prefix(of: handshake)))
        }
        unsigned = prepared.filter { $0.handshake.trust == .unsigned }
        signed = prepared.filter { $0.handshake.trust == .signed }
        enrolling = prepared.filter { $0.handshake.trust == .enrol }
        if case .braintree = rule.scheme { signedField = BraintreeCheck.payload } else { signedField = nil }
    }

    // MARK: Before verification

    /// The answer to a request that its sender does not sign.
    ///
    /// - Throws: `Refusal` if it has a handshake's form, but not the token that belongs to it, or no challenge that may be
    ///   repeated.
    func answerUnsigned(_ request: some SignedRequest) throws(Refusal) -> HandshakeAnswer? {
        guard !unsigned.isEmpty else { return nil }
        var contents = HandshakeContents(request)
        for prepared in unsigned where contents.matches(prepared.handshake) {
            if let place = prepared.handshake.token {
                guard let token = prepared.token else { throw Refusal(.noVerifyToken(place.carrier)) }
                _ = try token.prove(request)
            }
            // The first secret signs: nothing in the request tells which one is meant.
            if let answer = try Self.answer(prepared, &contents, secretIndex: 0) { return answer }
            guard prepared.handshake.hasNoBody, let place = prepared.handshake.echo, contents.isGiven(place) else { continue }
            throw Refusal(.malformed(place.carrier, expected: prepared.handshake.shape.description))
        }
        return nil
    }

    /// The secret that a request hands over.
    func enrolment(_ request: some SignedRequest) -> Enrolment? {
        var contents = HandshakeContents(request)
        for prepared in enrolling where contents.matches(prepared.handshake) {
            guard let place = prepared.handshake.echo, let secret = contents.value(at: place),
                let answer = try? Self.answer(prepared, &contents, secretIndex: nil)
            else { continue }
            return Enrolment(secret: secret, answer: answer)
        }
        return nil
    }

    // MARK: After it

    /// The answer to a request that has been verified.
    ///
    /// - Parameter json: the body, if somebody has read it; read here, if it may be a handshake.
    func answerSigned(
        _ request: some SignedRequest, _ proof: Proof, json: inout Value?
    ) throws(Refusal) -> HandshakeAnswer? {
        guard !signed.isEmpty else { return nil }
        var contents = HandshakeContents(request, json: json)
        defer { json = contents.json }
        for prepared in signed where contents.matches(prepared.handshake) {
            if let answer = try Self.answer(prepared, &contents, secretIndex: proof.secrets.first) { return answer }
        }
        return nil
    }

    /// Refuses what a stranger can have had signed as a handshake's challenge.
    ///
    /// - Parameter signedBytes: gives what the signature of a verified request covers, where a template says that.
    func checkIsNoChallenge(_ request: some SignedRequest, _ signedBytes: () -> [UInt8]?) throws(Refusal) {
        for prepared in unsigned where prepared.keys != nil {
            var (carrier, signed) = (Carrier.body, signedBytes() ?? request.body)
            if let signedField {
                carrier = .field(signedField)
                signed = try RequestContents(request, readsForm: true, document: nil).field(signedField)
            }
            guard !prepared.handshake.shape.fits(signed) else {
                throw Refusal(.malformed(carrier, expected: "an event, and not what a handshake has signed"))
            }
        }
    }

    // MARK: The answer

    private static func answer<Request>(
        _ prepared: Prepared, _ contents: inout HandshakeContents<Request>, secretIndex: Int?
    ) throws(Refusal) -> HandshakeAnswer? {
        let handshake = prepared.handshake
        var parts = AnswerParts(headers: handshake.headers)
        if let place = handshake.echo {
            guard let challenge = contents.value(at: place), handshake.shape.fits(challenge) else { return nil }
            if let form = handshake.form { parts.add(challenge, as: form) }
            if let code = handshake.code, let keys = prepared.keys?.keys, let index = secretIndex {
                guard keys.indices.contains(index) else { return nil }
                do throws(CryptographyError) {
                    let digest = try keys[index].authenticate(challenge)
                    parts.add(Array((prepared.prefix + code.encoding.encode(digest)).utf8), as: code.form)
                } catch {
                    throw Refusal(error)
                }
            }
        }
        if let json = handshake.json { parts.body = .json(Array(json.utf8)) }
        return parts.answer(status: handshake.status)
    }
}

/// What an answer is made of.
private struct AnswerParts {
    enum Body {
        case none
        case text([UInt8])
        case object(Object)
        case json([UInt8])
    }

    var body = Body.none
    var headers: [HandshakeAnswer.Header] = []

    mutating func add(_ bytes: [UInt8], as form: Handshake.Form) {
        switch form {
        case .text: body = .text(bytes)
        case .header(let name): headers.append(.init(name: name, value: String(decoding: bytes, as: UTF8.self)))
        case .json(let key):
            var object = Object()
            if case .object(let before) = body { object = before }
            object[Text(key)] = .text(Text(bytes: bytes))
            body = .object(object)
        }
    }

    func answer(status: Int) -> HandshakeAnswer {
        var answer = HandshakeAnswer(status: status, headers: headers)
        switch body {
        case .none: break
        case .text(let bytes): (answer.contentType, answer.body) = ("text/plain", bytes)
        case .object(let object): (answer.contentType, answer.body) = ("application/json", JSON.print(.object(object)))
        case .json(let bytes): (answer.contentType, answer.body) = ("application/json", bytes)
        }
        return answer
    }
}

extension HandshakeContents {
    /// Whether something stands there, whatever it is.
    fileprivate mutating func isGiven(_ place: Handshake.Place) -> Bool {
        switch place {
        case .header(let name): !request.values(ofHeader: name).isEmpty
        case .query(let name): (try? !QueryString(of: request.uri).values(of: name).isEmpty) ?? true
        case .json, .form: value(at: place) != nil
        }
    }
}

extension VerificationRule {
    fileprivate func prefix(of handshake: Handshake) -> String {
        let prefix = handshake.code?.prefix ?? ""
        guard prefix.hasPrefix("{public-key}") else { return prefix }
        guard case .braintree(let publicKey) = scheme else { return prefix }
        return publicKey + prefix.dropFirst("{public-key}".count)
    }
}
