package import Values

/// A key as JOSE writes it (RFC 7517, RFC 7518 section 6, RFC 8037 section 2).
package struct JSONWebKey: Sendable {
    package enum Material: Sendable {
        /// `oct`: bytes
        case secret([UInt8])
        /// `RSA`, `EC`, `OKP`
        case asymmetric(AsymmetricKey)
    }

    package var material: Material
    /// `kid`
    package var identifier: Text?
    /// `alg`: if it is there, the only algorithm that the key may be used with.
    package var algorithm: Text?

    package init(_ material: Material, identifier: Text? = nil, algorithm: Text? = nil) {
        self.material = material
        self.identifier = identifier
        self.algorithm = algorithm
    }

    /// Reads a key.
    ///
    /// - Throws: `JOSEError.key` that says which member is wrong.
    package init(_ object: Object) throws(JOSEError) {
        let members = Members(object)
        let material: Material
        switch object["kty"] {
        case .text("oct")?:
            let bytes = try members.bytes("k")
            guard !bytes.isEmpty else { throw .key("k is empty") }
            material = .secret(bytes)
        case .text("RSA")?: material = .asymmetric(try members.rsa())
        case .text("EC")?: material = .asymmetric(try members.curve())
        case .text("OKP")?: material = .asymmetric(try members.ed25519())
        default: throw .key("its kty is none of oct, RSA, EC, OKP")
        }
        var texts: [Text?] = []
        for name in ["kid", "alg"] as [Text] {
            if case .text(let text)? = object[name] { texts.append(text) } else { texts.append(nil) }
        }
        self.init(material, identifier: texts[0], algorithm: texts[1])
    }

    /// The keys of a set, `{"keys": […]}`; those of a kind that is not known are left out (RFC 7517 section 5).
    package static func set(_ object: Object) throws(JOSEError) -> [JSONWebKey] {
        guard case .array(let items)? = object["keys"] else { throw .key("a set of keys has them in `keys`") }
        return items.compactMap { item in
            guard case .object(let object) = item else { return nil }
            return try? JSONWebKey(object)
        }
    }

    /// The key, a private one with its secret parts.
    package func object() throws(JOSEError) -> Object {
        var object: Object
        switch material {
        case .secret(let bytes): object = ["kty": "oct", "k": .text(CompactToken.encode(bytes))]
        case .asymmetric(let key): object = try JOSEError.wrapping { () throws(CryptographyError) in try key.members() }
        }
        if let algorithm { object["alg"] = .text(algorithm) }
        if let identifier { object["kid"] = .text(identifier) }
        return object
    }
}

/// The members of a JWK, read strictly.
private struct Members {
    let object: Object

    init(_ object: Object) { self.object = object }

    func bytes(_ name: Text) throws(JOSEError) -> [UInt8] {
        guard case .text(let text)? = object[name], let bytes = Base64.urlSafe.decode(text.string, padding: .optional) else {
            throw .key("\(name) is missing or not base64url")
        }
        return bytes
    }

    func rsa() throws(JOSEError) -> AsymmetricKey {
        let modulus = try bytes("n")
        let exponent = try bytes("e")
        var secret: AsymmetricKey.RSASecret?
        if object.contains("d") {
            var numbers: [[UInt8]] = []
            let names: [Text] = object.contains("p") ? ["d", "p", "q", "dp", "dq", "qi"] : ["d"]
            for name in names { numbers.append(try bytes(name)) }
            secret = AsymmetricKey.RSASecret(numbers)
        }
        return try JOSEError.wrapping { () throws(CryptographyError) in
            try AsymmetricKey(modulus: modulus, exponent: exponent, secret: secret)
        }
    }

    func curve() throws(JOSEError) -> AsymmetricKey {
        guard case .text(let name)? = object["crv"], let curve = Curve(rawValue: name.string) else {
            throw .key("its crv is none of P-256, P-384, P-521")
        }
        let x = try bytes("x")
        let y = try bytes("y")
        let secret = object.contains("d") ? try bytes("d") : nil
        return try JOSEError.wrapping { () throws(CryptographyError) in
            try AsymmetricKey(curve, x: x, y: y, secret: secret)
        }
    }

    func ed25519() throws(JOSEError) -> AsymmetricKey {
        guard object["crv"] == .text("Ed25519") else { throw .key("of OKP only Ed25519 is known") }
        let isPrivate = object.contains("d")
        let raw = try bytes(isPrivate ? "d" : "x")
        return try JOSEError.wrapping { () throws(CryptographyError) in
            try AsymmetricKey(ed25519: raw, isPrivate: isPrivate)
        }
    }
}

extension AsymmetricKey {
    fileprivate func members() throws(CryptographyError) -> Object {
        var object: Object
        var names: [(member: Text, number: String, count: Int?)]
        switch kind {
        case .rsa:
            object = ["kty": "RSA"]
            names = [("n", "n", nil), ("e", "e", nil)]
            if isPrivate {
                names += [
                    ("d", "d", nil), ("p", "rsa-factor1", nil), ("q", "rsa-factor2", nil), ("dp", "rsa-exponent1", nil),
                    ("dq", "rsa-exponent2", nil), ("qi", "rsa-coefficient1", nil),
                ]
            }
        case .curve(let curve):
            object = ["kty": "EC", "crv": .text(curve.rawValue)]
            names = [("x", "qx", curve.byteCount), ("y", "qy", curve.byteCount)]
            if isPrivate { names.append(("d", "priv", curve.byteCount)) }
        case .ed25519:
            object = ["kty": "OKP", "crv": "Ed25519", "x": .text(CompactToken.encode(try raw(isPrivate: false)))]
            names = []
            if isPrivate { object["d"] = .text(CompactToken.encode(try raw(isPrivate: true))) }
        }
        for name in names { object[name.member] = .text(CompactToken.encode(try number(name.number, count: name.count))) }
        return object
    }
}
