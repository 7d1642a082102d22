internal import Values

extension RequestField {
    /// The text or the whole number that a verified request has there, nil if it has none.
    ///
    /// - Parameters:
    ///   - header: the value of the header, if it is one.
    ///   - json: the body, if it was read as JSON; else no more of it is read than has to be.
    func value(in request: some SignedRequest, header: [UInt8]?, json: Value?) -> [UInt8]? {
        switch self {
        case .header: return header
        case .json(let pointer): return Self.bytes(Self.value(at: pointer, in: request, json))
        case .form(let name, let pointer):
            guard let contents = try? RequestContents(request, readsForm: true, document: nil),
                let field = try? contents.field(name)
            else { return nil }
            guard let pointer else { return field }
            return EventIdentity.json(field).flatMap { Self.bytes(pointer.value(in: $0)) }
        }
    }

    static func value(at pointer: JSONPointer, in request: some SignedRequest, _ json: Value?) -> Value? {
        if let json { return pointer.value(in: json) }
        return JSON.value(at: pointer, in: request.body.span)
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
