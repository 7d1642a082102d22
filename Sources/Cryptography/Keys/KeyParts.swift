internal import COpenSSL

/// The named numbers and bytes of which a key is made.
@safe
struct KeyParts: ~Copyable {
    private let builder: OpaquePointer
    private var numbers: [LargeNumber] = []

    init() throws(CryptographyError) {
        guard let builder = unsafe OSSL_PARAM_BLD_new() else { throw .failure(of: "OSSL_PARAM_BLD_new") }
        unsafe self.builder = builder
    }

    deinit {
        unsafe OSSL_PARAM_BLD_free(builder)
    }

    /// In the order of the shim.
    enum Part: Int32 {
        case modulus, exponent, secretExponent, factor1, factor2, exponent1, exponent2, coefficient
        /// Of a key on a curve.
        case secret
    }

    /// An unsigned number, the most significant byte first. Its parameter points to it until the key is made.
    mutating func add(_ part: Part, _ bytes: [UInt8]) throws(CryptographyError) {
        let number = try LargeNumber(bytes)
        numbers.append(number)
        guard unsafe postern_push_number(builder, part.rawValue, number.pointer) == 1 else {
            throw .failure(of: "OSSL_PARAM_BLD_push_BN")
        }
    }

    /// Makes the key, which libcrypto checks as far as it needs.
    ///
    /// - Parameters:
    ///   - type: as libcrypto names it
    ///   - curve: for a key on one, its name and the point
    borrowing func key(
        _ type: String, isPrivate: Bool, curve: (name: String, point: [UInt8])? = nil
    ) throws(CryptographyError) -> OpaquePointer {
        // The builder keeps pointers to what it is given, until its parameters are made.
        let parameters = unsafe (curve?.name ?? "").withCString { name in
            unsafe (curve?.point ?? []).withUnsafeBytes { point in
                if curve != nil, unsafe postern_push_curve(builder, name, point.baseAddress, point.count) != 1 {
                    return unsafe UnsafeMutablePointer<OSSL_PARAM>?.none
                }
                return unsafe OSSL_PARAM_BLD_to_param(builder)
            }
        }
        guard let parameters = unsafe parameters else { throw .failure(of: "OSSL_PARAM_BLD_to_param") }
        defer { unsafe OSSL_PARAM_free(parameters) }
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
            throw .failure(of: "EVP_PKEY_CTX_new_from_name")
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        // Public parts, or those and the private ones; the domain's in both.
        let selection: Int32 = isPrivate ? 0x87 : 0x86
        guard unsafe EVP_PKEY_fromdata_init(context) == 1,
            unsafe EVP_PKEY_fromdata(context, &key, selection, parameters) == 1, let key = unsafe key
        else { throw .failure(of: "EVP_PKEY_fromdata") }
        return unsafe key
    }
}

extension AsymmetricKey {
    /// A part of the key that is a number, the most significant byte first.
    ///
    /// - Parameter count: how many bytes; nil for as few as it has
    func number(_ name: String, count: Int? = nil) throws(CryptographyError) -> [UInt8] {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(pointer, name, &number) == 1, let number = unsafe number else {
            throw .failure(of: "EVP_PKEY_get_bn_param")
        }
        defer { unsafe BN_clear_free(number) }
        let least = unsafe Int(BN_num_bits(number) + 7) / 8
        var bytes = [UInt8](repeating: 0, count: count ?? least)
        let written = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            unsafe BN_bn2binpad(number, bytes.baseAddress, Int32(clamping: bytes.count))
        }
        guard written == bytes.count else { throw .failure(of: "BN_bn2binpad") }
        return bytes
    }

    /// The raw public or private part of a key of Ed25519.
    func raw(isPrivate: Bool) throws(CryptographyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        let result = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
            unsafe isPrivate
                ? EVP_PKEY_get_raw_private_key(pointer, bytes.baseAddress, &count)
                : EVP_PKEY_get_raw_public_key(pointer, bytes.baseAddress, &count)
        }
        guard result == 1, count == 32 else { throw .failure(of: "EVP_PKEY_get_raw_public_key") }
        return bytes
    }

    /// A key of Ed25519 (RFC 8032): its 32 raw bytes.
    package convenience init(ed25519 bytes: [UInt8], isPrivate: Bool = false) throws(CryptographyError) {
        let pointer = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe isPrivate
                ? EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, bytes.baseAddress, bytes.count)
                : EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes.baseAddress, bytes.count)
        }
        guard let pointer = unsafe pointer else { throw .failure(of: "EVP_PKEY_new_raw_public_key_ex") }
        try unsafe self.init(taking: pointer, isPrivate: isPrivate)
    }

    /// A key of RSA: modulus and exponent, and for a private one all the numbers of RFC 8017 section 3.2.
    package convenience init(
        modulus: [UInt8], exponent: [UInt8], secret: RSASecret? = nil
    ) throws(CryptographyError) {
        // A longer one takes too long to be given by others.
        guard modulus.count <= 2048, exponent.count <= 8 else {
            throw .failed(call: "reading an RSA key", reasons: ["its numbers are too large"])
        }
        var parts = try KeyParts()
        try parts.add(.modulus, modulus)
        try parts.add(.exponent, exponent)
        if let secret {
            let order: [KeyParts.Part] = [.secretExponent, .factor1, .factor2, .exponent1, .exponent2, .coefficient]
            for (part, number) in zip(order, secret.numbers) { try parts.add(part, number) }
        }
        let pointer = unsafe try parts.key("RSA", isPrivate: secret != nil)
        try unsafe self.init(taking: pointer, isPrivate: secret != nil)
    }

    /// The private numbers of RSA: d alone, or d, p, q, dp, dq, qi.
    package struct RSASecret: Sendable {
        let numbers: [[UInt8]]

        package init?(_ numbers: [[UInt8]]) {
            guard [1, 6].contains(numbers.count) else { return nil }
            self.numbers = numbers
        }
    }

    /// A key on a curve: both coordinates of its public point, which has to lie on the curve, and the private number.
    package convenience init(
        _ curve: Curve, x: [UInt8], y: [UInt8], secret: [UInt8]? = nil
    ) throws(CryptographyError) {
        guard x.count == curve.byteCount, y.count == curve.byteCount else {
            throw .failed(call: "reading a key", reasons: ["its coordinates are not those of \(curve.rawValue)"])
        }
        var parts = try KeyParts()
        if let secret { try parts.add(.secret, secret) }
        let pointer = unsafe try parts.key(
            "EC", isPrivate: secret != nil, curve: (curve.rawValue, [4] + x + y))
        try unsafe self.init(taking: pointer, isPrivate: secret != nil)
    }
}

/// A `BIGNUM`.
@safe
private final class LargeNumber {
    let pointer: OpaquePointer

    init(_ bytes: [UInt8]) throws(CryptographyError) {
        let pointer = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe BN_bin2bn(bytes.baseAddress, Int32(clamping: bytes.count), nil)
        }
        guard let pointer = unsafe pointer else { throw .failure(of: "BN_bin2bn") }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe BN_clear_free(pointer)
    }
}
