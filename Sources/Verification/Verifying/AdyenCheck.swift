internal import Cryptography
internal import Values

/// Judges Adyen's payment notifications: each item of the body holds the HMAC-SHA256 of eight of its fields, `:`
/// between them, under the key that the secret is in hexadecimal. A field that is missing is empty. Nothing is escaped:
/// Adyen does not do what its documentation once said.
///
/// Source: com/adyen/util/HMACValidator.java of Adyen/adyen-java-api-library, and Adyen/adyen-php-api-library, pull
/// request 165, on the escaping.
final class AdyenCheck: Sendable {
    private let keys: HMACKeys

    static let items = "/notificationItems"
    static let item: Text = "NotificationRequestItem"
    /// What is signed of an item, in this order.
    static let fields = [
        "/pspReference", "/originalReference", "/merchantAccountCode", "/merchantReference", "/amount/value",
        "/amount/currency", "/eventCode", "/success",
    ]
    static let signature = "/additionalData/hmacSignature"
    static let keyRule = KeyRule(encoding: .hex)
    /// Adyen puts one into a request, and six at most.
    private static let maximumItems = 64

    private static let itemsPointer = JSONPointer(items)
    private static let fieldPointers = fields.compactMap { JSONPointer($0) }
    static let signaturePointer = JSONPointer(signature)

    init(_ secrets: SecretSet) throws(SettingProblem) {
        keys = try HMACKeys(.sha256, Self.keyRule, secrets)
    }

    func prove(_ request: some SignedRequest) throws(Refusal) -> Proof {
        let document = try RequestContents.parse(request.body, .body)
        let items = try Self.items(of: document)
        var proved: Int?
        for item in items {
            guard let matched = try match(item) else {
                throw Refusal(.wrongSignature(signatures: 1, secrets: keys.keys.count))
            }
            if proved == nil { proved = matched }
        }
        return Proof(secretIndex: proved, json: document)
    }

    private func match(_ item: Value) throws(Refusal) -> Int? {
        let carrier = Carrier.json(Self.items + "/*/NotificationRequestItem" + Self.signature)
        guard case .text(let text)? = Self.signaturePointer?.value(in: item) else { throw Refusal(.missing(carrier)) }
        let signature = text.withBytes { SignatureEncoding.base64.decode($0) }
        guard let signature, signature.count == DigestAlgorithm.sha256.byteCount else {
            throw Refusal(.malformed(carrier, expected: "32 bytes in padded base 64"))
        }
        let signed = try Self.signedText(of: item)
        do throws(CryptographyError) {
            return try keys.match([signature]) { stream throws(CryptographyError) in try stream.update(signed.span) }
        } catch {
            throw Refusal(error)
        }
    }

    /// The items, at least one.
    static func items(of document: Value) throws(Refusal) -> [Value] {
        let carrier = Carrier.json(items)
        guard case .array(let elements)? = itemsPointer?.value(in: document), !elements.isEmpty else {
            throw Refusal(.missing(carrier))
        }
        guard elements.count <= maximumItems else {
            throw Refusal(.tooMany(carrier, what: "items", limit: maximumItems))
        }
        return elements.map { $0[item] }
    }

    static func signedText(of item: Value) throws(Refusal) -> [UInt8] {
        guard case .object = item else { throw Refusal(.missing(.json(items + "/*/NotificationRequestItem"))) }
        var text: [UInt8] = []
        for (index, pointer) in fieldPointers.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ":")) }
            switch pointer.value(in: item) {
            case nil, .null?: break
            case .text(let value)?: text += value.bytes
            case .array?, .object?:
                throw Refusal(.malformed(.json(pointer.text), expected: "text, a number, true or false"))
            case let value?: text += JSON.print(value)
            }
        }
        return text
    }

    /// Whether a place in the body is one of the signed fields of an item.
    static func covers(_ pointer: JSONPointer) -> Bool {
        let parts = pointer.text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: true)
        guard parts.count == 4, parts[0] == "notificationItems", parts[2] == "NotificationRequestItem" else {
            return false
        }
        return fields.contains("/" + parts[3])
    }
}
