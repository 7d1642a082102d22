import Values

/// An address cut at `?` and `#`, its arguments in the order and the spelling in which they stand.
struct Address {
    private var base: Text
    /// Nil without a `?`.
    private var query: Text?
    /// Nil without a `#`.
    private var fragment: Text?

    init(_ text: Text) {
        var rest = text
        if let hash = rest.firstIndex(of: "#") {
            fragment = rest.slice(hash + 1..<rest.byteCount)
            rest = rest.slice(0..<hash)
        }
        if let mark = rest.firstIndex(of: "?") {
            query = rest.slice(mark + 1..<rest.byteCount)
            rest = rest.slice(0..<mark)
        }
        base = rest
    }

    var text: Text {
        var text = base
        if let query {
            text.append("?")
            text.append(query)
        }
        if let fragment {
            text.append("#")
            text.append(fragment)
        }
        return text
    }

    /// Sets an argument: the first of its name gets the value, others of the name go; without one it is appended.
    mutating func addArgument(_ name: Text, _ value: Text) {
        var added = PercentEncoding.uri.encode(name)
        added.append("=")
        added.append(PercentEncoding.uri.encode(value))
        var isSet = false
        let kept = pairs.compactMap { pair -> Text? in
            guard Self.name(of: pair) == name else { return pair }
            defer { isSet = true }
            return isSet ? nil : added
        }
        setPairs(isSet ? kept : kept + [added])
    }

    mutating func removeArgument(_ name: Text) {
        setPairs(pairs.filter { Self.name(of: $0) != name })
    }

    /// The last value of a name, empty for one without `=`.
    func argument(_ name: Text) -> Text? {
        guard let pair = pairs.last(where: { Self.name(of: $0) == name }) else { return nil }
        let value = pair.firstIndex(of: "=").map { pair.slice($0 + 1..<pair.byteCount) } ?? Text()
        return PercentEncoding.form.decode(value)
    }

    /// What the address is made of, each part only if it is there, as PHP's `parse_url` names them.
    var components: Object {
        var parts = Object()
        var rest = base
        if let colon = rest.firstIndex(of: ":"), Self.isScheme(rest.slice(0..<colon)) {
            parts["scheme"] = .text(rest.slice(0..<colon))
            rest = rest.slice(colon + 1..<rest.byteCount)
        }
        if rest.hasPrefix("//") {
            let slash = rest.firstIndex(of: "/", from: 2) ?? rest.byteCount
            Self.readAuthority(rest.slice(2..<slash), into: &parts)
            rest = rest.slice(slash..<rest.byteCount)
        }
        if !rest.isEmpty { parts["path"] = .text(rest) }
        if let query, !query.isEmpty { parts["query"] = .text(query) }
        if let fragment, !fragment.isEmpty { parts["fragment"] = .text(fragment) }
        return parts
    }

    private var pairs: [Text] {
        guard let query, !query.isEmpty else { return [] }
        return query.split(separator: "&").filter { !$0.isEmpty }
    }

    private mutating func setPairs(_ pairs: [Text]) {
        guard !pairs.isEmpty else {
            query = nil
            return
        }
        var joined = pairs[0]
        for pair in pairs.dropFirst() {
            joined.append("&")
            joined.append(pair)
        }
        query = joined
    }

    private static func name(of pair: Text) -> Text {
        PercentEncoding.form.decode(pair.slice(0..<(pair.firstIndex(of: "=") ?? pair.byteCount)))
    }

    /// RFC 3986, section 3.1.
    private static func isScheme(_ text: Text) -> Bool {
        text.withBytes { bytes in
            guard !bytes.isEmpty else { return false }
            for index in bytes.indices {
                let byte = bytes[index]
                let isLetter = byte.isASCIIAlphanumeric && byte > UInt8(ascii: "9")
                let isOther = byte.isASCIIAlphanumeric || [0x2b, 0x2d, 0x2e].contains(byte)
                guard isLetter || (index > 0 && isOther) else { return false }
            }
            return true
        }
    }

    private static func readAuthority(_ authority: Text, into parts: inout Object) {
        let pieces = authority.split(separator: "@")
        let hostAndPort = pieces.last ?? authority
        let bracket = hostAndPort.firstIndex(of: "]") ?? 0
        let colon = hostAndPort.firstIndex(of: ":", from: bracket)
        let host = hostAndPort.slice(0..<(colon ?? hostAndPort.byteCount))
        // `file:///etc` has none.
        if !host.isEmpty { parts["host"] = .text(host) }
        if let colon, let port = Integer.parse(hostAndPort.slice(colon + 1..<hostAndPort.byteCount)), 0...65_535 ~= port {
            parts["port"] = .integer(port)
        }
        guard pieces.count > 1 else { return }
        let user = authority.slice(0..<authority.byteCount - hostAndPort.byteCount - 1)
        let userColon = user.firstIndex(of: ":")
        parts["user"] = .text(user.slice(0..<(userColon ?? user.byteCount)))
        if let userColon { parts["pass"] = .text(user.slice(userColon + 1..<user.byteCount)) }
    }
}
