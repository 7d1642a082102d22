internal import Cryptography
internal import Values

/// What a verified request says of its event, worked out when somebody asks: a request that is only passed on, or a look,
/// needs none of it.
struct EventFacts: Sendable {
    let identity: EventIdentity
    let ids: EventIdentity.Headers
    let typeField: RequestField?
    let check: SchemeCheck
    let proof: Proof
    let request: HeldRequest

    /// - Parameter json: the body, if it was read as JSON.
    func deliveryID(_ json: Value?) -> Text? { identity.deliveryID(request, ids, json) }

    func dedupeKey(_ json: Value?) -> DedupeKey? {
        // If libcrypto fails, nothing makes two deliveries one: running an event twice is better than swallowing one.
        try? identity.key(request, ids, json) { () throws(CryptographyError) in try check.signedDigest(proof) }
    }

    func eventType(_ json: Value?) -> Text? { Self.eventType(typeField, of: request, json) }

    static func eventType(_ field: RequestField?, of request: some SignedRequest, _ json: Value?) -> Text? {
        switch field {
        case .header(let name)?:
            let values = request.values(ofHeader: name)
            guard values.count == 1, let value = values.first, !value.isEmpty else { return nil }
            return Text(bytes: value)
        case .json(let pointer)?:
            guard case .text(let type)? = RequestField.value(at: pointer, in: request, json), !type.isEmpty else { return nil }
            return type
        case .form?:
            return field?.value(in: request, header: nil, json: nil).map { Text(bytes: $0) }
        case nil:
            return nil
        }
    }
}

/// What of a request is needed for what it says of its event.
struct HeldRequest: SignedRequest, Sendable {
    let method: String
    let uri: [UInt8]
    let body: [UInt8]
    private var headers: [(name: String, values: [[UInt8]])] = []

    init(_ request: some SignedRequest, headers names: [String]) {
        method = request.method
        uri = request.uri
        body = request.body
        for name in names { headers.append((name, request.values(ofHeader: name))) }
    }

    func values(ofHeader name: String) -> [[UInt8]] {
        headers.first { HeaderName.areEqual($0.name, name) }?.values ?? []
    }
}
