internal import Cryptography
internal import Values

extension Signer {
    /// Signs each of Adyen's items.
    func addAdyen(_ secret: Secret, to message: inout OutgoingMessage) throws(SigningError) {
        guard let document = EventIdentity.json(message.body), let items = JSONPointer(AdyenCheck.items),
            case .array(let elements)? = items.value(in: document), !elements.isEmpty
        else { throw .unsignable("the body has no \(AdyenCheck.items), a list of Adyen's items") }
        var signed: [Value] = []
        for element in elements { signed.append(try signedByAdyen(element, secret)) }
        guard let changed = items.setting(.array(signed), in: document) else { throw .noJSON }
        message.body = JSON.print(changed)
    }

    private func signedByAdyen(_ element: Value, _ secret: Secret) throws(SigningError) -> Value {
        let item = element[AdyenCheck.item]
        let text = try Self.signedText(of: item)
        let code = try Self.code(.sha256, AdyenCheck.keyRule, secret) { stream throws(CryptographyError) in
            try stream.update(text.span)
        }
        let signature = Value.text(SignatureEncoding.base64.encode(code))
        guard let changed = AdyenCheck.signaturePointer?.setting(signature, in: item),
            let result = JSONPointer("/NotificationRequestItem")?.setting(changed, in: element)
        else { throw .noJSON }
        return result
    }

    private static func signedText(of item: Value) throws(SigningError) -> [UInt8] {
        do throws(Refusal) {
            return try AdyenCheck.signedText(of: item)
        } catch {
            throw .unsignable(error.sentence)
        }
    }

    /// Makes Braintree's form: of a body that is not yet one, the payload is its base 64 in lines.
    func addBraintree(
        _ publicKey: String, _ secret: Secret, to message: inout OutgoingMessage
    ) throws(SigningError) {
        let isForm = TwilioCheck.isForm(message.value(of: "Content-Type"))
        let given = try isForm ? message.fields().first { $0.name == Array(BraintreeCheck.payload.utf8) }?.value : nil
        let payload = given ?? Self.lines(message.body)
        let code = try Self.code(.sha1, BraintreeCheck.keyRule, secret) { stream throws(CryptographyError) in
            try stream.update(payload.span)
        }
        message.body = []
        try message.set("Content-Type", Array("application/x-www-form-urlencoded".utf8))
        try message.setField(BraintreeCheck.signature, Array("\(publicKey)|\(code.hexadecimal)".utf8))
        try message.setField(BraintreeCheck.payload, payload)
    }

    /// In lines of 60 characters, each with its end.
    private static func lines(_ body: [UInt8]) -> [UInt8] {
        let text = Array(Base64.standard.encode(body).utf8)
        var lines: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 60) {
            lines += text[start..<min(start + 60, text.count)] + [UInt8(ascii: "\n")]
        }
        return lines.isEmpty ? [UInt8(ascii: "\n")] : lines
    }

    /// Adds the time and the signature to where Vonage's parameters stand.
    func addVonage(
        _ algorithm: VonageSMSCheck.Algorithm, _ secret: Secret, to message: inout OutgoingMessage, at time: Int64
    ) throws(SigningError) {
        let place: (String) -> SignaturePlace
        if message.method == "GET" {
            place = { .query($0) }
        } else if EventIdentity.json(message.body) != nil {
            place = { JSONPointer("/" + $0).map { .json($0) } ?? .form($0) }
        } else {
            try message.set("Content-Type", Array("application/x-www-form-urlencoded".utf8))
            place = { .form($0) }
        }
        try message.set(VonageSMSCheck.rule.text(time), at: place(VonageSMSCheck.timestamp), .body, isNumber: false)
        let digest: Digest
        do {
            let parameters = try VonageSMSCheck.Parameters(MessageRequest(message))
            try parameters.checkNames()
            digest = try VonageSMSCheck.digest(algorithm, parameters, secret)
        } catch {
            throw .unsignable("\(error)")
        }
        try message.set(Array(digest.hexadecimal.utf8), at: place(VonageSMSCheck.signature), .body, isNumber: false)
    }
}
