internal import Values

/// A request by which a sender asks whether an address is its owner's, as data.
package struct Handshake: Sendable, Equatable {
    /// Whether the sender signs it, so that it is answered only once it is verified.
    package let isSigned: Bool
    /// What tells it from an event: this text at this place.
    let place: JSONPointer
    let text: String
    /// What the answer repeats.
    let echo: JSONPointer
    /// The answer's only key.
    let key: String

    /// The longest text that is repeated. A sender's own have some 50 bytes.
    static let maximumEcho = 1024

    /// From an entry's line: `signed json:/type=url_verification echo=json:/challenge as=json:challenge`.
    init?(_ line: String) {
        let words = line.split(separator: " ")
        guard words.count == 4, words[0] == "signed" || words[0] == "unsigned",
            words[1].hasPrefix("json:"), let equals = words[1].lastIndex(of: "="),
            let place = JSONPointer(String(words[1][..<equals].dropFirst("json:".count))),
            words[2].hasPrefix("echo=json:"), let echo = JSONPointer(String(words[2].dropFirst("echo=json:".count))),
            words[3].hasPrefix("as=json:")
        else { return nil }
        isSigned = words[0] == "signed"
        self.place = place
        text = String(words[1][words[1].index(after: equals)...])
        self.echo = echo
        key = String(words[3].dropFirst("as=json:".count))
    }

    /// The answer, if the request is exactly this handshake.
    func answer(to request: some SignedRequest, body: Value) -> HandshakeAnswer? {
        guard request.method == "POST", place.value(in: body) == .text(Text(text)),
            case .text(let echoed)? = echo.value(in: body), !echoed.isEmpty, echoed.byteCount <= Self.maximumEcho
        else { return nil }
        let answer: Value = .object([Text(key): .text(echoed)])
        return HandshakeAnswer(status: 200, contentType: "application/json", body: JSON.print(answer))
    }
}

/// What to answer to a handshake.
package struct HandshakeAnswer: Sendable, Equatable {
    package let status: Int
    package let contentType: String
    package let body: [UInt8]
}
