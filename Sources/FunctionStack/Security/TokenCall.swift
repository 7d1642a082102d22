import Cryptography
import Values

/// The four operations on tokens, for statements and filters. Algorithms are those that the stack names: a token's own
/// header decides nothing.
struct TokenCall {
    /// The filter or the statement, for messages.
    let user: String
    /// Milliseconds.
    let now: Int64

    func sign(claims: Value, headers: Value, key: Value, algorithm: Value, ttl: Value) throws -> Value {
        let algorithm = try self.algorithm(algorithm, JWSAlgorithm.self)
        let key = try key.tokenKey(for: user, isSecret: algorithm.takesSecret)
        let payload = try TokenClaims.payload(claims, ttl: ttl, now: now, user)
        let headers = try header(headers)
        return .text(try translating { try JWS.sign(payload, header: headers, algorithm: algorithm, key: key) })
    }

    func verify(token: Value, expected: Value, key: Value, algorithm: Value, drift: Value) throws -> Value {
        let algorithm = try self.algorithm(algorithm, JWSAlgorithm.self)
        let key = try key.tokenKey(for: user, isSecret: algorithm.takesSecret)
        let token = try text(token)
        let payload = try translating { try JWS.verify(token, algorithm: algorithm, key: key).payload }
        return try TokenClaims.read(payload, expected: expected, drift: drift, now: now, user)
    }

    func encrypt(
        claims: Value, headers: Value, key: Value, algorithm: Value, content: Value, ttl: Value
    ) throws -> Value {
        let algorithm = try self.algorithm(algorithm, JWEKeyAlgorithm.self)
        let content = try self.algorithm(content, JWEContentAlgorithm.self)
        let key = try key.tokenKey(for: user, isSecret: algorithm.takesSecret)
        let payload = try TokenClaims.payload(claims, ttl: ttl, now: now, user)
        let headers = try header(headers)
        return .text(
            try translating {
                try JWE.encrypt(payload, header: headers, algorithm: algorithm, content: content, key: key)
            })
    }

    func decrypt(
        token: Value, expected: Value, key: Value, algorithm: Value, content: Value, drift: Value
    ) throws -> Value {
        let algorithm = try self.algorithm(algorithm, JWEKeyAlgorithm.self)
        let content = try self.algorithm(content, JWEContentAlgorithm.self)
        let key = try key.tokenKey(for: user, isSecret: algorithm.takesSecret)
        let token = try text(token)
        let payload = try translating { try JWE.decrypt(token, algorithm: algorithm, content: content, key: key).text }
        return try TokenClaims.read(payload, expected: expected, drift: drift, now: now, user)
    }

    private func algorithm<Algorithm: RawRepresentable & CaseIterable>(
        _ value: Value, _: Algorithm.Type
    ) throws -> Algorithm where Algorithm.RawValue == String {
        if case .text(let name) = value, let algorithm = Algorithm(rawValue: name.string) { return algorithm }
        let names = Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
        throw StackError.mistake("\(user) has no such algorithm; it has \(names)")
    }

    private func header(_ value: Value) throws -> Object {
        value == "" ? [:] : try value.object(for: "the headers of \(user)")
    }

    private func text(_ token: Value) throws -> String {
        guard case .text(let text) = token else { throw TokenClaims.refusal("There is no token") }
        return text.string
    }

    /// A token that is not good is its bringer's fault, anything else the stack's.
    private func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as JOSEError {
            switch error {
            case .malformed, .algorithm, .extensionDemanded, .signature, .decryption:
                throw TokenClaims.refusal("Invalid token: \(error)")
            case .key, .cryptography: throw StackError.mistake("\(user): \(error)")
            }
        }
    }
}

extension JWSAlgorithm {
    var takesSecret: Bool { [.hs256, .hs384, .hs512].contains(self) }
}

extension JWEKeyAlgorithm {
    var takesSecret: Bool { !rawValue.hasPrefix("RSA") && !rawValue.hasPrefix("ECDH") }

    /// Whether it makes its key slowly.
    static func isSlow(_ name: String) -> Bool { name.hasPrefix("PBES2") }
}
