internal import Values

/// Other paths and queries that a request's may have been.
struct AddressForms {
    struct Variant {
        let mistake: Mistake
        /// As in `it matches …`.
        let what: String
        let uri: [UInt8]
    }

    private let request: AlteredRequest
    private let uri: [UInt8]
    private let path: [UInt8]
    /// With the `?`, or empty.
    private let query: [UInt8]

    private static let slash = UInt8(ascii: "/")
    private static let mark = UInt8(ascii: "?")

    /// Paths under which proxies like to put what they pass on.
    private static let prefixes = [
        "/api", "/webhook", "/webhooks", "/hooks", "/hook", "/v1", "/api/v1", "/callback", "/postern",
    ]

    init(_ request: AlteredRequest) {
        self.request = request
        uri = request.uri
        let end = uri.firstIndex(of: Self.mark) ?? uri.count
        path = Array(uri[..<end])
        query = Array(uri[end...])
    }

    var variants: [Variant] {
        var variants = named + paths + queries + escapes
        variants.removeAll { $0.uri == uri || $0.uri.first != Self.slash }
        return variants
    }

    /// What a proxy says of the address.
    private var named: [Variant] {
        var variants: [Variant] = []
        for name in [
            "X-Original-URI", "X-Original-URL", "X-Forwarded-URI", "X-Rewrite-URL", "X-Request-URI",
            "X-Envoy-Original-Path",
        ] {
            guard let value = request.value(ofHeader: name), value.first == Self.slash, value.count <= 8192 else {
                continue
            }
            let what = "with the path and query that \(name) names: a proxy passes on another address"
            variants.append(
                Variant(
                    mistake: value.contains(Self.mark) == query.isEmpty ? .addressQuery : .addressPath, what: what,
                    uri: value))
        }
        for name in ["X-Forwarded-Prefix", "X-Script-Name"] {
            guard let value = request.value(ofHeader: name), value.first == Self.slash, value.count <= 1024 else {
                continue
            }
            let prefix = value.last == Self.slash ? Array(value.dropLast()) : value
            variants.append(
                Variant(
                    mistake: .addressPath,
                    what:
                        "with the path behind \(Printable.address(String(decoding: prefix, as: UTF8.self))), which "
                        + "\(name) names: a proxy takes that off",
                    uri: prefix + uri))
        }
        return variants
    }

    private var paths: [Variant] {
        var variants: [Variant] = []
        let single = path.substituting("//", with: "/")
        if single != path { variants.append(path("with one / in place of two", single)) }
        if path.last == Self.slash, path.count > 1 {
            variants.append(
                path(
                    "without the / at the end of the path: enter the address at the sender as it is called",
                    path.dropLast()))
        } else {
            variants.append(
                path("with a / at the end of the path: a proxy or a redirect takes it off", path + [Self.slash]))
        }
        if path.count > 1, path.contains(where: { $0 != Self.slash }) {
            for prefix in Self.prefixes where !path.starts(with: prefix.utf8) {
                variants.append(
                    path("with \(prefix) before the path: a proxy takes that off", Array(prefix.utf8) + path))
            }
        }
        var rest = path[...]
        for _ in 0..<3 {
            guard let end = rest.dropFirst().firstIndex(of: Self.slash) else { break }
            rest = rest[end...]
            guard end > 1 else { continue }
            let added = String(decoding: path[..<end], as: UTF8.self)
            variants.append(
                path("without \(Printable.address(added)) at the start of the path: a proxy adds that", rest))
        }
        return variants
    }

    private func path(_ what: String, _ path: some Sequence<UInt8>) -> Variant {
        Variant(mistake: .addressPath, what: what, uri: Array(path) + query)
    }

    private var queries: [Variant] {
        guard !query.isEmpty else {
            return [
                Variant(
                    mistake: .addressQuery, what: "with a ? behind the path: something took it off",
                    uri: path + [Self.mark])
            ]
        }
        var variants = [
            Variant(
                mistake: .addressQuery,
                what: "without the query: the address was entered at the sender without it, or something adds it",
                uri: path)
        ]
        guard let pairs = try? QueryString(of: uri).pairs else { return variants }
        let sorted = pairs.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        for (pairs, order) in sorted == pairs ? [(pairs, "")] : [(pairs, ""), (sorted, ", sorted by name")] {
            for encoding in FormEncoding.usual {
                variants.append(
                    Variant(
                        mistake: .addressQuery,
                        what:
                            "with the query encoded anew, \(encoding.name)\(order): something decodes it and encodes "
                            + "it again",
                        uri: path + [Self.mark] + encoding.encode(pairs)))
            }
        }
        return variants
    }

    /// Escapes undone once, or made once more.
    private var escapes: [Variant] {
        var variants: [Variant] = []
        if uri.contains(UInt8(ascii: "%")) {
            let decoded = PercentEncoding.uri.decode(uri.span).bytes
            variants.append(
                Variant(
                    mistake: .addressPath,
                    what: "with the escapes in the address undone once: something escaped it twice", uri: decoded))
            variants.append(
                Variant(
                    mistake: .addressPath,
                    what: "with the escapes in the address made twice: something undid them once",
                    uri: uri.substituting("%", with: "%25")))
            let path = PercentEncoding.uri.decode(path.span).bytes
            variants.append(
                Variant(mistake: .addressPath, what: "with the escapes in the path undone", uri: path + query))
        }
        var escaped: [UInt8] = []
        let encoding = FormEncoding(name: "", kept: "-._~!$&'()*+,;=:@/%", space: "%20", isInCapitals: true)
        encoding.append(path, to: &escaped)
        variants.append(
            Variant(mistake: .addressPath, what: "with the path escaped: something undid that", uri: escaped + query))
        return variants
    }
}
