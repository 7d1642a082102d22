internal import Values

extension SignatureForm {
    /// Where the signature stands, how it is written, and what stands around it: one sentence each.
    var placement: [String] {
        var sentences = ["\(places.words(document)), in \(encoding.expected)"]
        if !layout.prefix.isEmpty { sentences.append("\(Quoted.text(layout.prefix)) stands before it") }
        if let separator = layout.separator { sentences.append(items(separator)) }
        for header in required { sentences.append("header \(header.name) has to be \(Quoted.text(header.value))") }
        if let timestamp, let place = timestamp.place {
            sentences.append("the timestamp is in the \(place.words(document)), \(timestamp.unit.words)")
        }
        return sentences
    }

    private func items(_ separator: [UInt8]) -> String {
        var text = "it is a list with \(Quoted.text(separator)) between its items"
        guard let pair = layout.pair else {
            guard let index = layout.timestampIndex else { return text }
            return text + ", of which number \(index + 1) is the timestamp, \(timestamp?.unit.words ?? "")"
        }
        text += "; a signature stands behind \(Quoted.text(layout.tag + pair))"
        guard let tag = layout.timestampTag else { return text }
        return text + ", the timestamp, \(timestamp?.unit.words ?? ""), behind \(Quoted.text(tag + pair))"
    }

    /// What is signed, part by part.
    var signedParts: [String] {
        template.segments.map { segment in
            switch segment {
            case .literal(let bytes): Quoted.text(bytes)
            case .body: "body"
            case .timestamp: "timestamp"
            case .id: idHeader.map { "header \($0)" } ?? "the \(layout.idName) beside the signature"
            case .url: "address"
            case .method: "verb"
            case .path: "path"
            case .query: "query"
            case .header(let name): "header \(name)"
            case .secret: "secret"
            case .derived(let index): words(template.derived[index])
            }
        }
    }

    private func words(_ word: DerivedWord) -> String {
        switch word {
        case .json(let pointer): "\(pointer.text) of the JSON\(document.words)"
        case .form(let name): "field \(name)"
        case .sortedForm: "names and values of the form's fields, sorted by name"
        case .checksum(.crc32): "CRC of the body"
        case .checksum(.digest(let algorithm)): "\(algorithm.words) digest of the body"
        case .decodedURL: "address with : / ? @ ! $ ' ( ) * , ; decoded"
        case .escapedPath: "path and query, escaped as Contentful does"
        case .canonicalHeaders: "the headers that \(canonicalHeaders?.list ?? "") lists"
        }
    }
}

extension SignedTimestamp.Unit {
    var words: String {
        switch self {
        case .seconds: "in seconds"
        case .milliseconds: "in milliseconds"
        case .rfc3339: "as 2026-01-31T12:00:00Z"
        }
    }
}

/// Text that stands word for word in a request, in quotes.
enum Quoted {
    static func text(_ bytes: [UInt8]) -> String {
        text(String(decoding: bytes, as: UTF8.self))
    }

    static func text(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\"", with: "\\\"") + "\""
    }
}
