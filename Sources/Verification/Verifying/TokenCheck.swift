import Cryptography

/// Judges requests by a secret that they bring along. Tokens are compared as their digests, so that neither the
/// contents nor the length of a secret shows in the time.
final class TokenCheck: Sendable {
    private enum Place: Sendable {
        case header(Carrier, prefix: [UInt8])
        case query(Carrier)
        case form(String)
        case json(JSONPlaces, of: JSONSource)
        /// `Authorization` with this scheme, the credentials as they are or decoded from base 64.
        case authorization(scheme: String, isBase64: Bool)
    }

    private let place: Place
    private let digests: [Digest]

    private static let authorization = Carrier.header("Authorization")
    private static let maximumByteCount = 4096

    init(_ scheme: TokenScheme, _ secrets: SecretSet) throws(SettingProblem) {
        place =
            switch scheme.place {
            case .header(let name, let prefix): .header(.header(name), prefix: prefix)
            case .query(let name): .query(.query(name))
            case .form(let name): .form(name)
            case .json(let places, let source): .json(places, of: source)
            case .bearer: .authorization(scheme: "bearer", isBase64: false)
            }
        digests = try Self.digests(secrets)
    }

    /// A text that stands in a parameter of the query string.
    init(query name: String, _ secrets: SecretSet) throws(SettingProblem) {
        place = .query(.query(name))
        digests = try Self.digests(secrets)
    }

    /// `user:password` (RFC 7617).
    init(basic secrets: SecretSet) throws(SettingProblem) {
        for secret in secrets.secrets {
            guard let colon = secret.bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
                throw secret.unusable("is not user:password", remedy: "write both with a colon between them")
            }
        }
        place = .authorization(scheme: "basic", isBase64: true)
        digests = try Self.digests(secrets)
    }

    private static func digests(_ secrets: SecretSet) throws(SettingProblem) -> [Digest] {
        var digests: [Digest] = []
        for secret in secrets.secrets {
            guard let digest = try? DigestAlgorithm.sha256.digest(of: secret.bytes) else {
                throw SettingProblem(
                    .verify, .badValue, "needs SHA-256, which libcrypto does not offer",
                    remedy: "see the providers in the host's openssl.cnf")
            }
            digests.append(digest)
        }
        return digests
    }

    func prove(_ request: some SignedRequest) throws(Refusal) -> Proof {
        let (carrier, tokens) = try tokens(of: request)
        // Which of the secrets each token is, in the order of the secrets: all of them have to be the same one.
        var isEqual = [Bool](repeating: true, count: digests.count)
        do throws(CryptographyError) {
            for token in tokens {
                let offered = try DigestAlgorithm.sha256.digest(of: token)
                for (index, digest) in digests.enumerated() where digest != offered { isEqual[index] = false }
            }
        } catch {
            throw Refusal(error)
        }
        guard let matched = isEqual.firstIndex(of: true) else {
            throw Refusal(.wrongToken(carrier, secrets: digests.count))
        }
        return Proof(secretIndex: matched)
    }

    private func tokens(of request: some SignedRequest) throws(Refusal) -> (Carrier, [[UInt8]]) {
        switch place {
        case .header(let carrier, let prefix):
            let value = try Self.value(carrier, request)
            guard value.starts(with: prefix) else {
                throw Refusal(
                    .malformed(carrier, expected: "\(String(decoding: prefix, as: UTF8.self)) before the token"))
            }
            guard value.count > prefix.count else { throw Refusal(.empty(carrier)) }
            return (carrier, [Array(value.dropFirst(prefix.count))])
        case .query(let carrier):
            return (carrier, [try Self.value(carrier, request)])
        case .form(let name):
            let contents = try RequestContents(request, readsForm: true, document: nil)
            return (.field(name), [try contents.field(name)])
        case .json(let places, let source):
            let contents = try RequestContents(request, readsForm: source != .body, document: source)
            return (places.carrier, try places.texts(in: contents.json))
        case .authorization(let scheme, let isBase64):
            return (Self.authorization, [try Self.credentials(scheme, isBase64: isBase64, request)])
        }
    }

    /// What follows the name of the scheme, which has no letter case (RFC 9110 section 11.1), and one space.
    private static func credentials(
        _ scheme: String, isBase64: Bool, _ request: some SignedRequest
    ) throws(Refusal) -> [UInt8] {
        let value = try value(authorization, request)
        let name = value.prefix(scheme.utf8.count).map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        let rest = value.dropFirst(scheme.utf8.count)
        guard name.elementsEqual(scheme.utf8), rest.first == UInt8(ascii: " ") else {
            throw Refusal(.malformed(authorization, expected: "\(scheme) and a space before the credentials"))
        }
        let credentials = Array(rest.dropFirst())
        guard !credentials.isEmpty else { throw Refusal(.empty(authorization)) }
        guard isBase64 else { return credentials }
        guard let decoded = Base64.standard.decode(credentials.span) else {
            throw Refusal(.malformed(authorization, expected: "user:password in padded base 64"))
        }
        return decoded
    }

    private static func value(_ carrier: Carrier, _ request: some SignedRequest) throws(Refusal) -> [UInt8] {
        let value = try carrier.value(in: request)
        guard value.count <= maximumByteCount else { throw Refusal(.tooLong(carrier, limit: maximumByteCount)) }
        return value
    }
}
