import Cryptography

/// How the bytes of a signature are written. Each has one form only, so that a signature that was written in
/// another way is another signature (`base64url` has two: its padding may be there or not).
enum SignatureEncoding: String, CaseIterable, Sendable {
    case hex
    case hexUpper = "hex-upper"
    case base64
    case base64url

    /// What the request should hold, for messages.
    var expected: String {
        switch self {
        case .hex: "lower-case hexadecimal"
        case .hexUpper: "upper-case hexadecimal"
        case .base64: "padded base 64"
        case .base64url: "base 64 with - and _"
        }
    }

    /// nil for text that is not of this form.
    func decode(_ text: Span<UInt8>) -> [UInt8]? {
        switch self {
        case .hex: Self.contains(text, UInt8(ascii: "A")...UInt8(ascii: "F")) ? nil : Hexadecimal.decode(text)
        case .hexUpper: Self.contains(text, UInt8(ascii: "a")...UInt8(ascii: "f")) ? nil : Hexadecimal.decode(text)
        case .base64: Base64.standard.decode(text)
        case .base64url: Base64.urlSafe.decode(text, padding: .optional)
        }
    }

    func encode(_ digest: Digest) -> String {
        switch self {
        case .hex: digest.hexadecimal
        case .hexUpper: digest.hexadecimal.uppercased()
        case .base64: digest.withBytes { Base64.standard.encode($0) }
        case .base64url: digest.withBytes { Base64.urlSafe.encode($0, padded: false) }
        }
    }

    private static func contains(_ text: Span<UInt8>, _ range: ClosedRange<UInt8>) -> Bool {
        for index in text.indices where range.contains(text[index]) { return true }
        return false
    }
}
