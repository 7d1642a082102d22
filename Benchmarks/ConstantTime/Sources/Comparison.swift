import Cryptography
import Verification

/// How an offered value differs from the right one.
enum Difference: String, CaseIterable {
    /// What all others are compared with.
    case first = "in the first byte"
    case middle = "in the middle"
    case last = "in the last byte"
    /// Right in its first half only.
    case secondHalf = "in all of the second half"
    /// Right in its second half only.
    case firstHalf = "in all of the first half"
    case everywhere = "in all bytes"
    /// Not judged: who offers a value knows how long it is.
    case longer = "by a byte more"

    /// The value, changed so. A digit becomes another digit and a letter another letter, so that it is read in the same way.
    func apply(to value: [UInt8]) -> [UInt8] {
        var changed = value
        switch self {
        case .first: changed[0] = Self.other(changed[0])
        case .middle: changed[value.count / 2] = Self.other(changed[value.count / 2])
        case .last: changed[value.count - 1] = Self.other(changed[value.count - 1])
        case .secondHalf: for index in value.count / 2..<value.count { changed[index] = Self.other(changed[index]) }
        case .firstHalf: for index in 0..<value.count / 2 { changed[index] = Self.other(changed[index]) }
        case .everywhere: for index in value.indices { changed[index] = Self.other(changed[index]) }
        case .longer: changed.append(UInt8(ascii: "0"))
        }
        return changed
    }

    private static func other(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "9"), UInt8(ascii: "f"): byte - 1
        default: byte + 1
        }
    }
}

/// Something that compares an offered value with a right one.
protocol Comparison {
    static var name: String { get }
    /// How many comparisons one sample is, so that the clock's own steps do not count.
    static var batch: Int { get }
    /// The value that is right.
    var right: [UInt8] { get }
    func accepts(_ value: [UInt8]) -> Bool
    init(seed: UInt8) throws
}

/// A signature of a sender, through the whole of verification.
struct SignatureComparison: Comparison {
    static let name = "hmac-sha256, through Verifier"
    static let batch = 4
    let right: [UInt8]
    private let verifier: Verifier
    private let body = [UInt8](repeating: UInt8(ascii: "x"), count: 512)

    init(seed: UInt8) throws {
        let rule = try VerificationRule("hmac-sha256 header=X-Signature")
        let secrets = try secrets(seed)
        let signed = try Signer(rule, secrets: secrets).sign(OutgoingMessage(body: body), at: 0)
        right = signed.headers.first { $0.name == "X-Signature" }?.value ?? []
        verifier = try Verifier(rule, secrets: secrets)
    }

    func accepts(_ value: [UInt8]) -> Bool {
        if case .verified = verifier.verify(OfferingRequest(body: body, value: value), at: 0) { true } else { false }
    }
}

/// A token, through the whole of verification.
struct TokenComparison: Comparison {
    static let name = "token, through Verifier"
    static let batch = 4
    let right: [UInt8]
    private let verifier: Verifier

    init(seed: UInt8) throws {
        let rule = try VerificationRule("token header=X-Signature")
        right = text(seed)
        verifier = try Verifier(rule, secrets: secrets(seed))
    }

    func accepts(_ value: [UInt8]) -> Bool {
        if case .verified = verifier.verify(OfferingRequest(body: [], value: value), at: 0) { true } else { false }
    }
}

/// The comparison of both alone.
struct PlainComparison: Comparison {
    static let name = "ConstantTime.areEqual"
    static let batch = 32
    let right: [UInt8]

    init(seed: UInt8) { right = text(seed) }

    func accepts(_ value: [UInt8]) -> Bool { ConstantTime.areEqual(right.span, value.span) }
}

/// The control: a comparison that stops at the first difference. If this one is not found, none would be.
struct LeakyComparison: Comparison {
    static let name = "control: stops at the first difference"
    static let batch = 32
    let right: [UInt8]

    init(seed: UInt8) { right = text(seed) }

    func accepts(_ value: [UInt8]) -> Bool { leaks(right, value) }
}

/// The control within as much work as verification has.
struct LeakyVerification: Comparison {
    static let name = "control: the same behind an HMAC"
    static let batch = 4
    let right: [UInt8]
    private let key: HMACKey
    private let body = [UInt8](repeating: UInt8(ascii: "x"), count: 512)

    init(seed: UInt8) throws {
        key = try HMACKey(.sha256, key: text(seed))
        right = Array(try key.authenticate(body).hexadecimal.utf8)
    }

    func accepts(_ value: [UInt8]) -> Bool {
        guard let code = try? key.authenticate(body) else { return false }
        return leaks(Array(code.hexadecimal.utf8), value)
    }
}

@inline(never)
private func leaks(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
}

/// 64 hexadecimal digits that differ for each seed.
private func text(_ seed: UInt8) -> [UInt8] {
    guard let digest = try? DigestAlgorithm.sha256.digest(of: [seed]) else { return [] }
    return Array(digest.hexadecimal.utf8)
}

private func secrets(_ seed: UInt8) throws -> SecretSet {
    var secrets = SecretSet()
    try secrets.add(text(seed), from: "benchmark")
    return secrets
}

private struct OfferingRequest: SignedRequest {
    let method = "POST"
    let uri: [UInt8] = [UInt8(ascii: "/")]
    let body: [UInt8]
    let value: [UInt8]

    func values(ofHeader name: String) -> [[UInt8]] { name == "X-Signature" ? [value] : [] }
}
