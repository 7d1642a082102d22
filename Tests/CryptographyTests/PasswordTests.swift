import Cryptography
import Testing

@Suite("Passwords")
struct PasswordTests {
    @Test("A derived key is the one that its standard publishes", arguments: try rows(of: "key-derivation.txt"))
    func derived(row: [String]) throws {
        let password = bytes(row[1])
        let salt = bytes(row[2])
        let count = try #require(Int(row[3]))
        let key =
            if row[0] == "scrypt" {
                try KeyDerivation.scrypt(
                    password, salt: salt, cost: count, blockSize: #require(Int(row[4])),
                    parallelism: #require(Int(row[5])), count: 64)
            } else {
                try KeyDerivation.pbkdf2(password, salt: salt, iterations: count, digest: .sha256, count: 64)
            }
        #expect(Hexadecimal.encode(key) == row[6])
    }

    @Test("A hash that others wrote is that of its password and of no other", arguments: try rows(of: "password-hashes.txt"))
    func others(row: [String]) throws {
        let hash = try #require(PasswordHash(row[1]))
        let password = bytes(row[0])
        #expect(try hash.matches(password))
        #expect(try !hash.matches([1] + password))
        #expect(try !hash.matches(Array("other".utf8)))
    }

    @Test("An own hash tells its parameters and its salt, and is that of its password only")
    func own() throws {
        let salt = [UInt8](0..<16)
        let text = try PasswordHash.make(Array("correct horse".utf8), salt: salt)
        #expect(text.hasPrefix("$scrypt$ln=14,r=8,p=5$AAECAwQFBgcICQoLDA0ODw$"))
        let hash = try #require(PasswordHash(text))
        #expect(try hash.matches(Array("correct horse".utf8)))
        #expect(try !hash.matches(Array("correct horsf".utf8)))
        #expect(try !hash.matches([]))
        #expect(try PasswordHash.make(Array("correct horse".utf8), salt: [1] + salt.dropFirst()) != text)
    }

    @Test(
        "What is no hash, or one that takes too much memory or time, is none",
        arguments: [
            "", "secret", "$scrypt$", "$2y$05$short", "$scrypt$ln=30,r=8,p=1$c2FsdA$" + String(repeating: "A", count: 43),
            "$scrypt$ln=20,r=32,p=1$c2FsdA$" + String(repeating: "A", count: 43),
            "$scrypt$ln=14,r=8,p=5$$" + String(repeating: "A", count: 43), "$scrypt$ln=14,r=8,p=5$c2FsdA$AAAA",
            "$scrypt$ln=-4,r=8,p=5$c2FsdA$" + String(repeating: "A", count: 43),
            "$pbkdf2-sha256$99999999$c2FsdA$" + String(repeating: "A", count: 43),
            "$2y$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "5f4dcc3b5aa765d61d8327deb882cf99",
        ])
    func none(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
