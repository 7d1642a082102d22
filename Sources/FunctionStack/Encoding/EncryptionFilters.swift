import Cryptography
import Values

/// Encryption, tokens and ids that only their maker reads.
enum EncryptionFilters {
    static let definitions: [FilterDefinition] = [
        .plain("encrypt", arguments: 3...3) { input, arguments, context in
            let data = try input.textOperand("encrypt", remedy: "make it text with json_encode")
            try context.budget.charge(steps: data.byteCount / 256)
            return .text(
                try SymmetricEncryption("encrypt", algorithm: arguments[0], key: arguments[1], iv: arguments[2]).encrypt(data))
        },
        .plain("decrypt", arguments: 3...3) { input, arguments, context in
            let data = try input.textOperand("decrypt")
            try context.budget.charge(steps: data.byteCount / 256)
            return .text(
                try SymmetricEncryption("decrypt", algorithm: arguments[0], key: arguments[1], iv: arguments[2]).decrypt(data))
        },
        // The ones that sign ask the clock or for randomness.
        .plain("jws_encode", "crypto_jws_encode", arguments: 3...4, isPure: false) { input, arguments, context in
            try TokenCall(user: "jws_encode", now: context.clock()).sign(
                claims: input, headers: arguments[0], key: arguments[1], algorithm: arguments[2], ttl: arguments[3])
        },
        .plain("jws_decode", "crypto_jws_decode", arguments: 3...4, isPure: false) { input, arguments, context in
            try TokenCall(user: "jws_decode", now: context.clock()).verify(
                token: input, expected: arguments[0], key: arguments[1], algorithm: arguments[2], drift: arguments[3])
        },
        .plain("jwe_encode", "crypto_jwe_encode", arguments: 4...5, isPure: false) { input, arguments, context in
            try TokenCall(user: "jwe_encode", now: context.clock()).encrypt(
                claims: input, headers: arguments[0], key: arguments[1], algorithm: arguments[2], content: arguments[3],
                ttl: arguments[4])
        },
        .plain("jwe_decode", "crypto_jwe_decode", arguments: 4...5, isPure: false) { input, arguments, context in
            try TokenCall(user: "jwe_decode", now: context.clock()).decrypt(
                token: input, expected: arguments[0], key: arguments[1], algorithm: arguments[2], content: arguments[3],
                drift: arguments[4])
        },
        .plain("secureid_encode", arguments: 1...1) { input, arguments, _ in
            .text(try SecureID.encode(input.integer(for: "secureid_encode"), salt: salt("secureid_encode", arguments[0])))
        },
        .plain("secureid_decode", arguments: 1...1) { input, arguments, _ in
            let text = try input.textOperand("secureid_decode")
            guard let number = try SecureID.decode(text, salt: salt("secureid_decode", arguments[0])) else {
                throw StackError(.inputError, "The id is not valid")
            }
            return .integer(number)
        },
    ]

    private static func salt(_ user: String, _ value: Value) throws -> [UInt8] {
        let bytes = value == .null ? [] : try value.textOperand(user).bytes
        guard !bytes.isEmpty else { throw StackError.mistake("\(user) needs a salt, and got none") }
        return bytes
    }
}
