import Cryptography
import Values

/// Puts the parts of a template together while its text is read.
struct TemplateReader {
    let constants: [String: String]
    var segments: [SignedTemplate.Segment] = []
    var derived: [DerivedWord] = []
    var literal: [UInt8] = []

    init(constants: [String: String]) {
        self.constants = constants
    }

    static let words = [
        "body", "timestamp", "id", "url", "method", "path", "query", "header:NAME", "json:/POINTER", "form:NAME",
        "form_sorted_kv", "crc32:body", "md5:body", "sha1:body", "sha256:body", "sha384:body", "sha512:body", "secret",
        "decoded_url", "escaped_path", "canonical_headers", "webhook_id",
    ]

    mutating func endLiteral() {
        if !literal.isEmpty { segments.append(.literal(literal)) }
        literal = []
    }

    /// Adds what the name between two braces stands for.
    mutating func read(word name: String) throws(SettingProblem) {
        if let constant = constants[name] {
            literal += Array(constant.utf8)
            return
        }
        endLiteral()
        if let segment = try Self.segment(name) {
            segments.append(segment)
        } else if let word = try Self.derivedWord(name) {
            let index = derived.firstIndex(of: word) ?? derived.count
            if index == derived.count { derived.append(word) }
            segments.append(.derived(index))
        } else {
            throw Self.unknown(name)
        }
    }

    private static func segment(_ name: String) throws(SettingProblem) -> SignedTemplate.Segment? {
        switch name {
        case "body": return .body
        case "timestamp": return .timestamp
        case "id": return .id
        case "url": return .url
        case "method": return .method
        case "path": return .path
        case "query": return .query
        case "secret": return .secret
        default:
            guard name.hasPrefix("header:") else { return nil }
            let header = String(name.dropFirst("header:".count))
            guard HeaderName.isValid(header) else {
                throw problem(
                    "has {header:…} in signed= with what is no header name", remedy: "write {header:X-Name}")
            }
            return .header(header)
        }
    }

    private static func derivedWord(_ name: String) throws(SettingProblem) -> DerivedWord? {
        switch name {
        case "form_sorted_kv": return .sortedForm
        case "decoded_url": return .decodedURL
        case "escaped_path": return .escapedPath
        case "canonical_headers": return .canonicalHeaders
        case "crc32:body": return .checksum(.crc32)
        case "md5:body", "sha1:body", "sha256:body", "sha384:body", "sha512:body":
            return DigestAlgorithm(rawValue: String(name.dropLast(":body".count))).map { .checksum(.digest($0)) }
        default:
            if name.hasPrefix("form:"), name != "form:" { return .form(String(name.dropFirst("form:".count))) }
            guard name.hasPrefix("json:") else { return nil }
            guard let pointer = RequestField.pointer(String(name.dropFirst("json:".count))) else {
                throw problem("has {json:…} in signed= with what is no JSON pointer", remedy: "write {json:/data/id}")
            }
            return .json(pointer)
        }
    }

    private static func unknown(_ name: String) -> SettingProblem {
        if name == "webhook_id" {
            return SettingProblem(
                .verify, .missingParameter, "has {webhook_id} in signed=, but nothing that it stands for",
                remedy: "add webhook-id= with the id that the sender shows for this webhook")
        }
        let shown = Printable.name(name, otherwise: "a word in braces")
        return problem(
            "has \(shown) in signed=, which is not known",
            remedy: NearestName.of(name, among: words).map { "did you mean {\($0)}?" }
                ?? "the words are " + words.map { "{\($0)}" }.joined(separator: ", "))
    }

    static func problem(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.verify, .badValue, problem, remedy: remedy)
    }
}
