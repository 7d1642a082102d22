import Cryptography
import Values

extension Value {
    /// The key of a token: a JWK as an object or as its JSON, the same in base 64, a key in PEM; any other text is a
    /// secret by its bytes.
    ///
    /// - Parameter isSecret: whether the algorithm takes a secret
    func tokenKey(for user: String, isSecret: Bool) throws -> JSONWebKey {
        do {
            switch self {
            case .object(let object): return try JSONWebKey(object)
            case .text(let text): return try Self.key(text, user, isSecret: isSecret)
            case .null: throw JOSEError.key("it is null; is the variable of the environment set?")
            default: throw JOSEError.key("it is \(typeName)")
            }
        } catch {
            throw StackError.mistake("\(user): \(error)")
        }
    }

    private static func key(_ text: Text, _ user: String, isSecret: Bool) throws -> JSONWebKey {
        let trimmed = text.string.trimmedOfWhiteSpace
        guard !trimmed.isEmpty else { throw JOSEError.key("it is empty") }
        if trimmed.hasPrefix("{"), case .object(let object)? = try? JSON.parse(text), object.contains("kty") {
            return try JSONWebKey(object)
        }
        // What is public is no secret: with a public key as the secret anybody could sign.
        if trimmed.hasPrefix("-----BEGIN ") { return JSONWebKey(.asymmetric(try AsymmetricKey(pem: Array(trimmed.utf8)))) }
        if isSecret { return JSONWebKey(.secret(text.bytes)) }
        guard let bytes = Base64.standard.decode(trimmed), case .object(let object)? = try? JSON.parse(bytes) else {
            throw JOSEError.key("it is neither a JWK nor a key in PEM")
        }
        return try JSONWebKey(object)
    }
}

/// The `format` of the statements that make keys.
enum KeyFormat: String, CaseIterable, Sendable {
    /// The JWK as an object.
    case object
    /// A secret's bytes, or the JSON of the JWK, in base 64.
    case base64

    static let names = allCases.map(\.rawValue)

    static func read(_ value: Value, _ user: String) throws -> KeyFormat {
        guard value != .null, let format = KeyFormat(rawValue: value.text.string) else {
            throw StackError.mistake("\(user) has the formats \(names.joined(separator: ", "))")
        }
        return format
    }

    func value(of key: JSONWebKey) throws -> Value {
        switch (self, key.material) {
        case (.object, _): .object(try key.object())
        case (.base64, .secret(let bytes)): .text(Base64.standard.encode(bytes))
        case (.base64, .asymmetric): .text(Base64.standard.encode(JSON.print(.object(try key.object()))))
        }
    }
}
