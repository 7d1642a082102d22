import Cryptography
import Values

/// `secureid_encode`: a number that only who knows the salt can read, and that nobody can alter.
///
/// The same number gives the same text. Xano's own form is not public, so texts are not exchanged with it.
enum SecureID {
    static func encode(_ number: Int64, salt: [UInt8]) throws -> Text {
        let bytes = bigEndian(number)
        let tag = try tag(of: bytes, salt)
        let hidden = try combined(bytes, with: tag, salt)
        return Text(
            Base64.urlSafe.encode(hidden, padded: false) + "." + Base64.urlSafe.encode(tag, padded: false))
    }

    /// - Returns: nil for a text that this salt did not make
    static func decode(_ text: Text, salt: [UInt8]) throws -> Int64? {
        let parts = text.string.split(separator: ".", omittingEmptySubsequences: false).compactMap {
            Base64.urlSafe.decode(String($0), padding: .forbidden)
        }
        guard parts.count == 2, parts.allSatisfy({ $0.count == 8 }) else { return nil }
        let given = parts[1]
        let bytes = try combined(parts[0], with: given, salt)
        let own = try tag(of: bytes, salt)
        guard ConstantTime.areEqual(own.span, given.span) else { return nil }
        return Int64(truncatingIfNeeded: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    private static func bigEndian(_ number: Int64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> Int64($0)) }
    }

    private static func tag(of bytes: [UInt8], _ salt: [UInt8]) throws -> [UInt8] {
        Array(try DigestAlgorithm.sha256.hmac(of: [1] + bytes, key: salt).bytes.prefix(8))
    }

    /// Hides bytes under a mask that the tag decides, or shows them again.
    private static func combined(_ bytes: [UInt8], with tag: [UInt8], _ salt: [UInt8]) throws -> [UInt8] {
        let mask = try DigestAlgorithm.sha256.hmac(of: [2] + tag, key: salt).bytes
        return zip(bytes, mask).map { $0 ^ $1 }
    }
}
