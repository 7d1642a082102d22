/// The secrets of a location, in the order of their sources and lines. Any of them verifies.
package struct SecretSet: Sendable {
    package private(set) var secrets: [Secret] = []

    /// The most secrets that a location may have: each costs one more HMAC a request.
    package static let maximumCount = 8

    private static let ownLines = "write the block in lines of its own, from -----BEGIN to -----END"

    package init() {}

    /// Secrets that a diagnosis has made of others, whatever bytes they are.
    init(_ secrets: [Secret]) {
        self.secrets = secrets
    }

    /// Adds what a source holds: a secret a line, lines ended by LF or CRLF, the last one's end optional. Nothing else
    /// is taken off. A block in PEM is one secret, and so is a JSON Web Key, or a set of them, whatever lines it has.
    ///
    /// - Parameters:
    ///   - bytes: the whole content of a file, or the value of a variable.
    ///   - source: how the setting names it, for messages.
    /// - Throws: `SettingProblem`, which names the line and never what it holds.
    package mutating func add(_ bytes: [UInt8], from source: String) throws(SettingProblem) {
        let lines = SecretLines(bytes)
        var index = 0
        while index < lines.count {
            let form: Secret.Form
            let last: Int
            if lines.content(index).starts(with: SecretLines.blockStart) {
                guard let end = lines.endOfBlock(from: index) else {
                    let start = Secret([], source: source, line: index + 1)
                    if lines.content(index).substitutesLineEnds {
                        throw start.unusable(
                            #"holds a PEM block on one line, with \n in place of line ends"#, remedy: Self.ownLines)
                    }
                    if lines.closesBlock(within: index) {
                        throw start.unusable("holds a PEM block on one line", remedy: Self.ownLines)
                    }
                    throw start.unusable(
                        "begins a PEM block that no -----END line closes",
                        remedy: "copy the whole block, from -----BEGIN to -----END")
                }
                (form, last) = (.pem, end)
            } else if let end = lines.endOfKey(from: index) {
                (form, last) = (.jsonWebKey, end)
            } else {
                (form, last) = (.text, index)
            }
            let secret = Secret(lines.joined(index...last), form, source: source, line: index + 1)
            try Self.check(secret)
            guard secrets.count < Self.maximumCount else {
                throw SettingProblem(
                    .secret, .unusableSecret, "holds more than \(Self.maximumCount) secrets",
                    remedy: "remove those that no sender uses any more")
            }
            secrets.append(secret)
            index = last + 1
        }
    }

    /// Adds secrets of other sources, or of other locations, for who looks at them all.
    package mutating func add(contentsOf other: SecretSet) {
        secrets += other.secrets
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
    }
}

extension SecretSet {
    /// What makes a secret look like a mistake, though it can be meant: for `postern check`.
    package var warnings: [String] {
        secrets.flatMap(\.warnings)
    }
}

extension Secret {
    fileprivate var warnings: [String] {
        guard form == .text else { return [] }
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
