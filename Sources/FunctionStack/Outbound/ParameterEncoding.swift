import Values

/// The parameters of a request as its body has them, by the content type that its stack set.
struct ParameterEncoding {
    private let parameters: Value
    private let type: Text?
    private let limit: Int

    init(_ parameters: Value, type: Text?, limit: Int) {
        self.parameters = parameters
        self.type = type
        self.limit = limit
    }

    /// The body, and the content type to send with it.
    func encoded(randomBytes: (Int) -> [UInt8]) throws -> (body: [UInt8], type: Text) {
        let media = type.flatMap { MediaType($0.string) }
        if case .text(let text) = parameters { return (text.bytes, type ?? Self.type(of: text)) }
        switch (media?.type, media?.subtype) {
        case ("application", "x-www-form-urlencoded"):
            return (try FormEncoding(limit: limit).encode(parameters).bytes, type ?? "")
        case ("multipart", "form-data"):
            return try multipart(boundary: media?["boundary"], randomBytes: randomBytes)
        default:
            var body: [UInt8] = []
            do throws(JSONSizeError) {
                try JSON.append(parameters, to: &body, limit: limit)
            } catch {
                throw StackError.tooLargeToSend(limit)
            }
            return (body, type ?? "application/json")
        }
    }

    private static func type(of text: Text) -> Text {
        (try? JSON.parse(text)) == nil ? "text/plain; charset=utf-8" : "application/json"
    }

    private func multipart(boundary: String?, randomBytes: (Int) -> [UInt8]) throws -> (body: [UInt8], type: Text) {
        let own = "postern-" + randomBytes(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        var given = boundary
        // RFC 2046, section 5.1.1, as far as it needs no quotes.
        if given?.utf8.count ?? 0 > 70 || given?.utf8.allSatisfy(\.isTokenCharacter) != true { given = nil }
        let boundary = given ?? own
        var encoding = MultipartEncoding(boundary: boundary, limit: limit)
        try encoding.append(parameters)
        return (encoding.finished(), given == nil ? Text("multipart/form-data; boundary=\(boundary)") : type ?? "")
    }
}
