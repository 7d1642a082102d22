/// The secrets of a location, in the order of their sources and lines. Any of them verifies.
package struct SecretSet: Sendable {
    package private(set) var secrets: [Secret] = []

    /// The most secrets that a location may have: each costs one more HMAC a request.
    package static let maximumCount = 8

    package init() {}

    /// Adds what a source holds: a secret a line, lines ended by LF or CRLF, the last one's end optional. Nothing else
    /// is taken off.
    ///
    /// - Parameters:
    ///   - bytes: the whole content of a file, or the value of a variable.
    ///   - source: how the setting names it, for messages.
    /// - Throws: `SettingProblem`, which names the line and never what it holds.
    package mutating func add(_ bytes: [UInt8], from source: String) throws(SettingProblem) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        let ended = lines.count < bytes.count { $0 == UInt8(ascii: "\n") } + 1
        for (index, line) in lines.enumerated() {
            let isEnded = index < lines.count - 1 || ended
            let content = isEnded && line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            let secret = Secret(content, source: source, line: index + 1)
            try Self.check(secret)
            guard secrets.count < Self.maximumCount else {
                throw SettingProblem(
                    .secret, .unusableSecret, "holds more than \(Self.maximumCount) secrets",
                    remedy: "remove those that no sender uses any more")
            }
            secrets.append(secret)
        }
    }

    private static func check(_ secret: Secret) throws(SettingProblem) {
        guard let first = secret.bytes.first else {
            throw secret.unusable("is empty", remedy: "write the secret there, or remove the line")
        }
        guard first != UInt8(ascii: "#") else {
            throw secret.unusable("begins with #", remedy: "remove it: a file of secrets has no comments")
        }
        guard !secret.bytes.contains(0) else {
            throw secret.unusable("holds a NUL byte", remedy: "write the secret as plain text, in UTF-8")
        }
        guard !secret.bytes.starts(with: "-----BEGIN ".utf8), !secret.isJSONWebKey else {
            throw secret.unusable(
                "is a PEM block or a JSON Web Key, which this sender does not use",
                remedy: "copy the signing secret from the sender's webhook page")
        }
    }
}

extension SecretSet {
    /// What makes a secret look like a mistake, though it can be meant: for `postern check`.
    package var warnings: [String] {
        secrets.flatMap(\.warnings)
    }
}

extension Secret {
    fileprivate var isJSONWebKey: Bool {
        bytes.first == UInt8(ascii: "{") && bytes.span.firstRange(of: Array("\"kty\"".utf8), in: 0..<bytes.count) != nil
    }

    fileprivate var warnings: [String] {
        var warnings: [String] = []
        if let last = bytes.last, Self.isSpace(last) {
            warnings.append("\(origin) ends with white space, which counts as part of the secret")
        }
        if let first = bytes.first, Self.isSpace(first) {
            warnings.append("\(origin) begins with white space, which counts as part of the secret")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            warnings.append("\(origin) begins with a byte order mark, which counts as part of the secret")
        }
        if bytes.count > 1, let mark = bytes.first, mark == bytes.last, "\"'".utf8.contains(mark) {
            warnings.append("\(origin) stands in quotes, which count as part of the secret")
        }
        return warnings
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (9...13).contains(byte)
    }
}
