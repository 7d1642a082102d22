internal import Cryptography
internal import Values

/// Judges Vonage's (once Nexmo's) signed SMS callbacks: the parameter `sig` is a digest over the other parameters
/// sorted by name, each `&name=value`, `&` and `=` in a value replaced by `_`. By the account's setting it is an HMAC,
/// or the MD5 digest with the secret at the end. The parameters stand in the query of a `GET`, else in form or JSON.
///
/// Source: vonage 3.19.0, vonage/client.py.
final class VonageSMSCheck: Sendable {
    enum Algorithm: String, CaseIterable, Sendable {
        /// Not an HMAC.
        case md5hash
        case md5
        case sha1
        case sha256
        case sha512

        var digest: DigestAlgorithm {
            switch self {
            case .md5hash, .md5: .md5
            case .sha1: .sha1
            case .sha256: .sha256
            case .sha512: .sha512
            }
        }
    }

    private let algorithm: Algorithm
    private let secrets: [Secret]
    private let window: ReplayWindow

    static let signature = "sig"
    static let timestamp = "timestamp"
    static let rule = SignedTimestamp(place: nil, unit: .seconds)

    init(_ algorithm: Algorithm, _ secrets: SecretSet, tolerance: Int64) throws(SettingProblem) {
        self.algorithm = algorithm
        self.secrets = secrets.secrets
        window = ReplayWindow(tolerance: tolerance)
        guard (try? Self.digest(algorithm, [], [])) != nil else {
            throw SettingProblem(
                .verify, .badValue, "needs an algorithm that this host does not have",
                remedy: "see the providers in the host's openssl.cnf")
        }
    }

    func prove(_ request: some SignedRequest, at time: Int64) throws(Refusal) -> Proof {
        let parameters = try Parameters(request)
        let text = try parameters.value(Self.signature)
        guard let offered = SignatureEncoding.hexAny.decode(text.span), offered.count == algorithm.digest.byteCount
        else {
            let expected = "\(algorithm.digest.byteCount) bytes in hexadecimal"
            throw Refusal(.malformed(parameters.carrier(Self.signature), expected: expected))
        }
        guard let moment = Self.rule.moment(try parameters.value(Self.timestamp)) else {
            throw Refusal(.malformed(parameters.carrier(Self.timestamp), expected: Self.rule.expected))
        }
        guard let matched = try match(offered, parameters.signedText()) else {
            throw Refusal(.wrongSignature(signatures: 1, secrets: secrets.count))
        }
        try window.check(moment, at: time)
        return Proof(secretIndex: matched, timestamp: moment.milliseconds)
    }

    private func match(_ offered: [UInt8], _ signed: [UInt8]) throws(Refusal) -> Int? {
        var matched: Int?
        do throws(CryptographyError) {
            for (index, secret) in secrets.enumerated() {
                let digest = try Self.digest(algorithm, signed, secret.bytes)
                let isEqual = digest.withBytes { ConstantTime.areEqual($0, offered.span) }
                if isEqual, matched == nil { matched = index }
            }
        } catch {
            throw Refusal(error)
        }
        return matched
    }

    static func digest(
        _ algorithm: Algorithm, _ signed: [UInt8], _ secret: [UInt8]
    ) throws(CryptographyError) -> Digest {
        if algorithm == .md5hash { return try DigestAlgorithm.md5.digest(of: signed + secret) }
        return try algorithm.digest.hmac(of: signed, key: secret)
    }
}

extension VonageSMSCheck {
    /// The parameters of a request, each once.
    struct Parameters {
        private enum Place { case query, form, json }

        private let form: QueryString
        private let sorted: [QueryString.Field]
        private let place: Place

        init(_ request: some SignedRequest) throws(Refusal) {
            if request.method == "GET" {
                guard request.body.isEmpty else {
                    throw Refusal(.uncoveredBody(remedy: "a GET brings its parameters in the query"))
                }
                form = try QueryString(of: request.uri)
                place = .query
            } else if TwilioCheck.isForm(request) {
                form = try QueryString(request.body.span, from: .body)
                place = .form
            } else {
                form = QueryString(try Self.members(of: RequestContents.parse(request.body, .body)))
                place = .json
            }
            sorted = form.sorted
            for (field, next) in zip(sorted, sorted.dropFirst()) where form.isSame(field.name, next.name) {
                throw Refusal(.malformed(place == .query ? .uri : .body, expected: "each parameter once"))
            }
        }

        func carrier(_ name: String) -> Carrier {
            switch place {
            case .query: .query(name)
            case .form: .field(name)
            case .json: .json("/" + name)
            }
        }

        func value(_ name: String) throws(Refusal) -> [UInt8] {
            guard let value = form.values(of: name).first else {
                throw Refusal(.missing(carrier(name)))
            }
            guard !value.isEmpty else { throw Refusal(.empty(carrier(name))) }
            return value
        }

        func signedText() throws(Refusal) -> [UInt8] {
            let signature = Array(VonageSMSCheck.signature.utf8)
            let bytes = form.text
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + 2 * sorted.count)
            for field in sorted where !bytes.span.hasBytes(signature, in: field.name) {
                text.append(UInt8(ascii: "&"))
                let name = text.count
                text.append(bytes.span, field.name)
                // Such a name could stand for several parameters under the same signature.
                for index in name..<text.count where Self.isMark(text[index]) {
                    throw Refusal(.malformed(.body, expected: "names without & and ="))
                }
                text.append(UInt8(ascii: "="))
                let value = text.count
                text.append(bytes.span, field.value)
                for index in value..<text.count where Self.isMark(text[index]) { text[index] = UInt8(ascii: "_") }
            }
            return text
        }

        private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "&") || byte == UInt8(ascii: "=") }

        private static func members(of document: Value) throws(Refusal) -> [QueryString.Pair] {
            guard case .object(let object) = document else {
                throw Refusal(.malformed(.body, expected: "a JSON object"))
            }
            var members: [QueryString.Pair] = []
            for (name, value) in object {
                guard members.count < QueryString.maximumPairs else {
                    throw Refusal(.tooMany(.body, what: "fields", limit: QueryString.maximumPairs))
                }
                switch value {
                case .text(let text): members.append(.init(name: name.bytes, value: text.bytes))
                case .integer: members.append(.init(name: name.bytes, value: JSON.print(value)))
                default: throw Refusal(.malformed(.body, expected: "parameters that are text or whole numbers"))
                }
            }
            return members
        }
    }
}
