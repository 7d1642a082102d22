import Cryptography
import Values

/// Digests and HMACs. They give lower-case hexadecimal; with `true` as last argument, the bytes themselves.
enum DigestFilters {
    static let definitions: [FilterDefinition] =
        algorithms.map { digest($0.name, $0.algorithm) } + algorithms.map { hmac("hmac_" + $0.name, $0.algorithm) }
        + [
            .plain("crc32") { input, _, _ in
                .integer(try input.textOperand("crc32").withBytes { Int64(CRC32.checksum($0)) })
            }
        ]

    private static let algorithms: [(name: String, algorithm: DigestAlgorithm)] = [
        ("md5", .md5), ("sha1", .sha1), ("sha224", .sha224), ("sha256", .sha256), ("sha384", .sha384),
        ("sha512", .sha512),
    ]

    private static func digest(_ name: String, _ algorithm: DigestAlgorithm) -> FilterDefinition {
        .plain(name, arguments: 0...1) { input, arguments, context in
            let text = try input.textOperand(name, remedy: "make it text with json_encode")
            try context.budget.charge(steps: text.byteCount / 256)
            let digest = try text.withBytes { try algorithm.digest(of: $0) }
            return .text(form(digest, isRaw: arguments[0]))
        }
    }

    private static func hmac(_ name: String, _ algorithm: DigestAlgorithm) -> FilterDefinition {
        .plain(name, arguments: 1...2) { input, arguments, context in
            let text = try input.textOperand(name, remedy: "make it text with json_encode")
            guard arguments[0] != .null else {
                throw StackError.mistake("\(name) needs a key, and got null; is the variable of the environment set?")
            }
            let key = try arguments[0].textOperand(name)
            try context.budget.charge(steps: text.byteCount / 256)
            let digest = try text.withBytes { text in
                try key.withBytes { key in try algorithm.hmac(of: text, key: key) }
            }
            return .text(form(digest, isRaw: arguments[1]))
        }
    }

    private static func form(_ digest: Digest, isRaw: Value) -> Text {
        isRaw.toBoolean() ? digest.withBytes { Text($0) } : Text(digest.hexadecimal)
    }
}
