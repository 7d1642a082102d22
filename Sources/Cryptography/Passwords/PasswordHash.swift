/// A password as it is kept: not itself, but what a slow function makes of it and of a salt.
///
/// Own hashes are scrypt's, `$scrypt$ln=14,r=8,p=5$SALT$KEY`, 16 MB and some tens of milliseconds each. The parameters
/// stand in the hash, so that those of new hashes can grow. Others' are read: bcrypt (`$2y$`, as PHP writes it) and
/// PBKDF2 (`$pbkdf2-sha256$ITERATIONS$SALT$KEY`).
package struct PasswordHash: Sendable {
    private enum Function: Sendable {
        case scrypt(costBits: Int, blockSize: Int, parallelism: Int)
        case pbkdf2(DigestAlgorithm, iterations: Int)
        case bcrypt(rounds: Int)
    }

    private let function: Function
    private let salt: [UInt8]
    private let key: [UInt8]

    /// A hash that was kept, or nil for what is none, or asks for more memory or time than a check may take.
    package init?(_ text: String) {
        guard text.utf8.count <= 512 else { return nil }
        if let bcrypt = Bcrypt.parse(text) {
            function = .bcrypt(rounds: bcrypt.rounds)
            salt = bcrypt.salt
            key = bcrypt.key
            return
        }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0].isEmpty, let function = Self.function(parts[1], parts[2]),
            let salt = Self.decode(parts[3]), let key = Self.decode(parts[4]), !salt.isEmpty, (16...64).contains(key.count)
        else { return nil }
        self.function = function
        self.salt = salt
        self.key = key
    }

    /// What is kept of a password.
    ///
    /// - Parameter salt: 16 unpredictable bytes
    package static func make(_ password: [UInt8], salt: [UInt8]) throws(CryptographyError) -> String {
        let key = try KeyDerivation.scrypt(
            password, salt: salt, cost: 1 << costBits, blockSize: blockSize, parallelism: parallelism, count: 32)
        let parameters = "ln=\(costBits),r=\(blockSize),p=\(parallelism)"
        let salt = Base64.standard.encode(salt, padded: false)
        return "$scrypt$\(parameters)$\(salt)$\(Base64.standard.encode(key, padded: false))"
    }

    /// Whether this is the hash of a password, found out in constant time but for the function itself.
    package func matches(_ password: [UInt8]) throws(CryptographyError) -> Bool {
        var computed = try compute(password)
        defer { computed.cleanse() }
        return ConstantTime.areEqual(computed.span, key.span)
    }

    private func compute(_ password: [UInt8]) throws(CryptographyError) -> [UInt8] {
        switch function {
        case .scrypt(let costBits, let blockSize, let parallelism):
            try KeyDerivation.scrypt(
                password, salt: salt, cost: 1 << costBits, blockSize: blockSize, parallelism: parallelism,
                count: key.count)
        case .pbkdf2(let digest, let iterations):
            try KeyDerivation.pbkdf2(password, salt: salt, iterations: iterations, digest: digest, count: key.count)
        case .bcrypt(let rounds): Bcrypt.key(of: password, salt: salt, rounds: rounds)
        }
    }

    // Cost 2^14 with five passes is among the settings that OWASP holds for equally good, and the one with the least
    // memory that is not slower.
    private static let costBits = 14
    private static let blockSize = 8
    private static let parallelism = 5

    // MARK: Reading

    private static func function(_ name: String, _ parameters: String) -> Function? {
        switch name {
        case "scrypt": scrypt(parameters)
        case "pbkdf2-sha256", "pbkdf2-sha512":
            Self.number(parameters[...]).flatMap { iterations in
                guard (1...10_000_000).contains(iterations) else { return nil }
                return .pbkdf2(name == "pbkdf2-sha256" ? .sha256 : .sha512, iterations: iterations)
            }
        default: nil
        }
    }

    private static func scrypt(_ parameters: String) -> Function? {
        let pairs = parameters.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        guard pairs.count == 3, pairs.allSatisfy({ $0.count == 2 }), pairs.map({ $0[0] }) == ["ln", "r", "p"],
            let costBits = number(pairs[0][1]), let blockSize = number(pairs[1][1]), let parallelism = number(pairs[2][1]),
            (1...20).contains(costBits), (1...32).contains(blockSize), (1...16).contains(parallelism),
            128 * blockSize << costBits <= 256 << 20
        else { return nil }
        return .scrypt(costBits: costBits, blockSize: blockSize, parallelism: parallelism)
    }

    private static func number(_ digits: Substring) -> Int? {
        guard (1...8).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(digits)
    }

    private static func decode(_ text: String) -> [UInt8]? {
        // passlib writes `.` where the alphabet has `+`.
        let bytes = text.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "+") : $0 }
        return Base64.standard.decode(bytes.span, padding: .optional)
    }
}
