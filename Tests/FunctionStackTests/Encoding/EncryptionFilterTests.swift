import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Encryption, tokens and ids as filters")
struct EncryptionFilterTests {
    private static func value(_ expression: String, input: Value = [:]) throws -> Value {
        try Program.evaluate(expression, input: input, effects: .forTests())
    }

    @Test(
        "What was made is read again",
        arguments: [
            ("\"hello\"|encrypt:\"aes-192-cbc\":\"1494AX6XJUsDe51kF9S9sA==\":\"27222b6032574bad\"|bin2hex", "b999ed5a20ad727c3597cac0e97edb6c"),
            ("\"hello\"|encrypt:\"aes-256-gcm\":\"k\":\"v\"|decrypt:\"aes-256-gcm\":\"k\":\"v\"", "hello"),
            ("\"b999ed5a20ad727c3597cac0e97edb6c\"|hex2bin|decrypt:\"aes-192-cbc\":\"1494AX6XJUsDe51kF9S9sA==\":\"27222b6032574bad\"", "hello"),
            (
                "\"hello\"|jwe_encode:{sub: \"1\"}:\"a-string-secret-at-least-256-bits-long\":\"A256KW\":\"A256CBC-HS512\""
                    + "|crypto_jwe_decode:{}:\"a-string-secret-at-least-256-bits-long\":\"A256KW\":\"A256CBC-HS512\"", "hello"
            ),
            ("12345|secureid_encode:\"my_salt\"|secureid_decode:\"my_salt\"", 12345),
            ("-9223372036854775807|secureid_encode:\"my_salt\"|secureid_decode:\"my_salt\"", -9_223_372_036_854_775_807),
        ] as [(String, Value)])
    func again(expression: String, expected: Value) throws {
        #expect(try Self.value(expression) == expected)
    }

    @Test("An id under another salt, or with a character changed, is none")
    func foreignID() throws {
        let text = try Self.value("12345|secureid_encode:\"my_salt\"")
        #expect(try Self.value("12345|secureid_encode:\"my_salt\"") == text)
        #expect(try Self.value("12346|secureid_encode:\"my_salt\"") != text)
        #expect(throws: StackError.self) { try Self.value("$input.t|secureid_decode:\"salt\"", input: ["t": text]) }
        let characters = Array(text.text.string)
        for index in characters.indices {
            var other = characters
            other[index] = other[index] == "A" ? "B" : "A"
            let changed: Value = ["t": .text(String(other))]
            #expect(throws: StackError.self) { try Self.value("$input.t|secureid_decode:\"my_salt\"", input: changed) }
        }
        #expect(throws: StackError.self) { try Self.value("12345|secureid_encode:\"\"") }
    }
}
