import Cryptography
internal import Values

/// A secret that nobody has, of the kind that a scheme takes.
enum StrangerSecret {
    /// nil where a scheme takes none.
    static func make(for rule: VerificationRule) throws(SigningError) -> SecretSet? {
        guard rule.scheme.secretUse != .none else { return nil }
        let bytes = try bytes(for: rule.scheme)
        var set = SecretSet()
        do throws(SettingProblem) {
            try set.add(bytes, from: "a secret of nobody's")
        } catch {
            throw .library(error.problem)
        }
        return set
    }

    private static func bytes(for scheme: Scheme) throws(SigningError) -> [UInt8] {
        switch scheme {
        case .hmac(let hmac): try text(for: hmac.keyRule)
        case .adyen: try text(for: AdyenCheck.keyRule)
        case .basic: Array("somebody:".utf8) + (try text(for: KeyRule()))
        case .publicKey(let scheme): try key(for: scheme.algorithm)
        case .sns: try key(for: .rsa(.sha256))
        case .travis: try key(for: TravisCheck.algorithm)
        case .paddleClassic: try key(for: PaddleClassicCheck.algorithm)
        case .jws(let scheme) where scheme.algorithms.contains(where: \.isSecret): try text(for: scheme.keyRule)
        case .jws(let scheme): try key(for: scheme.algorithms)
        case .none, .address, .token, .digest, .twilio, .braintree, .vonageSMS: try text(for: KeyRule())
        }
    }

    private static func text(for rule: KeyRule) throws(SigningError) -> [UInt8] {
        do throws(CryptographyError) {
            let bytes = try SecureRandom.bytes(count: 32)
            let prefix = Array((rule.prefixes.first ?? "").utf8)
            return switch rule.encoding {
            case .base64, .base64IfPrefixed: prefix + Array(Base64.standard.encode(bytes).utf8)
            case .utf8, .hex, .nfkd, .sha1: prefix + Array(Hexadecimal.encode(bytes).utf8)
            }
        } catch {
            throw .library(error.description)
        }
    }

    private static func key(for algorithm: SignatureScheme) throws(SigningError) -> [UInt8] {
        switch algorithm {
        case .ed25519: try text(of: .ed25519)
        case .ecdsa: try text(of: .curve(.p256))
        case .rsa, .rsaPSS: try text(of: .rsa(bits: 2048))
        }
    }

    private static func key(for algorithms: [JWSAlgorithm]) throws(SigningError) -> [UInt8] {
        let kinds: [AsymmetricKey.Kind] = [.ed25519, .curve(.p256), .curve(.p384), .curve(.p521), .rsa(bits: 2048)]
        for kind in kinds {
            let key = try key(of: kind)
            if algorithms.contains(where: { $0.fits(key) }) { return try text(of: key) }
        }
        throw .publicKey
    }

    private static func key(of kind: AsymmetricKey.Kind) throws(SigningError) -> JSONWebKey {
        do throws(CryptographyError) {
            return switch kind {
            case .ed25519: JSONWebKey(.asymmetric(try AsymmetricKey.generateEd25519()))
            case .curve(let curve): JSONWebKey(.asymmetric(try AsymmetricKey.generate(on: curve)))
            case .rsa(let bits): JSONWebKey(.asymmetric(try AsymmetricKey.generateRSA(bits: bits)))
            }
        } catch {
            throw .library(error.description)
        }
    }

    private static func text(of kind: AsymmetricKey.Kind) throws(SigningError) -> [UInt8] {
        try text(of: try key(of: kind))
    }

    private static func text(of key: JSONWebKey) throws(SigningError) -> [UInt8] {
        do throws(JOSEError) {
            return JSON.print(.object(try key.object()))
        } catch {
            throw .library("\(error)")
        }
    }
}
