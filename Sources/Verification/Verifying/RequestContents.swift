internal import Values

/// What a scheme has to read of a body whose signature stands in it, or covers parts of it: the form's fields, and the
/// JSON document. Nothing of it is verified, so it goes through bounded parsers only, and nobody keeps it.
struct RequestContents {
    /// Those that are no files.
    private(set) var form = QueryString()
    private(set) var hasFiles = false
    private(set) var json: Value = .null

    /// - Parameter members: all of the document that is looked at, if it is an object; nil for everything.
    init(
        _ request: some SignedRequest, readsForm: Bool, document: JSONSource?, members: [Text]? = nil
    ) throws(Refusal) {
        if readsForm { try readForm(of: request) }
        switch document {
        case nil: break
        case .body?: json = try Self.parse(request.body, .body, members)
        case .form(let name)?: json = try Self.parse(field(name), .field(name), members)
        }
    }

    var fields: [QueryString.Pair] { form.pairs }

    /// The one value of a field.
    func field(_ name: String) throws(Refusal) -> [UInt8] { Array(form.text[try range(of: name)]) }

    /// Where the one value of a field lies in the form's text.
    func range(of name: String) throws(Refusal) -> Range<Int> {
        let carrier = Carrier.field(name)
        let ranges = form.ranges(of: name)
        guard let range = ranges.first else { throw Refusal(.missing(carrier)) }
        guard ranges.count == 1 else { throw Refusal(.repeated(carrier, count: ranges.count)) }
        guard !range.isEmpty else { throw Refusal(.empty(carrier)) }
        return range
    }

    /// The text at a place in the document, or a number, `true` or `false` as JSON writes it.
    func text(_ pointer: JSONPointer) throws(Refusal) -> [UInt8] {
        try Self.text(pointer, in: json)
    }

    static func text(_ pointer: JSONPointer, in document: Value) throws(Refusal) -> [UInt8] {
        try text(pointer.value(in: document), .json(pointer.text))
    }

    static func text(_ value: Value?, _ carrier: Carrier) throws(Refusal) -> [UInt8] {
        switch value {
        case nil, .null?: throw Refusal(.missing(carrier))
        case .text(let text)?:
            guard !text.isEmpty else { throw Refusal(.empty(carrier)) }
            return text.bytes
        case .array?, .object?: throw Refusal(.malformed(carrier, expected: "text or a number"))
        case let value?: return JSON.print(value)
        }
    }

    /// An object or an array; anything else holds no places.
    static func parse(_ bytes: [UInt8], _ carrier: Carrier, _ members: [Text]? = nil) throws(Refusal) -> Value {
        guard let value = EventIdentity.json(bytes, members: members) else { throw Refusal(.malformed(carrier, expected: "JSON")) }
        return value
    }

    private mutating func readForm(of request: some SignedRequest) throws(Refusal) {
        let carrier = Carrier.header("Content-Type")
        let type = String(decoding: try carrier.value(in: request), as: UTF8.self)
        switch MediaType(type).map({ "\($0.type)/\($0.subtype)" }) {
        case "application/x-www-form-urlencoded"?:
            form = try QueryString(request.body.span, from: .body)
        case "multipart/form-data"?:
            let body = request.body
            var pairs: [QueryString.Pair] = []
            do throws(MultipartError) {
                for part in try Multipart(body, contentType: type).parts {
                    // Files are large, and no scheme asks for one.
                    if part.filename != nil { hasFiles = true }
                    guard part.filename == nil else { continue }
                    pairs.append(QueryString.Pair(name: part.name.bytes, value: Array(body[part.range])))
                }
            } catch {
                throw Refusal(.malformed(.body, expected: "a form of several parts, as its Content-Type says"))
            }
            form = QueryString(pairs)
        default:
            throw Refusal(.malformed(carrier, expected: "a form's"))
        }
    }
}
