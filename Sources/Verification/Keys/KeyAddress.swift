/// Where a sender publishes a key, or wants to be asked: an address that the catalogue or a setting pins, never one that a request chooses
/// freely.
package struct KeyAddress: Sendable, Hashable {
    /// What stands there.
    package enum Content: String, Sendable, Hashable {
        /// A set of JSON Web Keys.
        case keySet = "jwks"
        /// A certificate in PEM, perhaps with those of its issuers.
        case certificate
        /// Travis CI's configuration, which holds a public key in PEM.
        case travisConfiguration = "travis"
        /// Nothing that is read: to ask for it confirms a subscription.
        case subscription
    }

    package let url: String
    package let content: Content
    /// What all addresses have in common that the same requests may ask for: so many of them are fetched a minute, and
    /// no more. It is what messages show.
    package let family: String

    package init(_ url: String, _ content: Content, family: String) {
        self.url = url
        self.content = content
        self.family = family
    }

    /// Whether no request has a say in it.
    package var isFixed: Bool { family == url }
}

extension KeyAddress {
    /// A set of keys at an address that a setting or an entry names; nil for what is no `https` address of a document.
    init?(keySet url: String) {
        guard Self.isDocument(url) else { return nil }
        self.init(url, .keySet, family: url)
    }

    /// `https://HOST/PATH`, without a user, without a fragment, of printable characters.
    static func isDocument(_ url: String) -> Bool {
        let mark = "https://"
        guard url.hasPrefix(mark), url.utf8.count <= 1024, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return false
        }
        let rest = url.dropFirst(mark.count)
        let host = rest.prefix { $0 != "/" }
        return !host.isEmpty && host.utf8.count < rest.utf8.count && !host.contains(where: { "@?#\\\"<>".contains($0) })
            && !rest.contains(where: { "#\\\"<>".contains($0) })
    }

    /// Whether text is one plain name of a file: nothing that could lead elsewhere.
    static func isPlainName(_ name: some Sequence<UInt8>) -> Bool {
        var count = 0
        for byte in name {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                count += 1
            default: return false
            }
        }
        return (1...128).contains(count)
    }
}
