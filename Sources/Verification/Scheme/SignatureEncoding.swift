import Cryptography

/// How the bytes of a signature are written. Each has one form only, so that a signature that was written in
/// another way is another signature; `hex-any`, `base64-any` and `base64url` have as many as the sender's rule allows.
enum SignatureEncoding: String, CaseIterable, Sendable {
    case hex
    case hexUpper = "hex-upper"
    /// Hexadecimal whose letter case does not count.
    case hexAny = "hex-any"
    case base64
    /// Base 64 whose padding may be there or not.
    case base64Any = "base64-any"
    /// Base 64 with `-` and `_` whose padding may be there or not.
    case base64url
    /// The lower-case hexadecimal, as text, in base 64.
    case base64Hex = "base64-hex"

    /// What the request should hold, for messages.
    var expected: String {
        switch self {
        case .hex: "lower-case hexadecimal"
        case .hexUpper: "upper-case hexadecimal"
        case .hexAny: "hexadecimal"
        case .base64: "padded base 64"
        case .base64Any: "base 64"
        case .base64url: "base 64 with - and _"
        case .base64Hex: "base 64 of lower-case hexadecimal"
        }
    }

    /// nil for text that is not of this form.
    func decode(_ text: Span<UInt8>) -> [UInt8]? {
        switch self {
        case .hex: Self.contains(text, UInt8(ascii: "A")...UInt8(ascii: "F")) ? nil : Hexadecimal.decode(text)
        case .hexUpper: Self.contains(text, UInt8(ascii: "a")...UInt8(ascii: "f")) ? nil : Hexadecimal.decode(text)
        case .hexAny: Hexadecimal.decode(text)
        case .base64: Base64.standard.decode(text)
        case .base64Any: Base64.standard.decode(text, padding: .optional)
        case .base64url: Base64.urlSafe.decode(text, padding: .optional)
        case .base64Hex: Base64.standard.decode(text).flatMap { Self.hex.decode($0.span) }
        }
    }

    func encode(_ bytes: [UInt8]) -> String {
        switch self {
        case .hex, .hexAny: Hexadecimal.encode(bytes)
        case .hexUpper: Hexadecimal.encode(bytes).uppercased()
        case .base64, .base64Any: Base64.standard.encode(bytes)
        case .base64url: Base64.urlSafe.encode(bytes, padded: false)
        case .base64Hex: Base64.standard.encode(Array(Hexadecimal.encode(bytes).utf8))
        }
    }

    func encode(_ digest: Digest) -> String { encode(digest.bytes) }

    private static func contains(_ text: Span<UInt8>, _ range: ClosedRange<UInt8>) -> Bool {
        for index in text.indices where range.contains(text[index]) { return true }
        return false
    }
}
