import Cryptography
import Testing

@Suite("Ciphers")
struct CipherTests {
    @Test("AES gives what its standards and OpenSSL give, and takes it back", arguments: try rows(of: "aes.txt"))
    func published(row: [String]) throws {
        let fields = row.dropFirst().map(bytes)
        let (key, iv, data, text, encrypted, tag) = (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
        switch row[0] {
        case "cbc":
            #expect(try AES.encryptCBC(text, key: key, iv: iv) == encrypted)
            #expect(try AES.decryptCBC(encrypted, key: key, iv: iv) == text)
        case "gcm":
            let sealed = try AES.encryptGCM(text, key: key, iv: iv, authenticating: data)
            #expect(sealed.bytes == encrypted)
            #expect(sealed.tag == tag)
            #expect(try AES.decryptGCM(encrypted, tag: tag, key: key, iv: iv, authenticating: data) == text)
        default:
            #expect(try AES.wrap(text, key: key) == encrypted)
            #expect(try AES.unwrap(encrypted, key: key) == text)
        }
    }

    @Test("What was authenticated is not decrypted once a bit of it, of its tag or of its data has changed")
    func changed() throws {
        let key = [UInt8](repeating: 1, count: 32)
        let iv = [UInt8](repeating: 2, count: 12)
        let data: [UInt8] = [3, 4]
        let sealed = try AES.encryptGCM([5, 6, 7], key: key, iv: iv, authenticating: data)
        for bit in 0..<24 {
            let other = sealed.bytes.flipping(bit)
            #expect(try AES.decryptGCM(other, tag: sealed.tag, key: key, iv: iv, authenticating: data) == nil)
        }
        for bit in 0..<128 {
            let other = sealed.tag.flipping(bit)
            #expect(try AES.decryptGCM(sealed.bytes, tag: other, key: key, iv: iv, authenticating: data) == nil)
        }
        for bit in 0..<16 {
            let other = data.flipping(bit)
            #expect(try AES.decryptGCM(sealed.bytes, tag: sealed.tag, key: key, iv: iv, authenticating: other) == nil)
        }
        let short = Array(sealed.tag.dropLast())
        #expect(try AES.decryptGCM(sealed.bytes, tag: short, key: key, iv: iv, authenticating: data) == nil)
    }

    @Test("A key of another length than AES has is an error", arguments: [0, 15, 17, 31, 33, 64])
    func wrongKey(length: Int) {
        let key = [UInt8](repeating: 1, count: length)
        #expect(throws: CryptographyError.self) { try AES.encryptCBC([1], key: key, iv: Array(repeating: 0, count: 16)) }
        #expect(throws: CryptographyError.self) { try AES.encryptGCM([1], key: key, iv: Array(repeating: 0, count: 12)) }
        #expect(throws: CryptographyError.self) { try AES.wrap(Array(repeating: 0, count: 16), key: key) }
    }
}

extension [UInt8] {
    func flipping(_ bit: Int) -> [UInt8] {
        var bytes = self
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
    }
}
