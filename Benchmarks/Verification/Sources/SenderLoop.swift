import Values
import Verification

/// One sender of the catalogue that signs with an HMAC, and an event of it that is signed.
struct SenderLoop {
    let verifier: Verifier
    let request: SignedEvent
    /// The digest of its HMAC.
    let algorithm: String

    private static let time: Int64 = 1_760_000_000_000
    private static let origin = "https://hooks.example.com"
    /// Text, base 64 and hexadecimal in one.
    private static let secret = "0123456789abcdef0123456789abcdef"

    /// The senders whose HMAC no template says, with the digest and what has to stand after the name.
    private static let others = [
        "twilio": ("sha1", ""), "adyen": ("sha256", ""), "braintree": ("sha1", " public-key=key"),
        "vonage-sms-signature": ("sha256", " algorithm=sha256"),
    ]

    static var names: [String] {
        get throws {
            try SenderCatalogue.names.filter { name in
                try others[name] != nil || algorithm(of: SenderCatalogue.profile(of: name)?.schemeText ?? "") != nil
            }
        }
    }

    private static func algorithm(of scheme: String) -> String? {
        guard scheme.hasPrefix("hmac-") else { return nil }
        return String(scheme.dropFirst(5).prefix { $0 != " " })
    }

    /// - Parameter size: about how many bytes the body has.
    init(_ name: String, size: Int) throws {
        let (own, parameters) = Self.others[name] ?? (nil, "")
        let rule = try VerificationRule(name + parameters)
        algorithm = own ?? Self.algorithm(of: rule.profile?.schemeText ?? "") ?? ""
        var secrets = SecretSet()
        try secrets.add(Array(Self.secret.utf8), from: "benchmark")
        let isForm = name == "twilio" || name == "mandrill" || name == "vonage-sms-signature"
        var body = isForm ? Self.form(size) : Self.json(size, isAdyen: name == "adyen")
        if name == "mandrill" { body = Self.mandrill(size) }
        let type = isForm ? "application/x-www-form-urlencoded" : "application/json"
        let message = OutgoingMessage(
            uri: "/hooks/events?shop=1", headers: [.init("Content-Type", type)], body: body, id: "delivery-1")
        var signed = try Signer(rule, secrets: secrets, url: Self.origin).sign(message, at: Self.time)
        // Dropbox Sign sends the same field as a form of several parts.
        if name == "dropbox-sign" { try Self.makeMultipart(&signed) }
        request = SignedEvent(signed)
        verifier = try Verifier(rule, secrets: secrets, url: Self.origin)
    }

    /// All members that some sender signs by itself or takes an id from, and items like those of any sender.
    private static func json(_ size: Int, isAdyen: Bool) -> [UInt8] {
        if isAdyen { return adyen(size) }
        var text = #"{"id":"evt_1","type":"order.created","event_id":"1","signature":{"token":"50b2a5c8d1"},"#
            + #""event":{"id":"evt_1","type":"order.created","event_type":"order","event_time":"1760000000","time":"1760000000"},"#
            + #""data":{"id":"1","object":{"id":"ch_1"}},"items":["#
        var number = 0
        while text.utf8.count < size - 100 {
            if number > 0 { text += "," }
            text += #"{"sku":"A-\#(1000 + number)","name":"A thing that somebody has bought","count":2,"price":19.9}"#
            number += 1
        }
        return Array((text + "]}").utf8)
    }

    private static func adyen(_ size: Int) -> [UInt8] {
        let note = String(repeating: "what was bought, and by whom; ", count: max(1, (size - 500) / 30))
        let item = #"{"NotificationRequestItem":{"additionalData":{"note":"\#(note)"},"amount":{"value":4200,"currency":"EUR"},"#
            + #""eventCode":"AUTHORISATION","merchantAccountCode":"Shop","merchantReference":"order-1","originalReference":"","#
            + #""pspReference":"7914073381342284","success":"true"}}"#
        return Array(#"{"live":"false","notificationItems":[\#(item)]}"#.utf8)
    }

    private static func form(_ size: Int) -> [UInt8] {
        var text = "messageId=1&to=447700900000&text=What+somebody+%26+another+say"
        var number = 0
        // No sender's form has more than a few dozen fields; longer ones have longer values.
        let value = String(repeating: "x", count: max(20, size / 40))
        while text.utf8.count < size {
            text += "&field\(97 - number)=\(value)"
            number += 1
        }
        return Array(text.utf8)
    }

    /// One field, which holds JSON: of such a form a third of the bytes stand for themselves.
    private static func mandrill(_ size: Int) -> [UInt8] {
        let events = Text(bytes: json(size / 3 * 2, isAdyen: false))
        return Array("mandrill_events=".utf8) + PercentEncoding.form.encode(events).bytes
    }

    private static func makeMultipart(_ message: inout OutgoingMessage) throws {
        let boundary = "----------------------------b5e3a9f1c7d2"
        var body: [UInt8] = []
        for (name, value) in try Form(message.body).pairs {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name.string)\"\r\n\r\n".utf8) + value.bytes + [0x0d, 0x0a]
        }
        message.body = body + Array("--\(boundary)--\r\n".utf8)
        message.headers.removeAll { $0.name.lowercased() == "content-type" }
        message.headers.append(.init("Content-Type", "multipart/form-data; boundary=\(boundary)"))
    }

    func isVerified() -> Bool {
        if case .verified = verifier.verify(request, at: Self.time) { true } else { false }
    }
}

/// Headers are found at no cost worth mentioning: finding them is the web server's and the Gateway's work.
struct SignedEvent: SignedRequest {
    let method: String
    let uri: [UInt8]
    let body: [UInt8]
    private let headers: [(name: String, values: [[UInt8]])]

    init(_ message: OutgoingMessage) {
        method = message.method
        uri = Array(message.uri.utf8)
        body = message.body
        headers = message.headers.map { ($0.name.lowercased(), [$0.value]) }
    }

    func values(ofHeader name: String) -> [[UInt8]] {
        for header in headers where header.name.utf8.count == name.utf8.count {
            if zip(header.name.utf8, name.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) { return header.values }
        }
        return []
    }
}
