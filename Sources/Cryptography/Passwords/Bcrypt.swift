/// bcrypt (Provos and Mazières, 1999), to check hashes that another system wrote: `$2y$10$…`, `$2b$…`, `$2a$…`.
///
/// libcrypto has Blowfish, but not the key schedule that makes it slow.
enum Bcrypt {
    struct Parsed {
        var rounds: Int
        var salt: [UInt8]
        var key: [UInt8]
    }

    /// A whole hash of 60 characters, or nil.
    static func parse(_ text: String) -> Parsed? {
        let bytes = Array(text.utf8)
        guard bytes.count == 60, bytes[0] == UInt8(ascii: "$"), bytes[1] == UInt8(ascii: "2"),
            "aby".utf8.contains(bytes[2]), bytes[3] == UInt8(ascii: "$"), bytes[6] == UInt8(ascii: "$"),
            bytes[4...5].allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let rounds = Int(bytes[4] - 48) * 10 + Int(bytes[5] - 48)
        // Each one more doubles the time; 15 is some seconds.
        guard (4...15).contains(rounds), let salt = decode(bytes[7..<29], count: 16),
            let key = decode(bytes[29..<60], count: 23)
        else { return nil }
        return Parsed(rounds: rounds, salt: salt, key: key)
    }

    /// The first 23 bytes of what bcrypt makes of a password; more are never kept.
    static func key(of password: [UInt8], salt: [UInt8], rounds: Int) -> [UInt8] {
        // With its terminating zero, at most 72 bytes count.
        let password = Array((password.prefix { $0 != 0 } + [0]).prefix(72))
        var state = Blowfish()
        state.expand(key: password, salt: salt)
        for _ in 0..<1 << rounds {
            state.expand(key: password)
            state.expand(key: salt)
        }
        var words = Blowfish.words(of: Array("OrpheanBeholderScryDoubt".utf8), count: 6)
        for _ in 0..<64 {
            for pair in stride(from: 0, to: 6, by: 2) {
                (words[pair], words[pair + 1]) = state.encrypt(words[pair], words[pair + 1])
            }
        }
        let bytes = words.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
        return Array(bytes[..<23])
    }

    private static let alphabet = Array("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// Base 64 with an alphabet and an order of its own. Bits past the last byte are ignored, as PHP ignores them.
    private static func decode(_ text: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var available = 0
        for character in text {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            available += 6
            if available >= 8, bytes.count < count {
                available -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(available)))
            }
        }
        return bytes.count == count ? bytes : nil
    }
}
