/// Text of the language: any bytes, usually UTF-8.
///
/// Equality, order and hashing are those of the bytes, never of Unicode's canonical
/// equivalence, so that a digest or a signature over text is exact.
package struct Text: Sendable {
    // Valid UTF-8 is kept as a String (up to 15 bytes need no allocation), other bytes as they are.
    @usableFromInline enum Storage: Sendable {
        case string(String)
        case bytes([UInt8])
    }

    @usableFromInline var storage: Storage

    package init() {
        storage = .string("")
    }

    package init(_ string: String) {
        storage = .string(string)
    }

    package init(bytes: [UInt8]) {
        if let valid = try? UTF8Span(validating: bytes.span) {
            storage = .string(String(copying: valid))
        } else {
            storage = .bytes(bytes)
        }
    }

    /// Copies the bytes.
    package init(_ span: Span<UInt8>) {
        if let valid = try? UTF8Span(validating: span) {
            storage = .string(String(copying: valid))
        } else {
            storage = .bytes(span.copied())
        }
    }

    /// Copies the bytes of a slice.
    package init(contentsOf slice: ArraySlice<UInt8>) {
        self.init(slice.span)
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

    package var isUTF8: Bool {
        if case .string = storage { true } else { false }
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
    @inlinable
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch storage {
        case .string(let string): try body(string.utf8Span.span)
        case .bytes(let bytes): try body(bytes.span)
        }
    }

    /// Appends to the text in place.
    package mutating func append(_ other: Text) {
        guard case .string(let right) = other.storage, case .string(var left) = storage else {
            // Two halves of one character may meet here, so the whole is looked at again.
            var joined = bytes
            other.append(to: &joined)
            self = Text(bytes: joined)
            return
        }
        // The only reference must be `left`, or the append would copy.
        storage = .bytes([])
        left.append(right)
        storage = .string(left)
    }

    /// Appends the bytes of the text to a buffer.
    package func append(to buffer: inout [UInt8]) {
        switch storage {
        case .string(let string): buffer.append(contentsOf: string.utf8)
        case .bytes(let bytes): buffer.append(contentsOf: bytes)
        }
    }
}

extension Text: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Text: Hashable {
    /// Takes the same time wherever the texts differ.
    package static func == (left: Text, right: Text) -> Bool {
        guard left.byteCount == right.byteCount else { return false }
        return left.withBytes { left in
            right.withBytes { right in left.hasSameBytes(as: right) }
        }
    }

    package func hash(into hasher: inout Hasher) {
        withBytes { $0.hash(into: &hasher) }
    }
}

extension Text: Comparable {
    /// The order of the bytes.
    package static func < (left: Text, right: Text) -> Bool {
        left.withBytes { left in
            right.withBytes { right in left.precedes(right) }
        }
    }
}

extension Text: CustomStringConvertible {
    package var description: String { string }
}
