import Values

/// The headers of a request as a stack finds them: by name in any letter case.
struct RequestHeaders {
    /// As they came. Repeated ones are joined with a comma, as Apache and Xano do it.
    let object: Object
    private var byName: [String: Text]

    init(_ headers: [(name: String, value: String)]) {
        var object = Object(capacity: headers.count)
        var keys: [String: Text] = [:]
        for header in headers {
            let name = header.name.lowercased()
            let key = keys[name] ?? Text(header.name)
            keys[name] = key
            if case .text(let earlier)? = object[key] {
                object[key] = .text(earlier.string + ", " + header.value)
            } else {
                object[key] = .text(header.value)
            }
        }
        self.object = object
        byName = [:]
        for (name, key) in keys {
            if case .text(let value)? = object[key] { byName[name] = value }
        }
    }

    func value(of name: Text) -> Text? { byName[name.string.lowercased()] }

    /// The token of `Authorization: Bearer …`.
    var bearerToken: String? {
        guard let value = byName["authorization"]?.string else { return nil }
        let words = value.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1])
    }
}
