internal import Values

extension RequestField {
    /// The text or the whole number that a verified request has there, nil if it has none.
    ///
    /// - Parameters:
    ///   - header: the value of the header, if it is one.
    ///   - json: the body, if it was read as JSON.
    func value(in request: some SignedRequest, header: [UInt8]?, json: Value?) -> [UInt8]? {
        switch self {
        case .header: return header
        case .json(let pointer): return json.flatMap { Self.bytes(pointer.value(in: $0)) }
        case .form(let name, let pointer):
            guard let contents = try? RequestContents(request, readsForm: true, document: nil),
                let field = try? contents.field(name)
            else { return nil }
            guard let pointer else { return field }
            return EventIdentity.json(field).flatMap { Self.bytes(pointer.value(in: $0)) }
        }
    }

    /// A decimal may be an integer that was too long to be kept exactly.
    private static func bytes(_ value: Value?) -> [UInt8]? {
        switch value {
        case .text(let text)?: text.bytes
        case .integer(let number)?: Array(String(number).utf8)
        default: nil
        }
    }
}
