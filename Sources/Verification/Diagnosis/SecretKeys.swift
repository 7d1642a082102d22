internal import Cryptography

/// The keys that a text may become by another rule than the sender's.
struct SecretKeys {
    private let rule: KeyRule

    init(_ rule: KeyRule) {
        self.rule = rule
    }

    /// What stands before secrets, or is taken for a part of them.
    static let prefixes = [
        "whsec_", "v1,whsec_", "whsk_", "sha256=", "sha1=", "sha512=", "hmac-sha256=", "v0=", "v1=", "base64:", "hex:",
        "utf8:",
    ]

    func variants(of text: [UInt8]) -> [SecretVariant] {
        var variants: [SecretVariant] = []
        if rule.encoding != .utf8 || !rule.prefixes.isEmpty {
            variants.append(SecretVariant(asText, "the secret is the key as it is, every character of it", text))
        }
        variants += decoded(text, "the secret")
        for prefix in Self.prefixes where text.starts(with: prefix.utf8) && text.count > prefix.utf8.count {
            let rest = Array(text.dropFirst(prefix.utf8.count))
            // Where it has to be taken off, that is no mistake.
            let mistake = rule.prefixes.contains(prefix) ? nil : Mistake.secretPrefix
            variants.append(
                SecretVariant(
                    mistake ?? asText, "\(prefix) is taken off the secret and the rest is used as text", rest))
            variants += decoded(rest, "what follows \(prefix) in the secret", mistake)
        }
        if !text.starts(with: "whsec_".utf8) {
            variants.append(
                SecretVariant(
                    .secretPrefix, "the secret begins with whsec_, which is part of it", Array("whsec_".utf8) + text))
        }
        variants += encoded(text)
        return variants
    }

    /// What a key that is the text itself says about the rule.
    private var asText: Mistake {
        switch rule.encoding {
        case .base64, .base64IfPrefixed: .secretBase64
        case .hex: .secretHexadecimal
        case .utf8, .nfkd, .sha1: .secretPrefix
        }
    }

    private func decoded(_ text: [UInt8], _ name: String, _ mistake: Mistake? = nil) -> [SecretVariant] {
        var variants: [SecretVariant] = []
        if let key = Base64.standard.decode(text.span, padding: .optional, trailingBits: .ignored) {
            variants.append(SecretVariant(mistake ?? .secretBase64, "\(name) is decoded from base 64", key))
        }
        if let key = Base64.urlSafe.decode(text.span, padding: .optional, trailingBits: .ignored) {
            variants.append(
                SecretVariant(
                    mistake ?? .secretURLSafe, "\(name) is decoded from base 64 with - and _ in place of + and /", key))
        }
        if let key = Hexadecimal.decode(text.span) {
            variants.append(SecretVariant(mistake ?? .secretHexadecimal, "\(name) is decoded from hexadecimal", key))
        }
        return variants
    }

    /// The reverse: somebody has decoded what is used as text.
    private func encoded(_ text: [UInt8]) -> [SecretVariant] {
        var variants = Self.encodings(text, "the secret")
        if let bytes = Hexadecimal.decode(text.span) {
            variants += Self.base64(bytes, "the bytes that the secret is in hexadecimal are", .secretHexadecimal)
        }
        if let bytes = Base64.standard.decode(text.span, padding: .optional, trailingBits: .ignored) {
            variants.append(
                SecretVariant(
                    .secretHexadecimal, "the bytes that the secret is in base 64 are written in hexadecimal",
                    Array(Hexadecimal.encode(bytes).utf8)))
            let standard = Array(Base64.standard.encode(bytes).utf8)
            variants.append(SecretVariant(.secretBase64, "the secret has the = signs at its end", standard))
            let urlSafe = Array(Base64.urlSafe.encode(bytes).utf8)
            variants.append(SecretVariant(.secretURLSafe, "the secret has - and _ in place of + and /", urlSafe))
        } else if let bytes = Base64.urlSafe.decode(text.span, padding: .optional, trailingBits: .ignored) {
            let standard = Array(Base64.standard.encode(bytes).utf8)
            variants.append(SecretVariant(.secretURLSafe, "the secret has + and / in place of - and _", standard))
        }
        return variants
    }

    private static func encodings(_ bytes: [UInt8], _ name: String) -> [SecretVariant] {
        base64(bytes, "\(name) is", .secretBase64) + [
            SecretVariant(
                .secretHexadecimal, "\(name) is written in hexadecimal", Array(Hexadecimal.encode(bytes).utf8))
        ]
    }

    private static func base64(_ bytes: [UInt8], _ subject: String, _ mistake: Mistake) -> [SecretVariant] {
        [
            SecretVariant(mistake, "\(subject) written in base 64", Array(Base64.standard.encode(bytes).utf8)),
            SecretVariant(
                mistake, "\(subject) written in base 64 without = signs",
                Array(Base64.standard.encode(bytes, padded: false).utf8)),
        ]
    }
}
