import Cryptography

/// Unpredictable bytes for stacks.
enum RandomBytes {
    /// libcrypto's, or, should that fail, those of the system itself.
    @Sendable static func make(_ count: Int) -> [UInt8] {
        if let bytes = try? SecureRandom.bytes(count: count) { return bytes }
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
