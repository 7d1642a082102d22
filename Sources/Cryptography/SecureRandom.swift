internal import COpenSSL
internal import Glibc

/// Random numbers of the kernel, fit for keys. libcrypto's own generator is seeded from them, which takes it 0.7 ms
/// in a process that has just started, and a CGI process always has.
package enum SecureRandom {
    /// - Throws: `CryptographyError` when the kernel gives none.
    package static func bytes(count: Int) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(count, 0))
        var filled = 0
        while filled < bytes.count {
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe getrandom(buffer.baseAddress?.advanced(by: filled), buffer.count - filled, 0)
            }
            // A signal may come while a large buffer is filled (getrandom(2)).
            if result < 0, errno == EINTR { continue }
            guard result > 0 else {
                throw .failed(call: "getrandom", reasons: ["error \(errno)"])
            }
            filled += result
        }
        return bytes
    }
}
