import Cryptography
import Values

/// Bytes as text and back: base 64 and hexadecimal.
enum BinaryTextFilters {
    static let definitions: [FilterDefinition] = [
        encoding("base64_encode") { Base64.standard.encode($0) },
        encoding("base64_encode_urlsafe") { Base64.urlSafe.encode($0, padded: false) },
        encoding("bin2hex") { Hexadecimal.encode($0) },
        decoding("base64_decode", "base 64") { Base64.standard.decode(withoutSpace($0).span, padding: .optional) },
        decoding("base64_decode_urlsafe", "URL-safe base 64") {
            Base64.urlSafe.decode(withoutSpace($0).span, padding: .optional)
        },
        decoding("hex2bin", "hexadecimal digits in pairs") { Hexadecimal.decode($0) },
    ]

    private static func encoding(_ name: String, _ encode: @escaping @Sendable (Span<UInt8>) -> String) -> FilterDefinition {
        .plain(name) { input, _, context in
            let text = try input.textOperand(name, remedy: "make it text with json_encode")
            return try context.result(text.withBytes { Text(encode($0)) })
        }
    }

    private static func decoding(
        _ name: String, _ expected: String, _ decode: @escaping @Sendable (Span<UInt8>) -> [UInt8]?
    ) -> FilterDefinition {
        .plain(name) { input, _, context in
            guard let bytes = try input.textOperand(name).withBytes({ decode($0) }) else {
                throw StackError(.inputError, Text("\(name) expects \(expected)"))
            }
            return try context.result(Text(bytes: bytes))
        }
    }

    /// Base 64 comes in lines from mail and certificates.
    private static func withoutSpace(_ bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for index in bytes.indices {
            let byte = bytes[index]
            if byte != 0x20, byte != 0x0a, byte != 0x0d, byte != 0x09 { result.append(byte) }
        }
        return result
    }
}
