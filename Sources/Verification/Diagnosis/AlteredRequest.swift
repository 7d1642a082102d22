internal import Values

/// A request of which something may be changed.
struct AlteredRequest: SignedRequest {
    private let original: any SignedRequest
    private var headers: [(name: String, values: [[UInt8]])] = []
    var uri: [UInt8]
    var body: [UInt8]

    init(_ original: any SignedRequest) {
        self.original = original
        uri = original.uri
        body = original.body
    }

    var method: String { original.method }
    var headerNames: [String] { original.headerNames }

    func values(ofHeader name: String) -> [[UInt8]] {
        headers.last { HeaderName.areEqual($0.name, name) }?.values ?? original.values(ofHeader: name)
    }

    mutating func set(_ name: String, _ value: [UInt8]) { headers.append((name, [value])) }

    /// The value of a header that came once.
    func value(ofHeader name: String) -> [UInt8]? {
        let values = values(ofHeader: name)
        return values.count == 1 ? values.first : nil
    }

    /// The same as text; nil where it is none.
    func text(ofHeader name: String) -> String? {
        value(ofHeader: name).flatMap { String(validating: $0, as: UTF8.self) }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(uri)
        body.span.hash(into: &hasher)
        for header in headers {
            hasher.combine(header.name)
            hasher.combine(header.values)
        }
    }
}

extension AlteredRequest {
    var contentType: String {
        let type = text(ofHeader: "Content-Type") ?? ""
        return type.prefix { $0 != ";" && $0 != " " }.lowercased()
    }
}
