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
    }

    let segments: [Segment]

    static let words = ["body", "timestamp", "id", "url", "method", "path", "query", "header:NAME"]
    private static let maximumSegments = 32

    init(_ text: String) throws(SettingProblem) {
        var segments: [Segment] = []
        var literal: [UInt8] = []
        var rest = text[...].utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                    throw Self.problem("has a { in signed= that no } closes", remedy: "close it: {body}")
                }
                if !literal.isEmpty { segments.append(.literal(literal)) }
                literal = []
                segments.append(try Self.word(String(Substring(rest[..<end]))))
                rest = rest[rest.index(after: end)...]
            case UInt8(ascii: "}"):
                throw Self.problem("has a } in signed= that closes nothing", remedy: "write words as {body}")
            default:
                literal.append(byte)
            }
        }
        if !literal.isEmpty { segments.append(.literal(literal)) }
        guard segments.count <= Self.maximumSegments else {
            throw Self.problem("has more than \(Self.maximumSegments) parts in signed=", remedy: "shorten it")
        }
        self.segments = segments
    }

    private static func word(_ name: String) throws(SettingProblem) -> Segment {
        switch name {
        case "body": return .body
        case "timestamp": return .timestamp
        case "id": return .id
        case "url": return .url
        case "method": return .method
        case "path": return .path
        case "query": return .query
        default:
            if name.hasPrefix("header:") {
                let header = String(name.dropFirst("header:".count))
                guard HeaderName.isValid(header) else {
                    throw problem(
                        "has {header:…} in signed= with what is no header name", remedy: "write {header:X-Name}")
                }
                return .header(header)
            }
            let shown = Printable.name(name, otherwise: "a word in braces")
            throw problem(
                "has \(shown) in signed=, which is not known",
                remedy: NearestName.of(name, among: words).map { "did you mean {\($0)}?" }
                    ?? "the words are " + words.map { "{\($0)}" }.joined(separator: ", "))
        }
    }

    private static func problem(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.verify, .badValue, problem, remedy: remedy)
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
            if case .literal = segment { false } else { true }
        }
    }

    /// Whether two parts of variable length follow each other with nothing between, so that bytes can be moved
    /// from one to the other under the same signature.
    var hasMovableBoundary: Bool {
        zip(segments, segments.dropFirst()).contains { Self.varies($0) && Self.varies($1) }
    }

    // A timestamp has as many digits as its time, which the replay window holds.
    private static func varies(_ segment: Segment) -> Bool {
        switch segment {
        case .literal, .timestamp: false
        default: true
        }
    }
}
