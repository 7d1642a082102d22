/// A part of the request that carries something that verification needs.
package enum Carrier: Sendable, Hashable {
    case header(String)
    /// A parameter of the query string.
    case query(String)
    /// A field of the form.
    case field(String)
    /// A place in the JSON document, as a JSON pointer.
    case json(String)
    /// An item of a list, by its tag.
    indirect case item(String, of: Carrier)
    /// A claim of a token.
    case claim(String)
    case uri
    case body
}

extension Carrier: CustomStringConvertible {
    package var description: String {
        switch self {
        case .header(let name): "header \(name)"
        case .query(let name): "query parameter \(name)"
        case .field(let name): "form field \(name)"
        case .json(let pointer): "\(pointer) in the JSON"
        case .item(let tag, let carrier): "item \(tag) of \(carrier)"
        case .claim(let name): "claim \(name) of the token"
        case .uri: "the request's address"
        case .body: "the body"
        }
    }
}

extension Carrier {
    /// The one value that is there.
    ///
    /// - Throws: `Refusal` if there is none, an empty one, or more than one: nobody can tell which of them counts.
    func value(in request: some SignedRequest) throws(Refusal) -> [UInt8] {
        guard let value = try optionalValue(in: request) else { throw Refusal(.missing(self)) }
        return value
    }

    /// The one value, or nil if there is none.
    func optionalValue(in request: some SignedRequest) throws(Refusal) -> [UInt8]? {
        let values: [[UInt8]]
        switch self {
        case .header(let name): values = request.values(ofHeader: name)
        case .query(let name): values = try QueryString(of: request.uri).values(of: name)
        case .field, .json, .item, .claim, .uri, .body: return nil
        }
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw Refusal(.repeated(self, count: values.count)) }
        guard !value.isEmpty else { throw Refusal(.empty(self)) }
        return value
    }
}
