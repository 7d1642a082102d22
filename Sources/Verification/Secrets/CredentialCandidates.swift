import Cryptography

/// What a sender may have sent as a credential: the secrets that are known, and what they are without the usual mistakes.
package struct CredentialCandidates {
    package private(set) var bytes: [[UInt8]] = []
    /// What each is, in words.
    package private(set) var origins: [String] = []

    package init(_ sets: [SecretSet]) {
        for secret in sets.flatMap(\.secrets) {
            add(secret.bytes, "the secret in \(secret.origin)")
        }
        for secret in sets.flatMap(\.secrets) {
            for (form, what) in Self.forms(secret.bytes) { add(form, "the secret in \(secret.origin) \(what)") }
        }
    }

    private mutating func add(_ candidate: [UInt8], _ origin: String) {
        guard !candidate.isEmpty, !bytes.contains(candidate) else { return }
        bytes.append(candidate)
        origins.append(origin)
    }

    private static func forms(_ bytes: [UInt8]) -> [([UInt8], String)] {
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }
        let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
        let trimmed = Array(bytes[..<end].drop(while: isSpace))
        var forms = [(trimmed, "without the white space around it")]
        if trimmed.count > 2, let mark = trimmed.first, mark == trimmed.last, "\"'".utf8.contains(mark) {
            forms.append((Array(trimmed.dropFirst().dropLast()), "without its quotes"))
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { forms.append((Array(bytes.dropFirst(3)), "without its byte order mark")) }
        forms.append((Array("Bearer ".utf8) + trimmed, "behind the word Bearer"))
        forms.append((Array(Base64.standard.encode(trimmed).utf8), "in base 64"))
        if let decoded = Base64.standard.decode(trimmed.span, padding: .optional) { forms.append((decoded, "decoded from base 64")) }
        if let colon = trimmed.firstIndex(of: UInt8(ascii: ":")) {
            forms.append((Array(trimmed[(colon + 1)...]), "behind the colon"))
        }
        return forms
    }
}
