/// The result of a hash function or of an HMAC: at most 64 bytes, kept without an allocation.
package struct Digest: Sendable {
    package let algorithm: DigestAlgorithm
    // Bytes past the algorithm's length are zero.
    var storage = InlineArray<64, UInt8>(repeating: 0)

    init(_ algorithm: DigestAlgorithm) {
        self.algorithm = algorithm
    }

    /// Number of bytes.
    package var byteCount: Int { algorithm.byteCount }

    package var bytes: [UInt8] {
        withBytes { bytes in
            var array: [UInt8] = []
            array.reserveCapacity(bytes.count)
            for index in bytes.indices { array.append(bytes[index]) }
            return array
        }
    }

    /// The bytes in lower-case hexadecimal.
    package var hexadecimal: String { withBytes { Hexadecimal.encode($0) } }

    /// Lends the bytes without copying them.
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.span.extracting(first: byteCount))
    }
}

extension Digest: Equatable {
    /// In constant time, so that a comparison with a secret value tells nothing by how long it takes.
    package static func == (left: Digest, right: Digest) -> Bool {
        left.withBytes { left in right.withBytes { right in ConstantTime.areEqual(left, right) } }
    }
}
