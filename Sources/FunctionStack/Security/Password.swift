import Cryptography
package import Values

/// Passwords as tables keep them.
package enum Password {
    /// Whether a text is a hash already: a record that was read is written back as it was, and passwords that another
    /// system hashed can be taken over.
    package static func isHash(_ text: Text) -> Bool { PasswordHash(text.string) != nil }

    /// What is kept of a password. It takes some tens of milliseconds.
    package static func hash(_ password: Text, _ context: FilterContext) throws -> Text {
        var salt: [UInt8] = []
        for _ in 0..<2 {
            let word = context.random.next()
            salt += stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
        return Text(try PasswordHash.make(password.bytes, salt: salt))
    }

    /// Whether a password is that of a hash; a missing one is none.
    ///
    /// - Throws: `StackError` for a hash of a form that is not known.
    static func matches(_ password: Value, hash: Value) throws -> Bool {
        guard password != .null, hash != .null, hash != "" else { return false }
        guard case .text(let text) = hash, let known = PasswordHash(text.string) else {
            throw StackError.mistake(
                "security.check_password: hash_password is no hash of a known form; it takes scrypt, bcrypt and PBKDF2")
        }
        return try known.matches(try password.textOperand("security.check_password").bytes)
    }

    // MARK: Making one

    private static let lowercase = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    private static let uppercase = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    private static let digits = Array("0123456789".utf8)
    private static let symbols = Array("!#$%&()*+,-./:;<=>?@[]^_{|}~".utf8)

    /// What a new password is made of.
    struct Composition {
        var count: Int
        var lowercase: Bool
        var uppercase: Bool
        var digit: Bool
        var symbol: Bool
        /// The symbols that may stand in it, none for all.
        var symbols: [UInt8]
    }

    /// A password with at least one character of each class that it needs; of letters and digits if it needs none.
    static func make(_ composition: Composition, _ random: inout some RandomNumberGenerator) throws -> Text {
        var classes: [[UInt8]] = []
        if composition.lowercase { classes.append(lowercase) }
        if composition.uppercase { classes.append(uppercase) }
        if composition.digit { classes.append(digits) }
        if composition.symbol { classes.append(composition.symbols.isEmpty ? symbols : composition.symbols) }
        guard (max(1, classes.count)...1024).contains(composition.count) else {
            throw StackError.mistake(
                "security.create_password makes \(max(1, classes.count)) to 1024 characters, not \(composition.count)")
        }
        let all = classes.isEmpty ? lowercase + uppercase + digits : classes.flatMap(\.self)
        var characters = classes.compactMap { $0.randomElement(using: &random) }
        while characters.count < composition.count {
            if let character = all.randomElement(using: &random) { characters.append(character) }
        }
        characters.shuffle(using: &random)
        return Text(bytes: characters)
    }
}
