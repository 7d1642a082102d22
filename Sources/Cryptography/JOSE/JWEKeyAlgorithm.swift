import Values

/// How the key of an encrypted token's text is handed over (RFC 7518 section 4.1).
package enum JWEKeyAlgorithm: String, Sendable, CaseIterable {
    case direct = "dir"
    case a128KW = "A128KW"
    case a192KW = "A192KW"
    case a256KW = "A256KW"
    case a128GCMKW = "A128GCMKW"
    case a192GCMKW = "A192GCMKW"
    case a256GCMKW = "A256GCMKW"
    case rsaOAEP = "RSA-OAEP"
    case rsaOAEP256 = "RSA-OAEP-256"
    case ecdhES = "ECDH-ES"
    case ecdhESA128KW = "ECDH-ES+A128KW"
    case ecdhESA192KW = "ECDH-ES+A192KW"
    case ecdhESA256KW = "ECDH-ES+A256KW"
    case pbes2HS256 = "PBES2-HS256+A128KW"
    case pbes2HS384 = "PBES2-HS384+A192KW"
    case pbes2HS512 = "PBES2-HS512+A256KW"

    /// Bytes of the key that wraps, nil where none does.
    private var wrappingByteCount: Int? {
        switch self {
        case .a128KW, .a128GCMKW, .ecdhESA128KW, .pbes2HS256: 16
        case .a192KW, .a192GCMKW, .ecdhESA192KW, .pbes2HS384: 24
        case .a256KW, .a256GCMKW, .ecdhESA256KW, .pbes2HS512: 32
        case .direct, .rsaOAEP, .rsaOAEP256, .ecdhES: nil
        }
    }

    /// Iterations that others may ask for. RFC 7518 wants 1000 at least; without an upper bound a token could take hours.
    private static let iterations: ClosedRange<Int64> = 1000...1_000_000
    private static let ownIterations: Int64 = 310_000

    /// The key of a new token's text, the same as the token hands it over, and what its header tells of it.
    struct Delivery {
        var key: [UInt8]
        var encrypted: [UInt8] = []
        var header: Object = [:]
    }

    func deliver(_ content: JWEContentAlgorithm, to key: JSONWebKey) throws(JOSEError) -> Delivery {
        try check(key, content)
        switch (self, key.material) {
        case (.direct, .secret(let secret)):
            guard secret.count == content.keyByteCount else {
                throw .key("dir with \(content.rawValue) takes one of \(content.keyByteCount) bytes, not \(secret.count)")
            }
            return Delivery(key: secret)
        case (.ecdhES, .asymmetric(let recipient)), (.ecdhESA128KW, .asymmetric(let recipient)),
            (.ecdhESA192KW, .asymmetric(let recipient)), (.ecdhESA256KW, .asymmetric(let recipient)):
            return try agree(with: recipient, content)
        default: break
        }
        return try JOSEError.wrapping { () throws(CryptographyError) in
            let fresh = try SecureRandom.bytes(count: content.keyByteCount)
            return try wrap(fresh, key.material)
        }
    }

    private func wrap(_ fresh: [UInt8], _ material: JSONWebKey.Material) throws(CryptographyError) -> Delivery {
        switch (self, material) {
        case (.rsaOAEP, .asymmetric(let key)):
            return Delivery(key: fresh, encrypted: try key.encryptOAEP(fresh, digest: .sha1))
        case (.rsaOAEP256, .asymmetric(let key)):
            return Delivery(key: fresh, encrypted: try key.encryptOAEP(fresh, digest: .sha256))
        case (.a128GCMKW, .secret(let secret)), (.a192GCMKW, .secret(let secret)), (.a256GCMKW, .secret(let secret)):
            let iv = try SecureRandom.bytes(count: 12)
            let (bytes, tag) = try AES.encryptGCM(fresh, key: wrapping(secret), iv: iv)
            let header: Object = ["iv": .text(CompactToken.encode(iv)), "tag": .text(CompactToken.encode(tag))]
            return Delivery(key: fresh, encrypted: bytes, header: header)
        case (_, .secret(let secret)):
            guard let digest = passwordDigest else {
                return Delivery(key: fresh, encrypted: try AES.wrap(fresh, key: wrapping(secret)))
            }
            let salt = try SecureRandom.bytes(count: 16)
            let key = try passwordKey(secret, salt, Self.ownIterations, digest)
            let header: Object = ["p2s": .text(CompactToken.encode(salt)), "p2c": .integer(Self.ownIterations)]
            return Delivery(key: fresh, encrypted: try AES.wrap(fresh, key: key), header: header)
        default: return Delivery(key: [])
        }
    }

    /// The key of a token's text, or nil if it was not meant for this key.
    func receive(
        _ encrypted: [UInt8], _ header: Object, _ content: JWEContentAlgorithm, key: JSONWebKey
    ) throws(JOSEError) -> [UInt8]? {
        try check(key, content)
        switch key.material {
        case .asymmetric(let asymmetric):
            guard asymmetric.isPrivate else { throw .key("a public one decrypts nothing") }
            return try receive(encrypted, header, content, asymmetric)
        case .secret(let secret):
            return try receive(encrypted, header, secret)
        }
    }

    private func receive(_ encrypted: [UInt8], _ header: Object, _ secret: [UInt8]) throws(JOSEError) -> [UInt8]? {
        switch self {
        case .direct: return encrypted.isEmpty ? secret : nil
        case .a128GCMKW, .a192GCMKW, .a256GCMKW:
            let iv = try Self.bytes("iv", header)
            let tag = try Self.bytes("tag", header)
            guard iv.count == 12 else { return nil }
            return try JOSEError.wrapping { () throws(CryptographyError) in
                try AES.decryptGCM(encrypted, tag: tag, key: wrapping(secret), iv: iv)
            }
        default:
            var wrappingKey = wrapping(secret)
            if let digest = passwordDigest {
                let salt = try Self.bytes("p2s", header)
                guard case .integer(let iterations)? = header["p2c"], Self.iterations.contains(iterations), salt.count >= 8
                else { throw .malformed("its p2c is not between 1000 and 1000000, or its p2s too short") }
                wrappingKey = try JOSEError.wrapping { () throws(CryptographyError) in
                    try passwordKey(secret, salt, iterations, digest)
                }
            }
            return try JOSEError.wrapping { () throws(CryptographyError) in try AES.unwrap(encrypted, key: wrappingKey) }
        }
    }

    private func receive(
        _ encrypted: [UInt8], _ header: Object, _ content: JWEContentAlgorithm, _ key: AsymmetricKey
    ) throws(JOSEError) -> [UInt8]? {
        switch self {
        case .rsaOAEP, .rsaOAEP256:
            return try JOSEError.wrapping { () throws(CryptographyError) in
                try key.decryptOAEP(encrypted, digest: self == .rsaOAEP ? .sha1 : .sha256)
            }
        default:
            guard case .object(let members)? = header["epk"], case .asymmetric(let sender) = try JSONWebKey(members).material,
                sender.kind == key.kind
            else { throw .malformed("its epk is no key on the recipient's curve") }
            let derived = try derive(key, sender, header, content)
            if wrappingByteCount == nil { return encrypted.isEmpty ? derived : nil }
            return try JOSEError.wrapping { () throws(CryptographyError) in try AES.unwrap(encrypted, key: derived) }
        }
    }

    // MARK: Agreement

    private func agree(with recipient: AsymmetricKey, _ content: JWEContentAlgorithm) throws(JOSEError) -> Delivery {
        guard case .curve(let curve) = recipient.kind else { throw .key("\(rawValue) takes one on a curve") }
        let own = try JOSEError.wrapping { () throws(CryptographyError) in try AsymmetricKey.generate(on: curve) }
        var published = try JSONWebKey(.asymmetric(own)).object()
        published["d"] = nil
        let header: Object = ["epk": .object(published)]
        let derived = try derive(own, recipient, header, content)
        if wrappingByteCount == nil { return Delivery(key: derived, header: header) }
        return try JOSEError.wrapping { () throws(CryptographyError) in
            let fresh = try SecureRandom.bytes(count: content.keyByteCount)
            return Delivery(key: fresh, encrypted: try AES.wrap(fresh, key: derived), header: header)
        }
    }

    private func derive(
        _ own: AsymmetricKey, _ other: AsymmetricKey, _ header: Object, _ content: JWEContentAlgorithm
    ) throws(JOSEError) -> [UInt8] {
        let partyU = try header["apu"].map { _ throws(JOSEError) in try Self.bytes("apu", header) } ?? []
        let partyV = try header["apv"].map { _ throws(JOSEError) in try Self.bytes("apv", header) } ?? []
        let name = wrappingByteCount == nil ? content.rawValue : rawValue
        return try JOSEError.wrapping { () throws(CryptographyError) in
            try KeyDerivation.concatenation(
                try own.agree(with: other), algorithm: name, partyU: partyU, partyV: partyV,
                count: wrappingByteCount ?? content.keyByteCount)
        }
    }

    // MARK: Secrets

    private var passwordDigest: DigestAlgorithm? {
        switch self {
        case .pbes2HS256: .sha256
        case .pbes2HS384: .sha384
        case .pbes2HS512: .sha512
        default: nil
        }
    }

    private func passwordKey(
        _ password: [UInt8], _ salt: [UInt8], _ iterations: Int64, _ digest: DigestAlgorithm
    ) throws(CryptographyError) -> [UInt8] {
        try KeyDerivation.pbkdf2(
            password, salt: Array(rawValue.utf8) + [0] + salt, iterations: Int(iterations), digest: digest,
            count: wrappingByteCount ?? 0)
    }

    /// A longer secret counts as far as it is needed, as in PHP, so that one secret serves several algorithms.
    private func wrapping(_ secret: [UInt8]) -> [UInt8] { Array(secret.prefix(wrappingByteCount ?? secret.count)) }

    private func check(_ key: JSONWebKey, _ content: JWEContentAlgorithm) throws(JOSEError) {
        // A key that is used directly is one for the algorithm of the text.
        let isContentKey = self == .direct && key.algorithm?.string == content.rawValue
        if let own = key.algorithm?.string, own != rawValue, !isContentKey { throw .key("it is one for \(own), not for \(rawValue)") }
        switch (self, key.material) {
        case (.rsaOAEP, .asymmetric(let asymmetric)), (.rsaOAEP256, .asymmetric(let asymmetric)):
            guard case .rsa = asymmetric.kind else { throw .key("\(rawValue) takes one of RSA") }
        case (.ecdhES, .asymmetric(let asymmetric)), (.ecdhESA128KW, .asymmetric(let asymmetric)),
            (.ecdhESA192KW, .asymmetric(let asymmetric)), (.ecdhESA256KW, .asymmetric(let asymmetric)):
            guard case .curve = asymmetric.kind else { throw .key("\(rawValue) takes one on a curve") }
        case (.ecdhES, _), (.ecdhESA128KW, _), (.ecdhESA192KW, _), (.ecdhESA256KW, _), (.rsaOAEP, _), (.rsaOAEP256, _):
            throw .key("\(rawValue) takes no mere secret")
        case (_, .asymmetric): throw .key("\(rawValue) takes a secret")
        case (_, .secret(let secret)):
            let least = passwordDigest == nil ? wrappingByteCount ?? 1 : 1
            guard secret.count >= least else { throw .key("\(rawValue) takes one of \(least) bytes, not \(secret.count)") }
        }
    }

    private static func bytes(_ name: Text, _ header: Object) throws(JOSEError) -> [UInt8] {
        guard case .text(let text)? = header[name], let bytes = Base64.urlSafe.decode(text.string, padding: .forbidden) else {
            throw .malformed("its \(name) is missing or not base64url")
        }
        return bytes
    }
}
