import Cryptography
import Values

/// `encrypt` and `decrypt`, the statements and the filters: AES as PHP's `openssl_encrypt` has it, raw bytes.
///
/// A key or a vector of another length than the algorithm's is cut, or filled up with zero bytes, as PHP does it: what
/// was encrypted elsewhere can be decrypted. Under GCM the tag of 16 bytes follows the encrypted text.
struct SymmetricEncryption {
    private let user: String
    private let isGCM: Bool
    private let key: [UInt8]
    private let iv: [UInt8]

    static let algorithms = [
        "aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "aes-128-gcm", "aes-192-gcm", "aes-256-gcm",
    ]

    /// - Parameter user: the filter or the statement, for messages
    init(_ user: String, algorithm: Value, key: Value, iv: Value) throws {
        self.user = user
        let name = try algorithm.textOperand(user).string.lowercased()
        guard Self.algorithms.contains(name), let bits = Int(name.split(separator: "-")[1]) else {
            throw StackError.mistake("\(user) has the algorithms \(Self.algorithms.joined(separator: ", "))")
        }
        isGCM = name.hasSuffix("gcm")
        self.key = Self.bytes(try Self.secret(user, "key", key), count: bits / 8)
        let iv = try Self.secret(user, "iv", iv)
        self.iv = isGCM ? iv : Self.bytes(iv, count: AES.blockByteCount)
    }

    func encrypt(_ data: Text) throws -> Text {
        try Self.translating(user) {
            guard isGCM else { return Text(bytes: try AES.encryptCBC(data.bytes, key: key, iv: iv)) }
            let sealed = try AES.encryptGCM(data.bytes, key: key, iv: iv)
            return Text(bytes: sealed.bytes + sealed.tag)
        }
    }

    func decrypt(_ data: Text) throws -> Text {
        try Self.translating(user) {
            let bytes = data.bytes
            var text: [UInt8]?
            if !isGCM {
                text = try AES.decryptCBC(bytes, key: key, iv: iv)
            } else if bytes.count >= AES.tagByteCount {
                let tag = Array(bytes.suffix(AES.tagByteCount))
                text = try AES.decryptGCM(Array(bytes.dropLast(AES.tagByteCount)), tag: tag, key: key, iv: iv)
            }
            guard let text else {
                throw StackError.mistake("\(user): the data was not encrypted with this algorithm, key and iv, or has been changed")
            }
            return Text(bytes: text)
        }
    }

    /// An absent key would be one of zeros, which everybody has.
    private static func secret(_ user: String, _ name: String, _ value: Value) throws -> [UInt8] {
        let bytes = value == .null ? [] : try value.textOperand(user).bytes
        guard !bytes.isEmpty else {
            throw StackError.mistake("\(user) needs a \(name), and got none; is the variable of the environment set?")
        }
        return bytes
    }

    private static func bytes(_ bytes: [UInt8], count: Int) -> [UInt8] {
        Array(bytes.prefix(count)) + [UInt8](repeating: 0, count: max(0, count - bytes.count))
    }

    private static func translating(_ user: String, _ body: () throws -> Text) throws -> Text {
        do {
            return try body()
        } catch let error as CryptographyError {
            throw StackError.mistake("\(user): \(error)")
        }
    }
}
