import Values

/// Which bytes a sender signs: literal text and words in braces, parsed once.
struct SignedTemplate: Sendable, Equatable {
    enum Segment: Sendable, Equatable {
        case literal([UInt8])
        /// The raw body.
        case body
        /// The timestamp as the request writes it.
        case timestamp
        /// The value of the header that `id-header` names.
        case id
        /// `POSTERN_URL` and the request's path and query.
        case url
        case method
        /// Path without the query, as it came.
        case path
        /// Query without `?`, as it came.
        case query
        /// Value of a header.
        case header(String)
        /// The secret itself, in a plain digest.
        case secret
        /// What has to be worked out first: the position in `derived`.
        case derived(Int)
    }

    let segments: [Segment]
    /// The words that have to be worked out for each request, each once.
    let derived: [DerivedWord]

    private static let maximumSegments = 32

    /// - Parameter constants: words that stand for the same text in each request, by name.
    init(_ text: String, constants: [String: String] = [:]) throws(SettingProblem) {
        var reader = TemplateReader(constants: constants)
        var rest = text[...].utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                    throw TemplateReader.problem("has a { in signed= that no } closes", remedy: "close it: {body}")
                }
                try reader.read(word: String(Substring(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            case UInt8(ascii: "}"):
                throw TemplateReader.problem("has a } in signed= that closes nothing", remedy: "write words as {body}")
            default:
                reader.literal.append(byte)
            }
        }
        reader.endLiteral()
        guard reader.segments.count <= Self.maximumSegments else {
            throw TemplateReader.problem(
                "has more than \(Self.maximumSegments) parts in signed=", remedy: "shorten it")
        }
        segments = reader.segments
        derived = reader.derived
    }
}

extension SignedTemplate {
    func contains(_ segment: Segment) -> Bool { segments.contains(segment) }

    /// Whether the value of a header is among the signed bytes as a word of its own.
    func coversHeader(_ name: String) -> Bool {
        segments.contains { segment in
            guard case .header(let header) = segment else { return false }
            return HeaderName.areEqual(header, name)
        }
    }

    /// The headers that words name, each once.
    var headers: [String] {
        var names: [String] = []
        for case .header(let name) in segments where !names.contains(where: { HeaderName.areEqual($0, name) }) {
            names.append(name)
        }
        return names
    }

    /// Whether anything of the request is signed.
    var readsRequest: Bool {
        segments.contains { segment in
            switch segment {
            case .literal, .secret: false
            default: true
            }
        }
    }

    /// Whether a word stands for a part of the request's address.
    var readsURI: Bool {
        segments.contains { segment in
            switch segment {
            case .url, .path, .query: true
            default: false
            }
        } || derived.contains(where: \.readsURI)
    }

    /// Whether the query is among the signed bytes.
    var readsQuery: Bool {
        contains(.url) || contains(.query) || derived.contains(where: \.readsURI)
    }

    /// Whether a word stands for the address as the sender sees it.
    var readsOrigin: Bool { contains(.url) || derived.contains(.decodedURL) }

    /// Whether two parts of variable length follow each other with nothing between, so that bytes can be moved
    /// from one to the other under the same signature.
    var hasMovableBoundary: Bool {
        zip(segments, segments.dropFirst()).contains { varies($0) && varies($1) } || derived.contains(.sortedForm)
    }

    // A timestamp has as many digits as its time, which the replay window holds; one in the form of RFC 3339 shows
    // where it begins and ends. The secret is the same each time.
    private func varies(_ segment: Segment) -> Bool {
        switch segment {
        case .literal, .timestamp, .secret: false
        case .derived(let index): derived[index].varies
        default: true
        }
    }
}
