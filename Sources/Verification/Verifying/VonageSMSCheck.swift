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
    /// Of the HMACs.
    private let keys: HMACKeys?
    private let window: ReplayWindow

    static let signature = "sig"
    static let timestamp = "timestamp"
    static let rule = SignedTimestamp(place: nil, unit: .seconds)

    init(_ algorithm: Algorithm, _ secrets: SecretSet, tolerance: Int64) throws(SettingProblem) {
        self.algorithm = algorithm
        self.secrets = secrets.secrets
        window = ReplayWindow(tolerance: tolerance)
        keys = algorithm == .md5hash ? nil : try HMACKeys(algorithm.digest, KeyRule(), secrets)
        guard (try? algorithm.digest.digest(of: [])) != nil else {
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
        try parameters.checkNames()
        guard let matched = try match(offered, parameters) else {
            throw Refusal(.wrongSignature(signatures: 1, secrets: secrets.count))
        }
        try window.check(moment, at: time)
        return Proof(secretIndex: matched, timestamp: moment.milliseconds)
    }

    private func match(_ offered: [UInt8], _ parameters: Parameters) throws(Refusal) -> Int? {
        do throws(CryptographyError) {
            if let keys {
                return try keys.match([offered]) { stream throws(CryptographyError) in
                    try parameters.forEachPiece { piece throws(CryptographyError) in try stream.update(piece) }
                }
            }
            var matched: Int?
            for (index, secret) in secrets.enumerated() {
                let digest = try Self.digest(parameters, secret)
                let isEqual = digest.withBytes { ConstantTime.areEqual($0, offered.span) }
                if isEqual, matched == nil { matched = index }
            }
            return matched
        } catch {
            throw Refusal(error)
        }
    }

    /// The digest with the secret at the end.
    private static func digest(_ parameters: Parameters, _ secret: Secret) throws(CryptographyError) -> Digest {
        var stream = try DigestStream(.md5)
        try parameters.forEachPiece { piece throws(CryptographyError) in try stream.update(piece) }
        try stream.update(secret.bytes.span)
        return try stream.finish()
    }

    /// The signature of parameters, as a sender makes it.
    static func digest(
        _ algorithm: Algorithm, _ parameters: Parameters, _ secret: Secret
    ) throws(CryptographyError) -> Digest {
        if algorithm == .md5hash { return try digest(parameters, secret) }
        var stream = try HMACStream(HMACKey(algorithm.digest, key: secret.bytes))
        try parameters.forEachPiece { piece throws(CryptographyError) in try stream.update(piece) }
        return try stream.finish()
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

        /// A name with such a mark could stand for several parameters under the same signature.
        func checkNames() throws(Refusal) {
            for field in sorted {
                let name = form.text.span.extracting(field.name)
                guard name.end(before: Self.marks, from: 0) == name.count else {
                    throw Refusal(.malformed(.body, expected: "names without & and ="))
                }
            }
        }

        /// Lends what is signed piece by piece.
        func forEachPiece<Failure: Error>(_ take: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
            let bytes = form.text
            for field in sorted where !bytes.span.hasBytes(Self.signature, in: field.name) {
                try take(Self.ampersand.span)
                try take(bytes.span.extracting(field.name))
                try take(Self.equals.span)
                let value = bytes.span.extracting(field.value)
                guard value.end(before: Self.marks, from: 0) < value.count else {
                    try take(value)
                    continue
                }
                let replaced = value.copied().map { byte in
                    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "=") ? UInt8(ascii: "_") : byte
                }
                try take(replaced.span)
            }
        }

        private static let signature = Array(VonageSMSCheck.signature.utf8)
        private static let ampersand = [UInt8(ascii: "&")]
        private static let equals = [UInt8(ascii: "=")]
        private static let marks = ByteMarks(UInt8(ascii: "&"), UInt8(ascii: "="))

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
