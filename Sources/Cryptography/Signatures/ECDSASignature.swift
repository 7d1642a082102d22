internal import COpenSSL

/// Both forms of a signature of ECDSA.
enum ECDSASignature {
    /// - Parameter der: as libcrypto made it
    static func raw(_ der: [UInt8], _ curve: Curve) throws(CryptographyError) -> [UInt8] {
        let signature = unsafe der.withUnsafeBufferPointer { der in
            var start = der.baseAddress
            return unsafe d2i_ECDSA_SIG(nil, &start, der.count)
        }
        guard let signature = unsafe signature else { throw .failure(of: "d2i_ECDSA_SIG") }
        defer { unsafe ECDSA_SIG_free(signature) }
        var bytes = [UInt8](repeating: 0, count: 2 * curve.byteCount)
        let isWritten = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            let count = Int32(curve.byteCount)
            return unsafe BN_bn2binpad(ECDSA_SIG_get0_r(signature), bytes.baseAddress, count) == count
                && BN_bn2binpad(
                    ECDSA_SIG_get0_s(signature), bytes.baseAddress?.advanced(by: curve.byteCount), count) == count
        }
        guard isWritten else { throw .failure(of: "BN_bn2binpad") }
        return bytes
    }

    /// - Parameter raw: two numbers of the same length
    static func der(_ raw: Span<UInt8>) -> [UInt8] {
        let half = raw.count / 2
        let body = integer(raw.extracting(..<half)) + integer(raw.extracting(half..<raw.count))
        let length = body.count < 128 ? [UInt8(body.count)] : [0x81, UInt8(truncatingIfNeeded: body.count)]
        return [0x30] + length + body
    }

    /// An INTEGER of ASN.1: without leading zeros, save one where the first bit would be a sign.
    private static func integer(_ number: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in number.indices where !bytes.isEmpty || number[index] != 0 { bytes.append(number[index]) }
        if bytes.isEmpty || bytes[0] >= 0x80 { bytes.insert(0, at: 0) }
        return [0x02, UInt8(truncatingIfNeeded: bytes.count)] + bytes
    }
}
