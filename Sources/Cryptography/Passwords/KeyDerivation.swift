internal import COpenSSL

/// Keys made of passwords and of agreed secrets.
package enum KeyDerivation {
    /// PBKDF2 with HMAC (RFC 8018 section 5.2).
    package static func pbkdf2(
        _ password: [UInt8], salt: [UInt8], iterations: Int, digest: DigestAlgorithm, count: Int
    ) throws(CryptographyError) -> [UInt8] {
        let method = try FetchedDigest.method(of: digest)
        var key = [UInt8](repeating: 0, count: count)
        let result = unsafe key.withUnsafeMutableBufferPointer { key in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe password.withUnsafeBytes { password in
                    unsafe PKCS5_PBKDF2_HMAC(
                        password.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: password.count),
                        salt.baseAddress, Int32(clamping: salt.count), Int32(clamping: iterations), method.pointer,
                        Int32(clamping: count), key.baseAddress)
                }
            }
        }
        guard result == 1 else { throw .failure(of: "PKCS5_PBKDF2_HMAC") }
        return key
    }

    /// scrypt (RFC 7914). It takes 128 · `cost` · `blockSize` bytes of memory.
    package static func scrypt(
        _ password: [UInt8], salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int, count: Int
    ) throws(CryptographyError) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: count)
        let memory = UInt64(128 * (cost + parallelism + 2) * blockSize) + 1 << 20
        let result = unsafe key.withUnsafeMutableBufferPointer { key in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe password.withUnsafeBytes { password in
                    unsafe EVP_PBE_scrypt(
                        password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt.baseAddress,
                        salt.count, UInt64(cost), UInt64(blockSize), UInt64(parallelism), memory, key.baseAddress,
                        count)
                }
            }
        }
        guard result == 1 else { throw .failure(of: "EVP_PBE_scrypt") }
        return key
    }

    /// The Concat KDF (NIST SP 800-56A, with SHA-256), as RFC 7518 section 4.6.2 uses it.
    static func concatenation(
        _ secret: [UInt8], algorithm: String, partyU: [UInt8], partyV: [UInt8], count: Int
    ) throws(CryptographyError) -> [UInt8] {
        func prefixed(_ bytes: [UInt8]) -> [UInt8] { bigEndian(bytes.count) + bytes }
        let information = prefixed(Array(algorithm.utf8)) + prefixed(partyU) + prefixed(partyV) + bigEndian(count * 8)
        var key: [UInt8] = []
        var round = 1
        while key.count < count {
            key += try DigestAlgorithm.sha256.digest(of: bigEndian(round) + secret + information).bytes
            round += 1
        }
        return Array(key[..<count])
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
