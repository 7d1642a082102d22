import Values

/// The parts of a compact token (RFC 7515 section 3.1, RFC 7516 section 3.1), and its header.
struct CompactToken {
    /// As they stand in the token.
    let texts: [Substring]
    let parts: [[UInt8]]
    let header: Object

    /// Longer tokens come from nobody who means well.
    private static let maximumLength = 1 << 20

    /// - Parameters:
    ///   - count: how many parts it has: three if it is signed, five if it is encrypted
    ///   - pinned: what the header has to say, whatever else it says
    init(_ token: String, parts count: Int, pinned: [(name: Text, value: String)]) throws(JOSEError) {
        guard token.utf8.count <= Self.maximumLength else { throw .malformed("it is too long") }
        texts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Substring($0) }
        guard texts.count == count else { throw .malformed("it has \(texts.count) parts, not \(count)") }
        var parts: [[UInt8]] = []
        for text in texts {
            guard let bytes = Base64.urlSafe.decode(String(text), padding: .forbidden) else {
                throw .malformed("a part of it is not base64url")
            }
            parts.append(bytes)
        }
        self.parts = parts
        guard case .object(let header)? = try? JSON.parse(parts[0]) else { throw .malformed("its header is no object") }
        self.header = header
        for (name, value) in pinned where header[name] != .text(value) { throw .algorithm(wanted: value) }
        for name in ["crit", "zip", "b64"] where header.contains(Text(name)) { throw .extensionDemanded(name) }
    }

    /// What a header and other fields are in a token.
    static func encode(_ bytes: [UInt8]) -> String { Base64.urlSafe.encode(bytes, padded: false) }
}
