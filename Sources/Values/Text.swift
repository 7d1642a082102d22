/// Text of the language: any bytes, usually UTF-8.
///
/// Equality, order and hashing are those of the bytes, never of Unicode's canonical
/// equivalence, so that a digest or a signature over text is exact.
package struct Text: Sendable {
    // Valid UTF-8 is kept as a String (short ones need no allocation), other bytes as they are.
    private enum Storage: Sendable {
        case string(String)
        case bytes([UInt8])
    }

    private let storage: Storage

    package init(_ string: String) {
        storage = .string(string)
    }

    package init(bytes: [UInt8]) {
        if let string = String(validating: bytes, as: UTF8.self) {
            storage = .string(string)
        } else {
            storage = .bytes(bytes)
        }
    }

    /// The bytes as a String; each byte that is no part of valid UTF-8 becomes U+FFFD.
    package var string: String {
        switch storage {
        case .string(let string): string
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The text as a String, or nil if its bytes are not UTF-8.
    package var validString: String? {
        guard case .string(let string) = storage else { return nil }
        return string
    }

    package var bytes: [UInt8] {
        switch storage {
        case .string(let string): Array(string.utf8)
        case .bytes(let bytes): bytes
        }
    }

    /// Number of bytes.
    package var byteCount: Int {
        switch storage {
        case .string(let string): string.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }

    package var isEmpty: Bool { byteCount == 0 }

    /// Lends the bytes without copying them.
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch storage {
        case .string(let string): try body(string.utf8Span.span)
        case .bytes(let bytes): try body(bytes.span)
        }
    }
}

extension Text: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Text: Hashable {
    package static func == (left: Text, right: Text) -> Bool {
        left.withBytes { left in
            right.withBytes { right in
                guard left.count == right.count else { return false }
                for index in left.indices where left[index] != right[index] { return false }
                return true
            }
        }
    }

    package func hash(into hasher: inout Hasher) {
        withBytes { bytes in
            for index in bytes.indices { hasher.combine(bytes[index]) }
        }
    }
}

extension Text: Comparable {
    package static func < (left: Text, right: Text) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Text: CustomStringConvertible {
    package var description: String { string }
}
