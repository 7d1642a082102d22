internal import Cryptography

/// The parts of one request that a template's words stand for.
struct SignedParts: Sendable {
    var method: String
    var uri: [UInt8]
    var body: [UInt8]
    var origin: String
    var timestamp: [UInt8] = []
    var id: [UInt8] = []
    /// Values of the template's `{header:…}` words, each header once.
    var headers: [(name: String, value: [UInt8])] = []
    /// What the template's derived words stand for, in their order.
    var derived: [[UInt8]] = []

    private var pathEnd: Int { uri.firstIndex(of: UInt8(ascii: "?")) ?? uri.count }

    /// Lends the signed bytes piece by piece, without a copy of the body.
    func forEachPiece<Failure: Error>(
        of template: SignedTemplate, secret: [UInt8] = [], _ take: (Span<UInt8>) throws(Failure) -> Void
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
            case .secret: try take(secret.span)
            case .derived(let index):
                let bytes = derived[index]
                try take(bytes.span)
            }
        }
    }
}

extension SignedParts {
    /// The signed bytes in one piece.
    func bytes(of template: SignedTemplate) -> [UInt8] {
        if template.segments == [.body] { return body }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count + 256)
        for segment in template.segments {
            switch segment {
            case .literal(let literal): bytes += literal
            case .body: bytes += body
            case .timestamp: bytes += timestamp
            case .id: bytes += id
            case .method: bytes += method.utf8
            case .url: bytes += Array(origin.utf8) + uri
            case .path: bytes += uri[..<pathEnd]
            case .query: bytes += uri[min(pathEnd + 1, uri.count)...]
            case .header(let name):
                bytes += headers.first { HeaderName.areEqual($0.name, name) }?.value ?? []
            case .secret: break
            case .derived(let index): bytes += derived[index]
            }
        }
        return bytes
    }

    /// Works out the derived words of a template.
    mutating func derive(
        _ form: SignatureForm, _ request: some SignedRequest, _ contents: RequestContents
    ) throws(Refusal) {
        for word in form.template.derived {
            derived.append(try value(of: word, form, request, contents))
        }
    }

    private func value(
        of word: DerivedWord, _ form: SignatureForm, _ request: some SignedRequest, _ contents: RequestContents
    ) throws(Refusal) -> [UInt8] {
        switch word {
        case .json(let pointer): return try contents.text(pointer)
        case .form(let name): return try contents.field(name)
        case .sortedForm:
            guard !contents.form.fields.isEmpty else {
                throw Refusal(.uncoveredBody(remedy: "it is called a form, but has no fields"))
            }
            guard !contents.hasFiles else { throw Refusal(.uncoveredBody(remedy: "it holds files")) }
            return contents.form.sortedFields.joined
        case .checksum(let checksum):
            do throws(CryptographyError) {
                return try checksum.text(of: body)
            } catch {
                throw Refusal(error)
            }
        case .decodedURL: return Array(origin.utf8) + EscapedAddress.decodedForHubSpot(uri)
        case .escapedPath: return EscapedAddress.escapedForContentful(uri)
        case .canonicalHeaders: return try form.canonicalHeaders?.text(of: request) ?? []
        }
    }

    /// The parts with the address as its owner may have written it before it was escaped for the way; nil where no
    /// word asks for it, or that is no other address.
    func withUnescapedAddress(_ template: SignedTemplate) -> SignedParts? {
        guard let index = template.derived.firstIndex(of: .escapedPath) else { return nil }
        let unescaped = EscapedAddress.unescaped(uri)
        guard unescaped != uri else { return nil }
        var parts = self
        parts.derived[index] = EscapedAddress.escapedForContentful(unescaped)
        return parts
    }
}
