internal import Cryptography
internal import Values

/// What makes two deliveries of one location the same event, worked out once from its settings.
///
/// Swallowing a real event is worse than running one twice: whatever is missing, empty, composite or not exact is
/// no identity.
final class EventIdentity: Sendable {
    enum Plan: Sendable, Equatable {
        case off
        case body
        /// The digest of the signed bytes.
        case signed
        /// A field, alone if the signature covers it, else with the digest of the body. If the request has none, the
        /// digest of the signed bytes, where that may stand in.
        case field(RequestField, isCovered: Bool, orSigned: Bool)
    }

    /// The values of the headers that hold ids.
    struct Headers: Sendable {
        var delivery: [UInt8]?
        var dedupe: [UInt8]?
    }

    let plan: Plan
    private let deliveryField: RequestField?

    private static let maximumByteCount = 255

    init(_ rule: VerificationRule, _ dedupe: DedupeRule) {
        deliveryField = rule.profile?.identifiesEvents == true ? rule.profile?.idField : nil
        let mayUseSigned = rule.scheme.hasSignedDigest
        switch dedupe {
        case .off: plan = .off
        case .body: plan = .body
        case .field(let field):
            plan = .field(field, isCovered: rule.scheme.covers(field), orSigned: false)
        case .automatic:
            if let field = deliveryField {
                plan = .field(field, isCovered: rule.scheme.covers(field), orSigned: mayUseSigned)
            } else {
                plan = mayUseSigned ? .signed : .off
            }
        }
    }

    /// Whether an id stands in a form.
    var readsForm: Bool {
        if case .field(let field, _, _) = plan, field.readsForm { return true }
        return deliveryField?.readsForm == true
    }

    /// The headers that hold ids.
    ///
    /// - Throws: `Refusal` if one came more than once, or empty.
    func headers(of request: some SignedRequest) throws(Refusal) -> Headers {
        var headers = Headers()
        if case .header(let name)? = deliveryField {
            headers.delivery = try Carrier.header(name).optionalValue(in: request)
        }
        if case .field(.header(let name), _, _) = plan {
            headers.dedupe =
                .header(name) == deliveryField ? headers.delivery : try Carrier.header(name).optionalValue(in: request)
        }
        return headers
    }

    func deliveryID(_ request: some SignedRequest, _ headers: Headers, _ json: Value?) -> Text? {
        Self.id(deliveryField, request, headers.delivery, json).map { Text(bytes: $0) }
    }

    /// - Parameter signedDigest: gives the digest of the signed bytes, which is made only if it is needed.
    func key(
        _ request: some SignedRequest, _ headers: Headers, _ json: Value?,
        signedDigest: () throws(CryptographyError) -> Digest?
    ) throws(CryptographyError) -> DedupeKey? {
        switch plan {
        case .off:
            return nil
        case .body:
            return DedupeKey(kind: "body", value: try Self.digest(request).bytes)
        case .signed:
            return try signedDigest().map { DedupeKey(kind: "signed", value: $0.bytes) }
        case .field(let field, let isCovered, let orSigned):
            guard let id = Self.id(field, request, headers.dedupe, json) else {
                return orSigned ? try signedDigest().map { DedupeKey(kind: "signed", value: $0.bytes) } : nil
            }
            if isCovered { return DedupeKey(kind: field.text, value: id) }
            // The digest has a fixed length, so the end of the id is where it begins.
            let digest = try Self.digest(request)
            return DedupeKey(kind: field.text + "+body", value: id + digest.bytes)
        }
    }

    /// Of the body; of a request that has none, such as a `GET`, all that it says stands in its address.
    private static func digest(_ request: some SignedRequest) throws(CryptographyError) -> Digest {
        try DigestAlgorithm.sha256.digest(of: request.body.isEmpty ? request.uri : request.body)
    }

    /// The body as JSON, if it is an object or an array.
    ///
    /// - Parameter members: those of the object that are wanted; nil for all.
    static func json(_ body: [UInt8], members: [Text]? = nil) -> Value? {
        let first = body.first { $0 != UInt8(ascii: " ") && !(9...13).contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        guard let members else { return try? JSON.parse(body) }
        return try? JSON.parse(body.span, members: members)
    }

    /// Text or an integer of reasonable length.
    private static func id(
        _ field: RequestField?, _ request: some SignedRequest, _ header: [UInt8]?, _ json: Value?
    ) -> [UInt8]? {
        guard let id = field?.value(in: request, header: header, json: json), !id.isEmpty, id.count <= maximumByteCount
        else { return nil }
        return id
    }

    var warnings: [String] {
        switch plan {
        case .field(let field, isCovered: false, _):
            [
                "the id in \(field.text) is not signed: somebody who has recorded a request can send it again under "
                    + "another id, and it is taken for a new event"
            ]
        default: []
        }
    }
}
