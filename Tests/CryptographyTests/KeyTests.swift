import Cryptography
import Testing
import Values

@Suite("Keys")
struct KeyTests {
    @Test("A JWK is read and written alike", arguments: TokenCase.all)
    func written(vector: TokenCase) throws {
        let object = try JSONWebKey(vector.key).object()
        for (name, value) in object where name != "kid" && name != "alg" { #expect(vector.key[name] == value, "\(name)") }
    }

    @Test("A new key signs what its public half verifies")
    func generated() throws {
        let message = Array("message".utf8)
        for (key, scheme) in [
            (try AsymmetricKey.generateRSA(bits: 1024), SignatureScheme.rsa(.sha256)),
            (try .generate(on: .p256), .ecdsa(.sha256, .der)), (try .generate(on: .p384), .ecdsa(.sha384, .der)),
            (try .generate(on: .p521), .ecdsa(.sha512, .raw)), (try .generateEd25519(), .ed25519),
        ] {
            var object = try JSONWebKey(.asymmetric(key)).object()
            for name in ["d", "p", "q", "dp", "dq", "qi"] as [Text] { object[name] = nil }
            guard case .asymmetric(let half) = try JSONWebKey(object).material else { return }
            #expect(!half.isPrivate)
            let signature = try scheme.sign(message, key: key)
            #expect(try scheme.verifies(signature, of: message, key: half))
            #expect(try !scheme.verifies(signature, of: message + [0], key: half))
            #expect(try !scheme.verifies(signature.dropLast() + [signature[signature.count - 1] ^ 1], of: message, key: half))
            #expect(try !scheme.verifies([], of: message, key: half))
            #expect(throws: CryptographyError.self) { try scheme.sign(message, key: half) }
        }
    }

    @Test("A signature of ECDSA has both forms", arguments: Curve.allCases)
    func forms(curve: Curve) throws {
        let key = try AsymmetricKey.generate(on: curve)
        // Leading zeros of its numbers come up one time in 128.
        for number in 0..<300 {
            let message = [UInt8(number & 255), UInt8(number >> 8)]
            let raw = try SignatureScheme.ecdsa(.sha256, .raw).sign(message, key: key)
            #expect(raw.count == 2 * curve.byteCount)
            #expect(try SignatureScheme.ecdsa(.sha256, .raw).verifies(raw, of: message, key: key))
            #expect(try !SignatureScheme.ecdsa(.sha256, .der).verifies(raw, of: message, key: key))
            #expect(try !SignatureScheme.ecdsa(.sha256, .raw).verifies([0] + raw, of: message, key: key))
        }
    }

    @Test("A key is not used under a scheme of another kind")
    func otherScheme() throws {
        let key = try AsymmetricKey.generate(on: .p256)
        for scheme in [SignatureScheme.rsa(.sha256), .rsaPSS(.sha256), .ed25519] {
            #expect(throws: CryptographyError.self) { try scheme.verifies([1], of: [1], key: key) }
        }
    }

    static let pem = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
        -----END PUBLIC KEY-----
        """

    @Test("A public key in PEM is that of the same bytes; anything else is an error")
    func pem() throws {
        let key = try AsymmetricKey(pem: Array(Self.pem.utf8))
        #expect(key.kind == .ed25519)
        #expect(!key.isPrivate)
        let object = try JSONWebKey(.asymmetric(key)).object()
        #expect(object["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        for text in ["", "secret", Self.pem.replacing("K2Vw", with: "K2Vy"), "-----BEGIN PUBLIC KEY-----"] {
            #expect(throws: CryptographyError.self) { try AsymmetricKey(pem: Array(text.utf8)) }
        }
    }

    @Test("Of a set the keys of known kinds are taken")
    func set() throws {
        let set: Value = [
            "keys": [["kty": "oct", "k": "AQ", "kid": "a"], ["kty": "new", "k": "AQ"], ["kty": "oct"], "x"],
        ]
        guard case .object(let object) = set else { return }
        let keys = try JSONWebKey.set(object)
        #expect(keys.map(\.identifier) == ["a"])
        #expect(throws: JOSEError.self) { try JSONWebKey.set(["kty": "oct"]) }
    }

    @Test(
        "A JWK that is not whole, or whose point lies off its curve, is an error",
        arguments: [
            [:], ["kty": "oct"], ["kty": "oct", "k": ""], ["kty": "oct", "k": "?"], ["kty": "RSA", "n": "AQ"],
            ["kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"], ["kty": "EC", "crv": "P-1"],
            [
                "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1",
            ],
            ["kty": "OKP", "crv": "Ed25519", "x": "AQ"], ["kty": "OKP", "crv": "X25519", "x": "AQ"],
        ] as [Object])
    func malformed(object: Object) {
        #expect(throws: JOSEError.self) { try JSONWebKey(object) }
    }
}
