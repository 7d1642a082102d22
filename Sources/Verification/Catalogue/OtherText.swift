/// Text that a sender signs with the secret of its events as well, and that people get to see who are not the sender.
///
/// Its signature is that of an event with this body, so what has such a form is no event: anybody who has signed in with
/// the sender's application could send it, under headers of his own choice.
package enum OtherText: String, Sendable, CaseIterable {
    /// The query of an address to which somebody is sent back, `code=…&shop=…`.
    case query
    /// A token, or a part of one: nothing but letters, digits and the signs of base 64 and dots.
    case token

    /// Shorter tokens could be text of a sender that is tried out.
    private static let minimumToken = 32

    package func fits(_ body: [UInt8]) -> Bool {
        switch self {
        case .query:
            let name = body.prefix { Self.isWord($0) }
            return !name.isEmpty && name.count < body.count && body[name.count] == UInt8(ascii: "=")
        case .token:
            return body.count >= Self.minimumToken && body.allSatisfy { Self.isWord($0) || "./+=".utf8.contains($0) }
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    package var words: String {
        switch self {
        case .query: "query strings"
        case .token: "tokens"
        }
    }
}

extension SenderProfile {
    /// Refuses a body that its owner's signature does not make an event.
    func checkIsEvent(_ body: [UInt8]) throws(Refusal) {
        guard otherTexts.contains(where: { $0.fits(body) }) else { return }
        throw Refusal(.malformed(.body, expected: "an event, and not what the same secret signs for people who are not the sender"))
    }
}
