/// Signed headers that the request itself lists: each written `name:value` in small letters, sorted by name, `;`
/// between them.
struct CanonicalHeaders: Sendable, Equatable {
    /// The header that lists the names, a comma or a semicolon between them.
    let list: String
    /// Headers that must be in the list: the list itself, and the timestamp's.
    let required: [String]
    /// Headers that must be in the list if they come at all, so that nobody can add one that is not signed.
    let guarded: [String]
    /// Headers that cannot be in the list: those that carry the signature.
    let excluded: [String]

    private static let maximumCount = 64

    /// Whether a header that comes is certainly signed.
    func covers(_ name: String) -> Bool {
        (required + guarded).contains { HeaderName.areEqual($0, name) }
    }

    func text(of request: some SignedRequest) throws(Refusal) -> [UInt8] {
        let carrier = Carrier.header(list)
        let names = try names(carrier.value(in: request), carrier)
        for name in required where !names.contains(where: { HeaderName.areEqual($0, name) }) {
            throw Refusal(.malformed(carrier, expected: "\(name) among the signed headers"))
        }
        for name in guarded where !names.contains(where: { HeaderName.areEqual($0, name) }) {
            guard request.values(ofHeader: name).isEmpty else {
                throw Refusal(.malformed(carrier, expected: "\(name), which came, among the signed headers"))
            }
        }
        var text: [UInt8] = []
        for name in names {
            // The names are the request's own, so no message repeats them.
            let values = request.values(ofHeader: name)
            guard values.count == 1, let value = values.first, !value.isEmpty else {
                throw Refusal(.malformed(carrier, expected: "names of headers that came once and not empty"))
            }
            if !text.isEmpty { text.append(UInt8(ascii: ";")) }
            text += Array(name.utf8) + [UInt8(ascii: ":")] + Self.trimmed(value[...])
        }
        return text
    }

    /// In small letters, sorted.
    private func names(_ value: [UInt8], _ carrier: Carrier) throws(Refusal) -> [String] {
        var names: [String] = []
        let separators = [UInt8(ascii: ","), UInt8(ascii: ";")]
        for part in value.split(omittingEmptySubsequences: false, whereSeparator: separators.contains) {
            let name = String(decoding: Self.trimmed(part), as: UTF8.self).lowercased()
            guard names.count < Self.maximumCount else {
                throw Refusal(.tooMany(carrier, what: "names", limit: Self.maximumCount))
            }
            guard HeaderName.isValid(name), !names.contains(where: { HeaderName.areEqual($0, name) }),
                !excluded.contains(where: { HeaderName.areEqual($0, name) })
            else {
                throw Refusal(.malformed(carrier, expected: "names of headers, each once, without the signature's"))
            }
            names.append(name)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? bytes.startIndex
        return bytes[..<end].drop(while: isSpace)
    }
}
