/// A hash that is fed piece by piece.
package struct DigestStream: ~Copyable {
    private let algorithm: DigestAlgorithm
    private let context: DigestContext

    package init(_ algorithm: DigestAlgorithm) throws(CryptographyError) {
        self.algorithm = algorithm
        context = try .start(algorithm)
    }

    /// Adds the next bytes.
    package mutating func update(_ bytes: Span<UInt8>) throws(CryptographyError) {
        try context.update(bytes)
    }

    /// The digest of everything added.
    package consuming func finish() throws(CryptographyError) -> Digest {
        try context.finish(algorithm)
    }
}
