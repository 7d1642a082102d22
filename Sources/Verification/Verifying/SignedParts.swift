/// The parts of one request that a template's words stand for.
struct SignedParts {
    var method: String
    var uri: [UInt8]
    var body: [UInt8]
    var origin: String
    var timestamp: [UInt8]
    var id: [UInt8]
    /// Values of the template's `{header:…}` words, each header once.
    var headers: [(name: String, value: [UInt8])]

    private var pathEnd: Int { uri.firstIndex(of: UInt8(ascii: "?")) ?? uri.count }

    /// Lends the signed bytes piece by piece, without a copy of the body.
    func forEachPiece<Failure: Error>(
        of template: SignedTemplate, _ take: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        for segment in template.segments {
            switch segment {
            case .literal(let bytes): try take(bytes.span)
            case .body: try take(body.span)
            case .timestamp: try take(timestamp.span)
            case .id: try take(id.span)
            case .method: try take(method.utf8Span.span)
            case .url:
                try take(origin.utf8Span.span)
                try take(uri.span)
            case .path: try take(uri.span.extracting(first: pathEnd))
            case .query: try take(uri.span.extracting(droppingFirst: min(pathEnd + 1, uri.count)))
            case .header(let name):
                guard let header = headers.first(where: { HeaderName.areEqual($0.name, name) }) else { continue }
                try take(header.value.span)
            }
        }
    }
}
