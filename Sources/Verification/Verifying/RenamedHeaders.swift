/// The other name under which a sender's headers come: Svix sends `svix-id`, and `webhook-id` on behalf of those who want
/// their headers so.
package struct HeaderRenaming: Sendable, Equatable {
    /// What the headers begin with in the scheme.
    package let own: String
    /// What they may begin with instead.
    package let other: String

    /// From an entry's line, `svix- webhook-`; nil if it is malformed.
    init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 2, words.allSatisfy(HeaderName.isValid), !HeaderName.areEqual(words[0], words[1]) else { return nil }
        own = words[0]
        other = words[1]
    }

    /// The name under which to look for a header.
    func renamed(_ name: String) -> String {
        guard HeaderName.areEqual(String(name.prefix(own.count)), own) else { return name }
        return other + name.dropFirst(own.count)
    }
}

/// A request whose headers are all looked for under their other name, so that nothing that stands under the sender's own
/// one counts.
struct RenamedRequest<Request: SignedRequest>: SignedRequest {
    let original: Request
    let renaming: HeaderRenaming

    var method: String { original.method }
    var uri: [UInt8] { original.uri }
    var body: [UInt8] { original.body }
    var peer: PeerAddress { original.peer }

    func values(ofHeader name: String) -> [[UInt8]] { original.values(ofHeader: renaming.renamed(name)) }
}
