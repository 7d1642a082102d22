internal import COpenSSL

/// Comparisons whose time does not depend on where two byte sequences differ.
package enum ConstantTime {
    /// Whether both hold the same bytes. Only whether the lengths are equal shows in the time it takes.
    package static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                unsafe postern_equal(left.baseAddress, right.baseAddress, left.count) == 1
            }
        }
    }
}

extension [UInt8] {
    /// Overwrites the bytes with zeros, also where the compiler sees that nobody reads them again.
    package mutating func cleanse() {
        unsafe withUnsafeMutableBytes { bytes in
            unsafe OPENSSL_cleanse(bytes.baseAddress, bytes.count)
        }
    }
}
