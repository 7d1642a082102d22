internal import COpenSSL

/// Random numbers of libcrypto, fit for keys.
package enum SecureRandom {
    /// - Throws: `CryptographyError` when the system gives no entropy.
    package static func bytes(count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(count, 0))
        guard let length = Int32(exactly: bytes.count) else {
            throw .failed(call: "RAND_bytes", reasons: ["more than 2 GB asked for"])
        }
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe RAND_bytes(buffer.baseAddress, length)
        }
        guard length == 0 || result == 1 else { throw .failure(of: "RAND_bytes") }
        return bytes
    }
}
